import type { ValueCounts } from "../columns/counts.ts";

/** Values of a number that otherwise has a few: an answer of 1 to 5, a flag. */
export interface StrangeToFew {
  readonly few: readonly number[];
  readonly values: readonly number[];
  readonly rows: number;
  /** Values beyond the other end that are not told. */
  readonly others: number;
}

const LEAST_ROWS = 300;
/** Each of the few stands in so many of the rows, and all others together in no more. */
const LEAST_SHARE = 0.02;
const MOST_STRANGE = 0.02;
const MOST_FEW = 10;
/** Widths of the few between them and the nearest other: a count that runs out has some before. */
const APART = 5;
/** The same of values below 0 where all of the few lie above it. */
const APART_BELOW_ZERO = 2;

/**
 * Two to ten whole numbers hold 98 % of the rows, and beyond an end of them no other value lies within five times their width: nothing leads from the ones to the others. Each end
 * is judged by itself. null: not so.
 */
export function strangeToFew({ values, counts, present }: ValueCounts): StrangeToFew | null {
  if (present < LEAST_ROWS) return null;
  const few: number[] = [];
  let rows = present;
  // At most fifty pass, however many values there are.
  for (let place = 0; place < values.length; place++) {
    const count = counts[place] ?? 0;
    if (count < LEAST_SHARE * present) continue;
    few.push(values[place] ?? 0);
    rows -= count;
  }
  if (few.length < 2 || few.length > MOST_FEW || rows === 0 || rows > MOST_STRANGE * present) return null;
  if (few.some((value) => !Number.isInteger(value))) return null;
  const all = Array.from(values, (value, place) => ({ value, rows: counts[place] ?? 0 })).filter(({ value }) => !few.includes(value));
  const [low, high] = [few[0] ?? 0, few.at(-1) ?? 0];
  if (all.some(({ value }) => value > low && value < high)) return null;
  const width = high - low;
  const isBelow = (value: number) => value < low - APART * width || (low > 0 && value < 0 && value < low - APART_BELOW_ZERO * width);
  const [below, above] = [all.filter(({ value }) => value < low), all.filter(({ value }) => value > high)];
  const strange = [
    ...(below.every(({ value }) => isBelow(value)) ? below : []),
    ...(above.every(({ value }) => value > high + APART * width) ? above : []),
  ];
  if (strange.length === 0) return null;
  return {
    few,
    values: strange.map(({ value }) => value),
    rows: strange.reduce((sum, one) => sum + one.rows, 0),
    others: all.length - strange.length,
  };
}
