import { type CountedText, NEARLY_ALL } from "../../core/amount-reading.ts";
import { type Between, splitNumbersOf } from "../../core/split-numbers.ts";
import { normalCdf } from "../../stats/index.ts";
import { countCodes, type LevelColumn } from "../columns/counts.ts";

const MOST_NUMBERS = 4;
/** Fewer different numbers at a place may be names of classes. */
const LEAST_DIFFERENT = 5;
/** Points and commas belong to a number or part versions; colons part times; blanks alone part anything; a low line parts the names of a thing and of a part of it. */
const NO_SIGN = /[.,:_\s]|^$/;

/** One place of the texts: the numbers that stand there. */
interface Place {
  readonly different: number;
  /** Chance that two cells have the same number here. */
  readonly alike: number;
  readonly lengths: ReadonlySet<number>;
  /** Share of the cells whose number has decimals. */
  readonly decimals: number;
  readonly low: number;
  readonly high: number;
}

/**
 * What stands between the numbers of a column of texts such as "130/85"; null when they are none. Not: codes (a letter in front, a leading zero, digits of one length at
 * every place that reach over all numbers of that length), and texts of which one place says hardly anything.
 */
export function splitOf(texts: readonly CountedText[]): Between | null {
  const between = shapeOfMost(texts);
  if (between === null) return null;
  if (areDurations(texts)) return between;
  const places = placesOf(texts, between);
  const signs = between.slice(1, -1);
  // A comma between decimals parts numbers: their own mark is the point.
  const isParted = signs.every((sign) => !NO_SIGN.test(sign) || (sign === "," && places.every(({ decimals }) => decimals >= 0.5)));
  if (!isParted || /[\p{L}.,:]/u.test(between[0] ?? "") || /[.,:]/.test(between.at(-1) ?? "")) return null;
  if (texts.some(({ text }) => /(?<![0-9.])0[0-9]/.test(text) && splitNumbersOf(text, between) !== null)) return null;
  if (places.some(({ different }) => different < 2) || !places.some(({ different }) => different >= LEAST_DIFFERENT)) return null;
  const isCode = places.every(({ lengths, decimals }) => lengths.size === 1 && decimals === 0) && places.some(fillsItsDigits);
  return isCode ? null : between;
}

const UNIT =
  "w(?:ee)?ks?|d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?|tage?|std|stunden?|minuten?|sekunden?|jours?|heures?|dias?|horas?";
const CLOCK = /^(?:[0-9]{1,4}[ \t]*d(?:ays?)?,?[ \t]*)?([0-9]{1,4}):[0-5][0-9](?::[0-5][0-9])?(\.[0-9]{1,6})?$/iu;
const IN_UNITS = new RegExp(`^(?:[0-9]{1,4}(?:\\.[0-9]{1,6})?[ \\t]*(?:${UNIT})\\.?,?[ \\t]*){2,4}$`, "iu");
const ISO = /^P(?:[0-9]{1,4}D)?T(?:[0-9]{1,4}H)?(?:[0-9]{1,4}M)?(?:[0-9]{1,4}(?:\.[0-9]{1,6})?S)?$/u;
/** From here on the first number is no hour of the day. */
const DAY = 24;

/** Lengths of time: "75:20", "1:02:33.4", "2h 05m", "3 days 04:10:00", "PT50M12S". Where all could be times of the day they are read as those. */
function areDurations(texts: readonly CountedText[]): boolean {
  let [rows, held, long] = [0, 0, false];
  for (const { text, rows: own } of texts) {
    rows += own;
    const [clock, first, decimals] = CLOCK.exec(text.trim()) ?? [];
    if (clock === undefined && !IN_UNITS.test(text.trim()) && !ISO.test(text.trim())) continue;
    held += own;
    long ||= clock === undefined || Number(first) >= DAY || decimals !== undefined || /d/i.test(clock);
  }
  return long && held >= NEARLY_ALL * rows;
}

const TWO_NUMBERS = /[0-9][^0-9]+[0-9]/;

/** The signs of the shape that nearly all texts have, when it holds two numbers or more. */
function shapeOfMost(texts: readonly CountedText[]): Between | null {
  let [rows, withTwo] = [0, 0];
  for (const { text, rows: own } of texts) {
    rows += own;
    if (TWO_NUMBERS.test(text)) withTwo += own;
  }
  if (withTwo < NEARLY_ALL * rows) return null;
  const shapes = new Map<string, number>();
  for (const { text, rows: own } of texts) {
    const shape = shapeOf(text);
    shapes.set(shape, (shapes.get(shape) ?? 0) + own);
  }
  const [shape = "", most = 0] = [...shapes].reduce((best, one) => (one[1] > best[1] ? one : best), ["", 0]);
  const between = shape.split("#");
  const isOne = most >= NEARLY_ALL * rows && between.length > 2 && between.length <= MOST_NUMBERS + 1;
  return isOne ? between : null;
}

function placesOf(texts: readonly CountedText[], between: Between): readonly Place[] {
  const read = texts.flatMap(({ text, rows }) => {
    const numbers = splitNumbersOf(text, between);
    return numbers === null ? [] : [{ numbers, rows, digits: text.match(/[0-9]+(?:\.[0-9]+)?/g) ?? [] }];
  });
  const cells = read.reduce((sum, { rows }) => sum + rows, 0);
  return between.slice(1).map((_, place) => {
    const counts = new Map<number, number>();
    const lengths = new Set<number>();
    let decimals = 0;
    for (const { numbers, digits, rows } of read) {
      const number = numbers[place] ?? 0;
      counts.set(number, (counts.get(number) ?? 0) + rows);
      lengths.add(digits[place]?.length ?? 0);
      if (digits[place]?.includes(".") === true) decimals += rows;
    }
    let [alike, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const [number, count] of counts) {
      alike += (count / cells) ** 2;
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
    return { different: counts.size, alike, lengths, decimals: decimals / Math.max(1, cells), low, high };
  });
}

/** Numbers of three digits and more that reach over half of what such digits write: codes do, measures seldom. */
function fillsItsDigits({ lengths, low, high }: Place): boolean {
  const [length = 0] = lengths;
  return length >= 3 && high - low >= 0.5 * (10 ** length - 10 ** (length - 1));
}

/** So few equal cells, where chance would make more, are a wonder below this: somebody saw to it that each text is another. */
const WONDER = 0.001;
/** From this share of different numbers on, a place alone tells the rows apart as a key does. */
const KEY_SHARE = 0.95;

/**
 * Whether texts that are nearly all different are measures all the same ("130/85"), and no keys ("2021-17"): no whole number alone tells the rows apart, and
 * texts come back as often as their numbers would if each were drawn by itself. Numbers that go together come back more often than that.
 */
export function areSeveralNumbers({ levels, codes }: Pick<LevelColumn, "levels" | "codes">): boolean {
  // A look at a few texts spares reading all of a column of names.
  if (shapeOfMost(levels.slice(0, 50).map((text) => ({ text, rows: 1 }))) === null) return false;
  const counts = countCodes(codes, levels.length);
  const texts = levels.flatMap((text, code) => ((counts[code] ?? 0) === 0 ? [] : [{ text, rows: counts[code] ?? 0 }]));
  const between = splitOf(texts);
  if (between === null) return false;
  if (areDurations(texts)) return true;
  const places = placesOf(texts, between);
  const cells = texts.reduce((sum, { rows }) => sum + rows, 0);
  if (places.some(({ different, decimals }) => decimals === 0 && different >= KEY_SHARE * cells)) return false;
  const equal = texts.reduce((sum, { rows }) => sum + (rows * (rows - 1)) / 2, 0);
  const expected = places.reduce((product, { alike }) => product * alike, (cells * (cells - 1)) / 2);
  return atMost(equal, expected) >= WONDER;
}

/** From here on a Poisson number is all but normal. */
const MANY = 100;

/** Chance of so few, or fewer, where `expected` are (Poisson). */
function atMost(count: number, expected: number): number {
  if (count >= expected) return 1;
  if (expected > MANY) return normalCdf((count + 0.5 - expected) / Math.sqrt(expected));
  let [term, sum] = [Math.exp(-expected), 0];
  for (let i = 0; i <= count; i++) {
    sum += term;
    term *= expected / (i + 1);
  }
  return sum;
}

/** The text with # for each number and without blanks beside the signs; a dash or a plus behind no number is a sign. */
function shapeOf(text: string): string {
  return text
    .replaceAll("#", "")
    .replace(/(?:(?<![0-9.][ \t]*)[-+])?[0-9]+(?:\.[0-9]+)?/g, "#")
    .replace(/[ \t]*([^# \t])[ \t]*/g, "$1")
    .trim();
}
