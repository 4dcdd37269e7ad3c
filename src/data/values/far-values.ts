import { quantileOfSorted, type TailGap, tailGap } from "../../stats/index.ts";
import { rowQuantile, type ValueCounts } from "../columns/counts.ts";

/** Values on one side of a column that no tail explains that the other values of this side have. */
export interface FarValues {
  readonly values: readonly number[];
  readonly rows: number;
  readonly median: number;
  /** The largest distance from the median of the others on this side. */
  readonly reach: number;
  /** Chance of such a gap in a Pareto tail; one of `looks`. */
  readonly p: number;
}

/** Rows on a side below which its values tell no tail. */
const LEAST_ROWS = 100;
/** Share of clean tables in which anything may be told, if tails are Pareto's; lighter ones in fewer. */
const LEVEL = 0.02;
/** The same for the logarithms of one amount: few amounts have a tail of which even these are Pareto's. */
const LOG_LEVEL = 0.05;
/** Of a column: more are a part of its values. */
const MOST_FAR = 0.02;

/**
 * Values that lie beyond a gap in the distances from the median on their side, wider than the tail of the values before it lets expect (`tailGap`), however heavy that is.
 * Of an amount that half of the rows have none of, the others are looked at. Where no value is below 0 those above must stand apart by log(1 + value / median) too, though not as surely: an amount that many small causes multiply reaches far.
 * looks: sides of columns that are looked at in this table.
 */
export function farValues(all: ValueCounts, looks: number): readonly FarValues[] {
  const isAmount = (all.values[0] ?? 0) >= 0;
  const counts = isAmount && rowQuantile(all, 0, all.values.length, 0.5) === 0 ? withoutZeros(all) : all;
  const median = rowQuantile(counts, 0, counts.values.length, 0.5);
  const [below, above] = [placeOf(counts.values, median, false), placeOf(counts.values, median, true)];
  return [
    { on: { from: 0, to: below }, off: { from: above, to: counts.values.length }, hasLogs: false },
    { on: { from: above, to: counts.values.length }, off: { from: 0, to: below }, hasLogs: isAmount },
  ].flatMap((side) => farOn(counts, median, side, looks));
}

/** Of an amount that most rows have none of, the rows that have some: how far these reach is told by one another. */
function withoutZeros({ values, counts, upTo, present }: ValueCounts): ValueCounts {
  const none = counts[0] ?? 0;
  return {
    values: values.subarray(1),
    counts: counts.subarray(1),
    upTo: upTo.slice(1).map((rows) => rows - none),
    present: present - none,
  };
}

/** Places of different values. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** Values that lie on one side of the median ascend with their distance, or fall. */
function farOn(
  counts: ValueCounts,
  median: number,
  { on, off, hasLogs }: { readonly on: Range; readonly off: Range; readonly hasLogs: boolean },
  looks: number,
): readonly FarValues[] {
  const raw = (value: number) => Math.abs(value - median);
  const log = (value: number) => Math.log1p(value / median) - Math.LN2;
  const gap = gapOf(distances(counts, on, raw), counts.present);
  if ((gap?.p ?? 1) > LEVEL / looks) return [];
  const gapOfLogs = hasLogs ? gapOf(distances(counts, on, log), counts.present) : null;
  if (hasLogs && (gapOfLogs?.p ?? 1) > LOG_LEVEL) return [];
  const once = gapOf(
    distances(
      heldOnce(counts, on, (value) => raw(value) > (gap?.from ?? 0)),
      on,
      raw,
    ),
    counts.present,
  );
  if ((once?.p ?? 1) > LEVEL / looks) return [];
  // What is usual on the other side is not far.
  const other = distances(counts, off, raw);
  const usual = other.length === 0 ? 0 : quantileOfSorted(other, 0.95);
  const isFar = (value: number) => raw(value) > usual && raw(value) > (gap?.from ?? 0) && (!hasLogs || log(value) > (gapOfLogs?.from ?? 0));
  const values: number[] = [];
  let [rows, reach] = [0, 0];
  for (let i = on.from; i < on.to; i++) {
    const value = counts.values[i] ?? Number.NaN;
    if (isFar(value)) {
      values.push(value);
      rows += counts.counts[i] ?? 0;
    } else reach = Math.max(reach, raw(value));
  }
  return rows === 0 || comeBack(rows, values.length) ? [] : [{ values, rows, median, reach, p: gap?.p ?? 1 }];
}

/** The first place whose value is not below the limit, or, isAbove, whose value is above it. */
function placeOf(values: Float64Array, limit: number, isAbove: boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = values[middle] ?? 0;
    if (value < limit || (isAbove && value === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows with one far value may be of one thing: they are one event. */
function heldOnce(counts: ValueCounts, { from, to }: Range, isFar: (value: number) => boolean): ValueCounts {
  const held = counts.counts.slice();
  for (let i = from; i < to; i++) if (isFar(counts.values[i] ?? Number.NaN)) held[i] = Math.min(1, held[i] ?? 0);
  return { ...counts, counts: held };
}

/** Slips do not come back: ten rows or more that share their values by threes and more are a part of the column. */
const [LEAST_BACK, LEAST_EACH] = [10, 3];
export const comeBack = (rows: number, values: number) => rows >= LEAST_BACK && rows >= LEAST_EACH * values;

/** Of every row on the side, ascending. */
function distances({ values, counts }: ValueCounts, { from, to }: Range, scale: (value: number) => number): Float64Array {
  let rows = 0;
  for (let i = from; i < to; i++) rows += counts[i] ?? 0;
  const all = new Float64Array(rows);
  let filled = 0;
  for (let i = from; i < to; i++) {
    const far = scale(values[i] ?? 0);
    for (const end = filled + (counts[i] ?? 0); filled < end; filled++) all[filled] = far;
  }
  return (all[0] ?? 0) > (all[rows - 1] ?? 0) ? all.reverse() : all;
}

function gapOf(sorted: Float64Array, present: number): TailGap | null {
  return sorted.length < LEAST_ROWS ? null : tailGap(sorted, Math.floor(MOST_FAR * present));
}
