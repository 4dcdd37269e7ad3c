import type { ValueCounts } from "../columns/counts.ts";

/** A few rows far beyond a count that runs out: 33 bedrooms where all others have up to 11. */
export interface FarCount {
  readonly values: readonly number[];
  readonly rows: number;
  /** The last count before the gap, and how many rows a tail as heavy as theirs would have from the first beyond it on. */
  readonly last: number;
  readonly expected: number;
}

const LEAST_ROWS = 300;
/** Different counts in an unbroken line, and rows from the middle of it on. */
const [LEAST_LINE, LEAST_TAIL] = [6, 30];
/** The gap, in times of the last count, and how many rows may lie beyond. */
const [TIMES, MOST_FAR] = [2.5, 3];
/** Rows that are to be expected there at most. */
const HARDLY_ANY = 0.01;

/**
 * Counts from 0 or 1 on without one missing, and then nothing until far beyond. The tail is taken for Pareto's, whose exponent the rows from the middle of the line and those of its end give, so a
 * lighter one has fewer rows out there. null: not so.
 */
export function farCount({ values, counts, present }: ValueCounts): FarCount | null {
  const first = values[0] ?? Number.NaN;
  if (present < LEAST_ROWS || (first !== 0 && first !== 1)) return null;
  let line = 1;
  while (line < values.length && values[line] === first + line) line++;
  const far = Array.from(values.subarray(line));
  const rows = counts.subarray(line).reduce((sum, count) => sum + count, 0);
  const [last, next = 0] = [first + line - 1, far[0]];
  if (line < LEAST_LINE || rows === 0 || rows > MOST_FAR || next < TIMES * last) return null;
  const from = (least: number) => counts.subarray(0, line).reduce((sum, count, place) => sum + (first + place >= least ? count : 0), 0);
  const middle = Math.ceil(last / 2);
  const [half, end] = [from(middle), from(last)];
  if (half < LEAST_TAIL || half === end) return null;
  const exponent = Math.log(half / end) / Math.log(last / middle);
  const expected = end * (last / next) ** exponent;
  return expected <= HARDLY_ANY ? { values: far, rows, last, expected } : null;
}
