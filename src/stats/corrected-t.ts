import { tQuantile, tTwoSidedP } from "./student-t.ts";
import { moments } from "./variance.ts";

export interface CorrectedT {
  readonly mean: number;
  /** Standard error, widened because folds share training rows. */
  readonly se: number;
  readonly df: number;
  readonly t: number;
  /** Two-sided, of mean 0. */
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Corrected resampled t (Nadeau and Bengio 2003, doi:10.1023/A:1024068626366; r x k-fold form of Bouckaert and Frank 2004):
 * se^2 = (1 / J + nTest / nTrain) var(d), df = J - 1.
 * perFold: J differences between two models (or scores of one). testTrainRatio: nTest / nTrain, the mean over folds. level: e.g. 0.95.
 * One fold tells nothing about spread: se NaN, p 1 and an infinite interval. Equal folds: se 0, p 1 when their mean is 0, else 0; what that is worth, only the number of
 * units can say (`unanimous`).
 * units: judged rows or groups that tell a model from the same answer every time, where they may be fewer than folds: repeats deal the same ones again, so df is at most units - 1.
 */
export function correctedT(
  perFold: ArrayLike<number>,
  testTrainRatio: number,
  level: number,
  units = Number.POSITIVE_INFINITY,
): CorrectedT {
  const { count, mean, variance } = moments(perFold);
  const df = Math.min(count, units) - 1;
  if (df < 1) {
    return { mean, se: Number.NaN, df, t: Number.NaN, p: 1, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  }
  const se = Math.sqrt((1 / count + testTrainRatio) * variance);
  if (se === 0) {
    const t = mean === 0 ? 0 : Math.sign(mean) * Number.POSITIVE_INFINITY;
    return { mean, se, df, t, p: mean === 0 ? 1 : 0, low: mean, high: mean };
  }
  const reach = tQuantile((1 + level) / 2, df) * se;
  return { mean, se, df, t: mean / se, p: tTwoSidedP(mean / se, df), low: mean - reach, high: mean + reach };
}
