import { correctedT, type Noise, type Stratum, stratifiedT } from "../stats/index.ts";

/** A quantity measured on one fold: a score, a difference, a drop. */
export interface FoldValue {
  /** NaN where it is undefined. */
  readonly value: number;
  readonly trainRows: number;
  readonly testRows: number;
  /** Spread of the judged rows within the fold, where folds are no sample of folds (`resampleFolds`); null where they are exchangeable. */
  readonly within: Stratum | null;
}

/** Mean over folds with what is known of its error. */
export interface FoldMean {
  readonly mean: number;
  /** NaN when unknown. */
  readonly se: number;
  readonly df: number;
  /** Two-sided, of mean 0; 1 when nothing is known of the spread. */
  readonly p: number;
  readonly low: number;
  readonly high: number;
  readonly method: string;
}

/**
 * The one rule for a mean over folds. Exchangeable folds are a sample of folds that share training rows: corrected resampled t. Periods and a given test
 * set are not: the fitted models are taken as they are, and the spread is that of the judged rows within each fold. Folds without a value are left out.
 * method: how the rows were resampled. noise: of one such fold's value when the models are trained anew (`retrainingNoise`); exchangeable folds show it
 * themselves.
 */
export function meanOverFolds(
  folds: readonly FoldValue[],
  level: number,
  method = "spread of the judged rows within each fold",
  noise: Noise | null = null,
): FoldMean {
  const within = folds.flatMap(({ within: stratum }) => (stratum === null ? [] : [stratum]));
  if (within.length > 0) return { ...stratifiedT(within, level, noise), method };
  const values = folds.map(({ value }) => value).filter(Number.isFinite);
  const isOne = values.length === 1;
  return { ...correctedT(values, testTrainRatio(folds), level), method: isOne ? "one fold: spread unknown" : "corrected resampled t" };
}

/** Judged rows per training row, the mean over folds. */
function testTrainRatio(folds: readonly Pick<FoldValue, "trainRows" | "testRows">[]): number {
  return folds.reduce((sum, { testRows, trainRows }) => sum + testRows / trainRows, 0) / folds.length;
}
