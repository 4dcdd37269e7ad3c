import { meanOverFolds } from "../lab/index.ts";
import { stratumOf, type UnlikeUnits } from "../stats/index.ts";
import { curvesThrough } from "./curve-fit.ts";

/** Errors of the folds behind a curve, which all judged the same rows at every size. */
export interface FoldErrors {
  /** Training sizes of the points, ascending. */
  readonly rows: readonly number[];
  /** errors[fold][point]. */
  readonly errors: readonly (readonly number[])[];
  /** Judged rows per training row at the full size: folds share training rows, so their mean varies more than independent ones would. */
  readonly testTrainRatio: number;
  /** By fold, where folds are periods: errors on the same resamples of its rows, [point][resample]. Absent: folds are exchangeable. */
  readonly resampled?: readonly { readonly units: number | UnlikeUnits; readonly errors: readonly ArrayLike<number>[] }[];
}

export interface GainNoise {
  /** Standard error of the gain; Infinity when the resamples tell nothing about it. */
  readonly se: number;
  readonly df: number;
}

const LEAST_FOLDS = 3;

/** Resamples of each fold that a curve is fitted to; 100 give a standard error within 7 %. */
const FITTED = 100;

/**
 * How much the forecast gain would move by chance, by the rule for a mean over folds (`meanOverFolds`). Exchangeable folds: pseudo-values of the jackknife
 * over folds (each left out in turn, the curve of the others fitted anew). Periods: the curve fitted anew to resamples of one fold's judged rows after the
 * other. Noise that a fold has at all sizes cancels in the gain. Null with fewer than three exchangeable folds.
 */
export function gainNoise(folds: FoldErrors, factor: number): GainNoise | null {
  const { rows, errors, testTrainRatio, resampled } = folds;
  const today = rows.at(-1) ?? Number.NaN;
  const curvesOf = curvesThrough(rows);
  const gainOf = (of: readonly (readonly number[])[]) => {
    const means = rows.map((_, i) => of.reduce((sum, fold) => sum + (fold[i] ?? 0), 0) / of.length);
    return means.some(Number.isNaN) ? Number.NaN : curvesOf(means).meanGain(today, today * factor);
  };
  if (resampled !== undefined) return noiseOfRows(errors, resampled, gainOf);
  if (errors.length < LEAST_FOLDS) return null;
  const whole = gainOf(errors);
  const pseudo = errors.map(
    (_, left) => errors.length * whole - (errors.length - 1) * gainOf(errors.filter((_fold, fold) => fold !== left)),
  );
  const { se, df } = meanOverFolds(
    pseudo.map((value) => ({ value, trainRows: 1, testRows: testTrainRatio, within: null })),
    0.95,
  );
  return { se, df };
}

/** A fold's share of the gain counts 1 / folds in the mean, so its resamples' deviations count `folds` times in its pseudo-value. */
function noiseOfRows(
  errors: readonly (readonly number[])[],
  resampled: NonNullable<FoldErrors["resampled"]>,
  gainOf: (of: readonly (readonly number[])[]) => number,
): GainNoise {
  const whole = gainOf(errors);
  const values = resampled.map((fold, place) => {
    const count = Math.min(FITTED, fold.errors[0]?.length ?? 0);
    const replicates = Float64Array.from({ length: count }, (_, resample) => {
      const own = fold.errors.map((point) => point[resample] ?? Number.NaN);
      return whole + errors.length * (gainOf(errors.map((other, i) => (i === place ? own : other))) - whole);
    });
    return { value: whole, trainRows: 1, testRows: 1, within: stratumOf(whole, replicates, fold.units) };
  });
  const { se, df } = meanOverFolds(values, 0.95);
  return Number.isNaN(se) ? { se: Number.POSITIVE_INFINITY, df: 1 } : { se, df };
}
