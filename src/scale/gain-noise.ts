import { moments } from "../stats/index.ts";
import { fitCurve } from "./curve-fit.ts";

/** Errors of the folds behind a curve, which all judged the same rows at every size. */
export interface FoldErrors {
  /** Training rows of the points, ascending. */
  readonly rows: readonly number[];
  /** errors[fold][point]. */
  readonly errors: readonly (readonly number[])[];
  /** Judged rows per training row at the full size: folds share training rows, so their mean varies more than independent ones would. */
  readonly testTrainRatio: number;
}

export interface GainNoise {
  /** Standard error of the gain. */
  readonly se: number;
  readonly df: number;
}

const LEAST_FOLDS = 3;

/**
 * How much the forecast gain would move with other folds: the jackknife over folds (each left out in turn, the curve of the others fitted anew),
 * with the variance of pseudo-values corrected as by Nadeau and Bengio: (1 / J + nTest / nTrain) var. Noise that a fold has at all sizes
 * cancels in the gain. Null with fewer than three folds.
 */
export function gainNoise({ rows, errors, testTrainRatio }: FoldErrors, factor: number): GainNoise | null {
  const folds = errors.length;
  if (folds < LEAST_FOLDS) return null;
  const today = rows.at(-1) ?? Number.NaN;
  const gainWithout = (left: number) => {
    const kept = errors.filter((_, fold) => fold !== left);
    const points = rows.map((n, i) => ({ rows: n, error: kept.reduce((sum, fold) => sum + (fold[i] ?? 0), 0) / kept.length }));
    return fitCurve(points).gain(today, today * factor).value;
  };
  const whole = gainWithout(-1);
  const pseudo = errors.map((_, fold) => folds * whole - (folds - 1) * gainWithout(fold));
  return { se: Math.sqrt((1 / folds + testTrainRatio) * moments(pseudo).variance), df: folds - 1 };
}
