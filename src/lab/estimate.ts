import type { Estimate } from "../core/estimate.ts";
import type { FoldOutcome, Outcome } from "../core/experiment.ts";
import { intervalOf, METRICS, metricNamed } from "../metrics/index.ts";
import { correctedT, stratifiedT, stratumOf } from "../stats/index.ts";
import { resampleFolds } from "./fold-resamples.ts";
import { type Ground, judgedRows } from "./ground.ts";

/**
 * Mean score over folds with its interval, kept within the range of the metric. Exchangeable folds: corrected resampled t. Folds that are periods
 * (policies `time`, `blocks`) and a given test set: the fitted models are taken as they are and the spread comes from the judged rows, which needs
 * their ground. Folds without a score are left out.
 */
export function estimateOf(outcome: Outcome, metric: string, level: number, ground: Ground | null = null): Estimate {
  const known = { level, experiments: [outcome.id] };
  const scores = definedScores(outcome, metric);
  if (scores.length === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN, method: "undefined on every fold", ...known };
  if (outcome.folds.length === 1 && ground !== null) {
    const options = { level, seed: outcome.experiment.seed };
    return { ...intervalOf(metricNamed(metric), judgedRows(outcome, ground), options), ...known };
  }
  const { mean, low, high, method } = spreadOf(outcome, metric, level, ground);
  const [least, most] = rangeOf(metric);
  return { value: mean, low: Math.max(least, low), high: Math.min(most, high), method, ...known };
}

/** Mean over folds with what is known of its error. */
export interface Spread {
  readonly mean: number;
  /** NaN when unknown. */
  readonly se: number;
  readonly df: number;
  readonly low: number;
  readonly high: number;
  readonly method: string;
}

/** By blocks of judged rows where folds are periods and the ground is given, else by the corrected resampled t. */
export function spreadOf(outcome: Outcome, metric: string, level: number, ground: Ground | null): Spread {
  const resamples = ground === null ? null : resampleFolds([outcome], metricNamed(metric), ground);
  if (resamples === null) {
    const scores = definedScores(outcome, metric);
    const method = scores.length === 1 ? "one fold: spread unknown" : "corrected resampled t";
    return { ...correctedT(scores, testTrainRatio(outcome.folds), level), method };
  }
  const strata = resamples.folds.map(({ units, replicates: [own = new Float64Array(0)] }, fold) =>
    stratumOf(scoreAt(outcome, fold, metric), own, units),
  );
  return { ...stratifiedT(strata, level), method: resamples.method };
}

/** Score of the fold at this place; NaN when it is not finite. */
export function scoreAt({ folds }: Outcome, place: number, metric: string): number {
  const score = folds[place]?.scores[metric] ?? Number.NaN;
  return Number.isFinite(score) ? score : Number.NaN;
}

/** Scores of the folds on which the metric is defined. */
export function definedScores(outcome: Outcome, metric: string): number[] {
  return outcome.folds.map((_, place) => scoreAt(outcome, place, metric)).filter(Number.isFinite);
}

/** Judged rows per training row, the mean over folds. */
export function testTrainRatio(folds: readonly FoldOutcome[]): number {
  return folds.reduce((sum, { testRows, trainRows }) => sum + testRows / trainRows, 0) / folds.length;
}

/** Least and most possible value; a metric that is not in the list has no known bounds. */
function rangeOf(name: string): readonly [number, number] {
  const metric = METRICS.find((candidate) => candidate.name === name);
  if (metric === undefined) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return [Math.min(metric.best, metric.worst), Math.max(metric.best, metric.worst)];
}
