import { type CountedText, NEARLY_ALL } from "../../core/amount-reading.ts";
import { type Between, splitNumbersOf } from "../../core/split-numbers.ts";

const MOST_NUMBERS = 4;
/** Fewer different numbers at a place may be names of classes. */
const LEAST_DIFFERENT = 5;
/** Points and commas belong to a number or part versions; colons part times; blanks alone part anything. */
const NO_SIGN = /[.,:\s]|^$/;

/**
 * What stands between the numbers of a column of texts such as "130/85"; null when they are none. Not: codes (a letter in front, a leading zero, digits of one length at
 * every place that reach over all numbers of that length), and texts of which one place says hardly anything.
 */
export function splitOf(texts: readonly CountedText[]): Between | null {
  const rows = texts.reduce((sum, one) => sum + one.rows, 0);
  const shapes = new Map<string, number>();
  for (const { text, rows: own } of texts) shapes.set(shapeOf(text), (shapes.get(shapeOf(text)) ?? 0) + own);
  const [shape = "", most = 0] = [...shapes].reduce((best, one) => (one[1] > best[1] ? one : best), ["", 0]);
  const between = shape.split("#");
  const count = between.length - 1;
  if (most < NEARLY_ALL * rows || count < 2 || count > MOST_NUMBERS) return null;
  if (between.slice(1, -1).some((sign) => NO_SIGN.test(sign)) || /[\p{L}.,:]/u.test(between[0] ?? "") || /[.,:]/.test(between.at(-1) ?? ""))
    return null;
  const read = texts.flatMap(({ text }) => {
    const numbers = splitNumbersOf(text, between);
    return numbers === null ? [] : [{ numbers, digits: text.match(/[0-9]+(?:\.[0-9]+)?/g) ?? [] }];
  });
  const places = between.slice(1).map((_, place) => {
    const numbers = read.map((one) => one.numbers[place] ?? 0);
    const lengths = new Set(read.map(({ digits }) => digits[place]?.length ?? 0));
    return { different: new Set(numbers).size, lengths, low: Math.min(...numbers), high: Math.max(...numbers) };
  });
  if (read.some(({ digits }) => digits.some((text) => /^0[0-9]/.test(text)))) return null;
  if (places.some(({ different }) => different < 2) || Math.max(...places.map(({ different }) => different)) < LEAST_DIFFERENT) return null;
  const isWhole = read.every(({ digits }) => digits.every((text) => !text.includes(".")));
  const isCode = isWhole && places.every(({ lengths }) => lengths.size === 1) && places.some(fillsItsDigits);
  return isCode ? null : between;
}

/** Numbers of three digits and more that reach over half of what such digits write: codes do, measures seldom. */
function fillsItsDigits({
  lengths,
  low,
  high,
}: {
  readonly lengths: ReadonlySet<number>;
  readonly low: number;
  readonly high: number;
}): boolean {
  const [length = 0] = lengths;
  return length >= 3 && high - low >= 0.5 * (10 ** length - 10 ** (length - 1));
}

/** The text with # for each number and without blanks beside the signs. */
function shapeOf(text: string): string {
  return text
    .replaceAll("#", "")
    .replace(/[0-9]+(?:\.[0-9]+)?/g, "#")
    .replace(/[ \t]*([^# \t])[ \t]*/g, "$1")
    .trim();
}
