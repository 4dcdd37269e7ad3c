import type { ValueCounts } from "../columns/counts.ts";

/** Values of a number that otherwise has a few: an answer of 1 to 5, a flag. */
export interface StrangeToFew {
  readonly few: readonly number[];
  readonly values: readonly number[];
  readonly rows: number;
}

const LEAST_ROWS = 300;
/** Each of the few stands in so many of the rows, and all others together in no more. */
const LEAST_SHARE = 0.02;
const MOST_STRANGE = 0.02;
const MOST_FEW = 10;
/** Widths of the few between them and the nearest other: a count that runs out has some before. */
const APART = 5;

/**
 * Two to ten whole numbers hold 98 % of the rows, and no other value lies within five times their width: nothing leads from the ones to the others. null: not so.
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
  const usual = new Set(few);
  const strange = Array.from(values).filter((value) => !usual.has(value));
  const [low, high] = [few[0] ?? 0, few.at(-1) ?? 0];
  if (few.some((value) => !Number.isInteger(value))) return null;
  const reach = APART * (high - low);
  return strange.every((value) => value < low - reach || value > high + reach) ? { few, values: strange, rows } : null;
}
