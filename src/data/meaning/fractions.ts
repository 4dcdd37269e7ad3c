/** "1/2", "3 1/4", "2½", "5" with a mark of inches behind it or not. */
const WRITTEN = /^(-?)(?:(\d{1,6})|(?:(\d{1,6})[\s-]+)?(\d{1,3})[/⁄](\d{1,3})|(\d{1,6})?\s?([½¼¾⅓⅔⅛⅜⅝⅞]))\s?(?:"|″|in\.?|inch(?:es)?)?$/u;
const SIGNS: Readonly<Record<string, number>> = {
  "½": 1 / 2,
  "¼": 1 / 4,
  "¾": 3 / 4,
  "⅓": 1 / 3,
  "⅔": 2 / 3,
  "⅛": 1 / 8,
  "⅜": 3 / 8,
  "⅝": 5 / 8,
  "⅞": 7 / 8,
};
/** Parts into which things are cut by halves, and thirds. Days of a month and items of a list go on to others. */
const PARTS: readonly number[] = [2, 3, 4, 8, 16, 32, 64];
const LEAST_FRACTIONS = 2;

/**
 * The numbers that texts write as vulgar fractions; null where one of them writes none, where none is whole or mixed (then they may be days, scores or parts of a list), or where a
 * fraction could be shortened: who writes "2/4" counts items.
 */
export function fractionNumbers(texts: readonly string[]): readonly number[] | null {
  const read = texts.map(readOne);
  const known = read.flatMap((one) => one ?? []);
  const fractions = known.filter(({ kind }) => kind !== "whole").length;
  const isMarked = known.some(({ kind }) => kind !== "fraction");
  return known.length === read.length && fractions >= LEAST_FRACTIONS && isMarked ? known.map(({ value }) => value) : null;
}

interface Read {
  readonly value: number;
  readonly kind: "whole" | "fraction" | "mixed";
}

function readOne(text: string): Read | null {
  const found = WRITTEN.exec(text.trim());
  if (found === null) return null;
  const [, sign, whole, before, over, under, beside = "0", part] = found;
  const side = sign === "-" ? -1 : 1;
  if (whole !== undefined) return { value: side * Number(whole), kind: "whole" };
  if (part !== undefined) return { value: side * (Number(beside) + (SIGNS[part] ?? 0)), kind: "mixed" };
  const [top, bottom] = [Number(over), Number(under)];
  if (!PARTS.includes(bottom) || top === 0 || divisor(top, bottom) > 1) return null;
  return { value: side * (Number(before ?? 0) + top / bottom), kind: before === undefined ? "fraction" : "mixed" };
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
