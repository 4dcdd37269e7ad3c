import { tQuantile, tTwoSidedP } from "./student-t.ts";
import { moments } from "./variance.ts";

/** A statistic of one stratum with its bootstrap replicates. */
export interface Stratum {
  readonly value: number;
  /** NaN where the statistic is undefined on a resample. */
  readonly replicates: Float64Array;
  /** Units (blocks, rows) drawn in each resample. */
  readonly units: number;
}

export interface StratifiedT {
  readonly mean: number;
  /** NaN when a stratum tells nothing about its spread. */
  readonly se: number;
  readonly df: number;
  /** Two-sided, of mean 0. */
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

/** A smaller share of defined resamples: what the statistic needs lies in one unit, and its spread is not seen. */
const LEAST_DEFINED = 0.8;

/**
 * Unweighted mean over strata that were resampled independently: se^2 = sum of u / (u - 1) var / J^2, u units per stratum (a resample of u units
 * spreads less than a sample of them), with Satterthwaite's degrees of freedom, and a t interval. Strata without a value are left out.
 */
export function stratifiedT(strata: readonly Stratum[], level: number): StratifiedT {
  const known = strata.filter(({ value }) => !Number.isNaN(value));
  const variances = known.map((stratum) => varianceOf(stratum) / known.length ** 2);
  const mean = known.reduce((sum, { value }) => sum + value, 0) / known.length;
  const variance = variances.reduce((sum, one) => sum + one, 0);
  if (known.length === 0 || Number.isNaN(variance)) {
    return { mean, se: Number.NaN, df: 0, p: 1, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  }
  const se = Math.sqrt(variance);
  if (se === 0) return { mean, se, df: Number.POSITIVE_INFINITY, p: mean === 0 ? 1 : 0, low: mean, high: mean };
  const df = variance ** 2 / variances.reduce((sum, one, i) => sum + one ** 2 / (known[i]!.units - 1), 0);
  const reach = tQuantile((1 + level) / 2, df) * se;
  return { mean, se, df, p: tTwoSidedP(mean / se, df), low: mean - reach, high: mean + reach };
}

function varianceOf({ replicates, units }: Stratum): number {
  const defined = replicates.filter((one) => !Number.isNaN(one));
  if (units < 2 || defined.length < LEAST_DEFINED * replicates.length) return Number.NaN;
  return (units / (units - 1)) * moments(defined).variance;
}
