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
  return gainNoises(folds, [factor])[0] ?? null;
}

/** `gainNoise` for each factor: the curves, which take all the time, are fitted once. */
export function gainNoises(folds: FoldErrors, factors: readonly number[]): readonly (GainNoise | null)[] {
  const { rows, errors, testTrainRatio, resampled } = folds;
  const gainsOf = gainsThrough(rows, factors);
  if (resampled !== undefined) return noisesOfRows(errors, resampled, gainsOf);
  if (errors.length < LEAST_FOLDS) return factors.map(() => null);
  const whole = gainsOf(errors);
  const others = errors.map((_, left) => gainsOf(errors.filter((_fold, fold) => fold !== left)));
  return whole.map((gain, factor) => {
    const pseudo = others.map((gains) => errors.length * gain - (errors.length - 1) * (gains[factor] ?? Number.NaN));
    const { se, df } = meanOverFolds(
      pseudo.map((value) => ({ value, trainRows: 1, testRows: testTrainRatio, within: null })),
      0.95,
    );
    return { se, df };
  });
}

/** Gains by factor of the curve through the means of some folds; NaN where a mean is. */
type GainsOf = (of: readonly (readonly number[])[]) => readonly number[];

function gainsThrough(rows: readonly number[], factors: readonly number[]): GainsOf {
  const today = rows.at(-1) ?? Number.NaN;
  const curveThrough = curvesThrough(rows);
  return (of) => {
    const means = rows.map((_, i) => of.reduce((sum, fold) => sum + (fold[i] ?? 0), 0) / of.length);
    if (means.some(Number.isNaN)) return factors.map(() => Number.NaN);
    const curve = curveThrough(means);
    return factors.map((factor) => curve.meanGain(today, today * factor));
  };
}

/** A fold's share of the gain counts 1 / folds in the mean, so its resamples' deviations count `folds` times in its pseudo-value. */
function noisesOfRows(
  errors: readonly (readonly number[])[],
  resampled: NonNullable<FoldErrors["resampled"]>,
  gainsOf: GainsOf,
): readonly GainNoise[] {
  const whole = gainsOf(errors);
  const ofFolds = resampled.map((fold, place) => {
    const count = Math.min(FITTED, fold.errors[0]?.length ?? 0);
    return Array.from({ length: count }, (_, resample) => {
      const own = fold.errors.map((point) => point[resample] ?? Number.NaN);
      return gainsOf(errors.map((other, i) => (i === place ? own : other)));
    });
  });
  return whole.map((gain, factor) => {
    const values = resampled.map(({ units }, place) => {
      const gains = ofFolds[place] ?? [];
      const replicates = Float64Array.from(gains, (one) => gain + errors.length * ((one[factor] ?? Number.NaN) - gain));
      return { value: gain, trainRows: 1, testRows: 1, within: stratumOf(gain, replicates, units) };
    });
    const { se, df } = meanOverFolds(values, 0.95);
    return Number.isNaN(se) ? { se: Number.POSITIVE_INFINITY, df: 1 } : { se, df };
  });
}
