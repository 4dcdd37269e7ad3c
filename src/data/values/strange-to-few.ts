import type { ValueCounts } from "../columns/counts.ts";

/** Values of a number that otherwise has a few: an answer of 1 to 5, a flag. */
export interface StrangeToFew {
  readonly few: readonly number[];
  readonly values: readonly number[];
  readonly rows: number;
  /** Values beyond the other end that are not told. */
  readonly others: number;
}

/** Of fewer than so many rows the end that a value lies beyond must hold so many of them: there a tail would go on. */
const [LEAST_ROWS, MANY_ROWS, END_SHARE] = [100, 300, 0.1];
/** Each of the few stands in so many of the rows, and all others together in no more. */
const LEAST_SHARE = 0.02;
const MOST_STRANGE = 0.02;
/** Rows that are of none of these, before rare steps join them. */
const MOST_RARE = 0.1;
const MOST_FEW = 10;
/** Widths of the few between them and the nearest other: a count that runs out has some before. */
const APART = 5;
/** The same of values below 0 where all of the few lie above it. */
const APART_BELOW_ZERO = 2;

/**
 * Two to ten whole numbers (with rare ones that go on in steps of 1) hold 98 % of the rows, and beyond an end of them no other value lies within five times their width: nothing leads from the ones to the others. Each end
 * is judged by itself. null: not so.
 */
export function strangeToFew({ values, counts, present }: ValueCounts): StrangeToFew | null {
  if (present < LEAST_ROWS) return null;
  const often: number[] = [];
  let others = present;
  // At most fifty pass, however many values there are.
  for (let place = 0; place < values.length; place++) {
    const count = counts[place] ?? 0;
    if (count < LEAST_SHARE * present) continue;
    often.push(values[place] ?? 0);
    others -= count;
  }
  if (often.length === 0 || others > MOST_RARE * present || often.some((value) => !Number.isInteger(value))) return null;
  return strangeIn(
    Array.from(values, (value, place) => ({ value, rows: counts[place] ?? 0 })),
    often,
    present,
  );
}

function strangeIn(counted: readonly { value: number; rows: number }[], often: readonly number[], present: number): StrangeToFew | null {
  const few = withRareSteps(
    often,
    counted.map(({ value }) => value),
  );
  const all = counted.filter(({ value }) => !few.includes(value));
  const rest = all.reduce((sum, { rows }) => sum + rows, 0);
  if (few.length < 2 || few.length > MOST_FEW || rest === 0 || rest > MOST_STRANGE * present) return null;
  const [low, high] = [few[0] ?? 0, few.at(-1) ?? 0];
  if (all.some(({ value }) => value > low && value < high)) return null;
  // Where the steps grow rare they thin out, and a tail may go on.
  const share = (end: number) => (counted.find(({ value }) => value === end)?.rows ?? 0) / present;
  const isSharp = (end: number) => often.includes(end) && (present >= MANY_ROWS || share(end) >= END_SHARE);
  const width = high - low;
  const isBelow = (value: number) => value < low - APART * width || (low > 0 && value < 0 && value < low - APART_BELOW_ZERO * width);
  const [below, above] = [all.filter(({ value }) => value < low), all.filter(({ value }) => value > high)];
  const strange = [
    ...(isSharp(low) && below.every(({ value }) => isBelow(value)) ? below : []),
    ...(isSharp(high) && above.every(({ value }) => value > high + APART * width) ? above : []),
  ];
  if (strange.length === 0) return null;
  return {
    few,
    values: strange.map(({ value }) => value),
    rows: strange.reduce((sum, one) => sum + one.rows, 0),
    others: all.length - strange.length,
  };
}

/** With the whole numbers that go on in steps of 1 beyond their ends, however rare: of 1 and 2 there may be hardly any 1. */
function withRareSteps(often: readonly number[], values: readonly number[]): readonly number[] {
  const known = new Set(values);
  const [first, last] = [often[0] ?? 0, often.at(-1) ?? 0];
  let [low, high] = [first, last];
  while (known.has(low - 1)) low--;
  while (known.has(high + 1)) high++;
  return values.filter((value) => often.includes(value) || (value >= low && value < first) || (value > last && value <= high));
}
