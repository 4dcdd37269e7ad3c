import { quantileOfSorted } from "../../stats/index.ts";
import type { ValueCounts } from "../columns/counts.ts";

/** Two conventions of sign in one column: few rows have the other sign, and their sizes are those of the others. */
export interface SignMix {
  readonly values: readonly number[];
  readonly rows: number;
  readonly isBelow: boolean;
  /** The least size of any value, and the usual one. */
  readonly least: number;
  readonly median: number;
}

const LEAST_ROWS = 50;
const LEAST_DISTINCT = 20;
/** Rows of the rarer sign: so few at least, and no larger a share. */
const [LEAST_RARER, MOST_RARER] = [3, 0.2];
/** None lies nearer to 0 than this share of the usual size: a quantity that may have either sign passes through it. */
const NO_NEARER = 0.4;
/** Shares of the others between which the sizes of the rarer sign lie. */
const [LOW, HIGH] = [0.001, 0.999];

/** null where there is one sign only, where values lie near 0, or where the two signs have sizes of their own. */
export function signMix({ values, counts, present }: ValueCounts): SignMix | null {
  if (present < LEAST_ROWS || values.length < LEAST_DISTINCT || !((values[0] ?? 0) < 0 && (values.at(-1) ?? 0) > 0)) return null;
  const isFew = (rows: number) => rows >= LEAST_RARER && rows <= MOST_RARER * present;
  const [below, above] = [rowsWhere(values, counts, (value) => value < 0), rowsWhere(values, counts, (value) => value > 0)];
  if (!isFew(Math.min(below, above))) return null;
  const sizes: { below: number[]; above: number[] } = { below: [], above: [] };
  values.forEach((value, place) => {
    // An exact 0 is no size: it stands for nothing known, or for nothing at all.
    if (value === 0) return;
    const side = value < 0 ? sizes.below : sizes.above;
    for (let i = 0; i < (counts[place] ?? 0); i++) side.push(Math.abs(value));
  });
  const isBelow = sizes.below.length < sizes.above.length;
  const [few, many] = isBelow ? [sizes.below, sizes.above] : [sizes.above, sizes.below];
  const others = Float64Array.from(many).sort();
  const median = quantileOfSorted(others, 0.5);
  const least = Math.min(...few, others[0] ?? 0);
  const [low, high] = [quantileOfSorted(others, LOW), quantileOfSorted(others, HIGH)];
  if (least < NO_NEARER * median || few.some((size) => size < low || size > high)) return null;
  return { values: Array.from(values).filter((value) => value < 0 === isBelow), rows: few.length, isBelow, least, median };
}

function rowsWhere(values: Float64Array, counts: Int32Array, is: (value: number) => boolean): number {
  let rows = 0;
  for (let i = 0; i < values.length; i++) if (is(values[i] as number)) rows += counts[i] as number;
  return rows;
}
