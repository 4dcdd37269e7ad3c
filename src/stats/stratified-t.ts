import { float64Where } from "../core/typed-from.ts";
import { tQuantile, tTwoSidedP } from "./student-t.ts";
import type { UnlikeUnits } from "./unlike-units.ts";
import { moments } from "./variance.ts";

/** A statistic of one stratum and what is known of its error. */
export interface Stratum {
  readonly value: number;
  /** Of the value; NaN = unknown. */
  readonly variance: number;
  readonly df: number;
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
 * The error of a value from its bootstrap replicates: u / (u - 1) times their variance, since a resample of u units spreads less than a sample of
 * them; u - 1 degrees of freedom. replicates: NaN where the statistic is undefined. units: rows or blocks drawn in each resample, or what is known of some of unlike size.
 */
export function stratumOf(value: number, replicates: Float64Array, units: number | UnlikeUnits): Stratum {
  const defined = float64Where(replicates, (one) => !Number.isNaN(one));
  const { factor, df } = typeof units === "number" ? { factor: units / (units - 1), df: units - 1 } : units;
  const isSeen = df > 0 && defined.length >= LEAST_DEFINED * replicates.length;
  return { value, variance: isSeen ? factor * moments(defined).variance : Number.NaN, df };
}

/** A variance and the degrees of freedom that it was estimated with. */
export interface Noise {
  readonly variance: number;
  readonly df: number;
}

/**
 * t interval of the unweighted mean over strata that were resampled independently, with Satterthwaite's degrees of freedom. Strata without a value
 * are left out. noise: of each stratum's value, beyond what its resamples see; values that do not vary at all have none.
 */
export function stratifiedT(strata: readonly Stratum[], level: number, noise: Noise | null = null): StratifiedT {
  const known = strata.filter(({ value }) => !Number.isNaN(value));
  const mean = known.reduce((sum, { value }) => sum + value, 0) / known.length;
  const seen = known.map(({ variance, df }) => ({ variance: variance / known.length ** 2, df }));
  const isVaried = seen.some((part) => part.variance > 0);
  const parts = noise === null || !isVaried ? seen : [...seen, { variance: noise.variance / known.length, df: noise.df }];
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  if (known.length === 0 || Number.isNaN(variance)) {
    return { mean, se: Number.NaN, df: 0, p: 1, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  }
  const se = Math.sqrt(variance);
  if (se === 0) return { mean, se, df: Number.POSITIVE_INFINITY, p: mean === 0 ? 1 : 0, low: mean, high: mean };
  const df = variance ** 2 / parts.reduce((sum, part) => sum + part.variance ** 2 / part.df, 0);
  const reach = tQuantile((1 + level) / 2, df) * se;
  return { mean, se, df, p: tTwoSidedP(mean / se, df), low: mean - reach, high: mean + reach };
}
