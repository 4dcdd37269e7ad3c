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
  // An exact 0 is no size: it stands for nothing known, or for nothing at all.
  const isBelow = below < above;
  const [few, others] = [
    sizesOf(values, counts, isBelow, Math.min(below, above)),
    sizesOf(values, counts, !isBelow, Math.max(below, above)),
  ];
  const median = quantileOfSorted(others, 0.5);
  const least = Math.min(few[0] ?? 0, others[0] ?? 0);
  const [low, high] = [quantileOfSorted(others, LOW), quantileOfSorted(others, HIGH)];
  if (least < NO_NEARER * median || (few[0] ?? 0) < low || (few.at(-1) ?? 0) > high) return null;
  return { values: Array.from(values).filter((value) => value < 0 === isBelow), rows: few.length, isBelow, least, median };
}

/** Sizes of the values on one side of 0, one for each of its rows, ascending. */
function sizesOf(values: Float64Array, counts: Int32Array, isBelow: boolean, rows: number): Float64Array {
  const sizes = new Float64Array(rows);
  let filled = 0;
  for (let i = 0; i < values.length; i++) {
    const place = isBelow ? values.length - 1 - i : i;
    const size = isBelow ? -(values[place] as number) : (values[place] as number);
    if (size > 0) for (const end = filled + (counts[place] as number); filled < end; filled++) sizes[filled] = size;
  }
  return sizes;
}

function rowsWhere(values: Float64Array, counts: Int32Array, is: (value: number) => boolean): number {
  let rows = 0;
  for (let i = 0; i < values.length; i++) if (is(values[i] as number)) rows += counts[i] as number;
  return rows;
}
