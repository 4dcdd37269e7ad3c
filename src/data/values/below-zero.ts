import type { ValueCounts } from "../columns/counts.ts";

/** A number that begins at 0 but for a few rows. */
export interface BelowZero {
  readonly values: readonly number[];
  /** Rows below 0, and those at exactly 0. */
  readonly rows: number;
  readonly zeros: number;
}

const LEAST_ROWS = 300;
const LEAST_DISTINCT = 50;
/** Of fewer values none is as small as this: amounts, of which -1 is no level. */
const LARGE = 100;
/** Rows below 0: more are a part of the values. */
const MOST_BELOW = 0.005;
/** Rows at exactly 0, as a share and for each row below: where 0 is nothing special hardly any stand there. */
const [LEAST_AT_ZERO, TIMES] = [0.01, 10];
/** For each row below 0 so many as near to it above: of a tail that runs out there they are of one order. */
const NEAR = 20;

/** null where 0 is no bound, none lies below, or too many do. */
export function belowZero({ values, counts, present }: ValueCounts): BelowZero | null {
  const least = values[0] ?? 0;
  const areLarge = () => values.every((value) => value === 0 || Math.abs(value) >= LARGE);
  if (present < LEAST_ROWS || least >= 0 || (values.length < LEAST_DISTINCT && !areLarge())) return null;
  let [rows, zeros, near] = [0, 0, 0];
  for (let place = 0; place < values.length; place++) {
    const [value, count] = [values[place] ?? 0, counts[place] ?? 0];
    if (value < 0) rows += count;
    else if (value === 0) zeros = count;
    if (value >= 0 && value <= -least) near += count;
  }
  if (rows > MOST_BELOW * present || zeros < LEAST_AT_ZERO * present || zeros < TIMES * rows || near < NEAR * rows) return null;
  return { values: Array.from(values).filter((value) => value < 0), rows, zeros };
}
