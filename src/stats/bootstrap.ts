import { normalCdf, normalQuantile } from "./normal.ts";
import { quantileOfSorted } from "./quantile.ts";
import {
  allRows,
  type BootstrapPlan,
  bootstrapReplicates,
  type CountStatistic,
  jackknifeReplicates,
  type RowStatistic,
} from "./resample.ts";

/** The middle `level` of the replicates; undefined ones are left out. */
export function percentileInterval(replicates: Float64Array, level: number): { low: number; high: number } {
  const sorted = definedSorted(replicates);
  return { low: quantileOfSorted(sorted, (1 - level) / 2), high: quantileOfSorted(sorted, (1 + level) / 2) };
}

/**
 * Bias-corrected and accelerated interval (Efron 1987, doi:10.1080/01621459.1987.10478410). Falls back to percentiles when all
 * replicates lie on one side of the value or do not spread.
 */
export function bcaInterval(
  value: number,
  replicates: Float64Array,
  jackknife: Float64Array,
  level: number,
): { low: number; high: number } {
  const sorted = definedSorted(replicates);
  const bias = normalQuantile(shareBelow(sorted, value));
  if (!Number.isFinite(bias)) return percentileInterval(replicates, level);
  const acceleration = accelerationOf(definedSorted(jackknife));
  const at = (p: number) => {
    const shifted = bias + normalQuantile(p);
    return quantileOfSorted(sorted, normalCdf(bias + shifted / (1 - acceleration * shifted)));
  };
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}

export interface BootstrapInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Resamples on which the statistic was defined. */
  readonly defined: number;
}

/** Value on all rows and its interval, by BCa or by percentiles. */
export function bootstrapInterval(
  statistic: RowStatistic,
  plan: BootstrapPlan,
  level: number,
  method: "percentile" | "bca" = "bca",
): BootstrapInterval {
  const value = statistic(allRows(plan.rows));
  const replicates = bootstrapReplicates(statistic, plan);
  const interval =
    method === "percentile"
      ? percentileInterval(replicates, level)
      : bcaInterval(value, replicates, jackknifeReplicates(onRows(statistic), plan), level);
  return { value, ...interval, defined: replicates.filter((one) => !Number.isNaN(one)).length };
}

/** Interval of a(rows) - b(rows), both on the same resamples, with a two-sided p of no difference (never 0: at least 2 / (n + 1)). */
export function bootstrapDifference(
  a: RowStatistic,
  b: RowStatistic,
  plan: BootstrapPlan,
  level: number,
): BootstrapInterval & { readonly p: number } {
  const difference: RowStatistic = (rows) => a(rows) - b(rows);
  const value = difference(allRows(plan.rows));
  const replicates = bootstrapReplicates(difference, plan).filter((one) => !Number.isNaN(one));
  const notAbove = replicates.reduce((count, one) => count + (one <= 0 ? 1 : 0), 0);
  const notBelow = replicates.reduce((count, one) => count + (one >= 0 ? 1 : 0), 0);
  const p = Math.min(1, (2 * (Math.min(notAbove, notBelow) + 1)) / (replicates.length + 1));
  return { value, ...percentileInterval(replicates, level), defined: replicates.length, p };
}

function definedSorted(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

/** Share of the replicates below the value, those equal to it counted half. */
function shareBelow(sorted: Float64Array, value: number): number {
  let below = 0;
  for (const one of sorted) below += one < value ? 1 : one === value ? 0.5 : 0;
  return below / sorted.length;
}

function accelerationOf(jackknife: Float64Array): number {
  const mean = jackknife.reduce((sum, one) => sum + one, 0) / jackknife.length;
  let cubes = 0;
  let squares = 0;
  for (const one of jackknife) {
    cubes += (mean - one) ** 3;
    squares += (mean - one) ** 2;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

function onRows(statistic: RowStatistic): CountStatistic {
  return (times) => {
    const rows = Int32Array.from(allRows(times.length).filter((row) => times[row]! > 0));
    return statistic(rows);
  };
}
