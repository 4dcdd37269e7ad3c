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
 * Where no value is below 0 those above must stand apart by log(1 + value / median) too, though not as surely: an amount that many small causes multiply reaches far.
 * looks: sides of columns that are looked at in this table.
 */
export function farValues(counts: ValueCounts, looks: number): readonly FarValues[] {
  const median = rowQuantile(counts, 0, counts.values.length, 0.5);
  const isAmount = (counts.values[0] ?? 0) >= 0;
  const raw = (value: number) => Math.abs(value - median);
  const sides = [
    { isOn: (value: number) => value < median, scales: [raw] },
    {
      isOn: (value: number) => value > median,
      scales: isAmount ? [raw, (value: number) => Math.log1p(value / median) - Math.LN2] : [raw],
    },
  ];
  return sides.flatMap(({ isOn, scales }) => {
    if (isAmount && median === 0) return [];
    const gaps = scales.map((scale) => gapOf(distances(counts, isOn, scale), counts.present));
    const [p = 1, ofLogs = 0] = gaps.map((gap) => gap?.p ?? 1);
    if (p > LEVEL / looks || ofLogs > LOG_LEVEL) return [];
    const isBeyond = (value: number) => isOn(value) && raw(value) > (gaps[0]?.from ?? 0);
    const once = gapOf(distances(heldOnce(counts, isBeyond), isOn, raw), counts.present);
    if ((once?.p ?? 1) > LEVEL / looks) return [];
    // What is usual on the other side is not far.
    const other = distances(counts, (value) => value !== median && !isOn(value), raw);
    const usual = other.length === 0 ? 0 : quantileOfSorted(other, 0.95);
    const isFar = (value: number) => isOn(value) && raw(value) > usual && scales.every((scale, i) => scale(value) > (gaps[i]?.from ?? 0));
    const values = [...counts.values].filter(isFar);
    const rows = counts.counts.reduce((sum, count, i) => (isFar(counts.values[i] ?? Number.NaN) ? sum + count : sum), 0);
    return rows === 0 || comeBack(rows, values.length)
      ? []
      : [{ values, rows, median, reach: reachOf(counts, (value) => isOn(value) && !isFar(value), raw), p }];
  });
}

/** Rows with one far value may be of one thing: they are one event. */
function heldOnce(counts: ValueCounts, isFar: (value: number) => boolean): ValueCounts {
  return { ...counts, counts: counts.counts.map((count, i) => (isFar(counts.values[i] ?? Number.NaN) ? Math.min(1, count) : count)) };
}

/** Slips do not come back: ten rows or more that share their values by threes and more are a part of the column. */
const [LEAST_BACK, LEAST_EACH] = [10, 3];
const comeBack = (rows: number, values: number) => rows >= LEAST_BACK && rows >= LEAST_EACH * values;

const reachOf = ({ values }: ValueCounts, isOn: (value: number) => boolean, raw: (value: number) => number) =>
  values.reduce((most, value) => (isOn(value) ? Math.max(most, raw(value)) : most), 0);

/** Of every row on the side, ascending: values that lie on one side of the median ascend with their distance, or fall. */
function distances(
  { values, counts, present }: ValueCounts,
  isOn: (value: number) => boolean,
  scale: (value: number) => number,
): Float64Array {
  const all = new Float64Array(present);
  let rows = 0;
  for (let i = 0; i < values.length; i++) {
    const [value, count] = [values[i] ?? 0, counts[i] ?? 0];
    if (!isOn(value)) continue;
    all.fill(scale(value), rows, rows + count);
    rows += count;
  }
  const distances = all.subarray(0, rows);
  return (distances[0] ?? 0) > (distances[rows - 1] ?? 0) ? distances.reverse() : distances;
}

function gapOf(sorted: Float64Array, present: number): TailGap | null {
  return sorted.length < LEAST_ROWS ? null : tailGap(sorted, Math.floor(MOST_FAR * present));
}
