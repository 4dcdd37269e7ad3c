import { createRandom } from "../../core/random.ts";
import { paretoExtremes, paretoTail, quantileOfSorted } from "../../stats/index.ts";
import { rowQuantile, type ValueCounts } from "../columns/counts.ts";

/** Values on one side of a column that no tail explains that the other values of this side have. */
export interface FarValues {
  readonly values: readonly number[];
  readonly rows: number;
  readonly median: number;
  /** From this distance from the median on fewer than EXPECTED rows are expected. */
  readonly limit: number;
  readonly exponent: number;
}

/** Rows on a side below which its quantiles tell no tail. */
const LEAST_ROWS = 100;
const EXPECTED = 0.05;
/** Share of clean tables in which anything may be told, if tails are Pareto's; lighter ones in fewer. */
const LEVEL = 0.01;
const DRAWS = 1999;

/**
 * Values farther from the median than a Pareto tail through the 80 and 95 % quantiles of the distances on their side lets expect (as `residualOutliers` asks of
 * residuals). Where no value is below 0 those above must stand apart by log(1 + value / median) too: an amount that many small causes multiply reaches far.
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
    const tails = scales.map((scale) => tailOf(distances(counts, isOn, scale), looks));
    const [first] = tails;
    if (first === null || first === undefined || tails.includes(null)) return [];
    // What is usual on the other side is not far.
    const other = distances(counts, (value) => value !== median && !isOn(value), raw);
    const usual = other.length === 0 ? 0 : quantileOfSorted(other, 0.95);
    const isFar = (value: number) => isOn(value) && raw(value) > usual && scales.every((scale, i) => scale(value) > (tails[i]?.limit ?? 0));
    const values = [...counts.values].filter(isFar);
    const rows = counts.counts.reduce((sum, count, i) => (isFar(counts.values[i] ?? Number.NaN) ? sum + count : sum), 0);
    return rows === 0 ? [] : [{ values, rows, median, ...first }];
  });
}

/** Of every row on the side, ascending. */
function distances({ values, counts }: ValueCounts, isOn: (value: number) => boolean, scale: (value: number) => number): Float64Array {
  const all: number[] = [];
  values.forEach((value, i) => {
    if (isOn(value)) for (let row = 0; row < (counts[i] ?? 0); row++) all.push(scale(value));
  });
  return Float64Array.from(all).sort();
}

/** null when the largest, and the number beyond the limit, are among those that such a tail draws. */
function tailOf(sorted: Float64Array, looks: number): { readonly limit: number; readonly exponent: number } | null {
  const n = sorted.length;
  const tail = n < LEAST_ROWS ? null : paretoTail(sorted);
  if (tail === null) return null;
  const { q95, exponent } = tail;
  const limit = q95 * ((n * 0.05) / EXPECTED) ** (1 / exponent);
  const largest = sorted[n - 1] ?? 0;
  if (largest <= limit) return null;
  // Drawn for the few sides that reach so far.
  const law = paretoExtremes(n, Math.log((n * 0.05) / EXPECTED), DRAWS, createRandom(n, "far-values"));
  const beyond = sorted.reduce((count, size) => count + Number(size > limit), 0);
  // Two looks at half the chance: how far, and how many.
  const rank = 1 - LEVEL / looks / 2;
  const isRare = exponent * Math.log(largest / q95) > quantileOfSorted(law.largest, rank) || beyond > quantileOfSorted(law.beyond, rank);
  return isRare ? { limit, exponent } : null;
}
