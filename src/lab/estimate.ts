import type { Estimate } from "../core/estimate.ts";
import type { FoldOutcome, Outcome } from "../core/experiment.ts";
import { intervalOf, METRICS, metricNamed } from "../metrics/index.ts";
import { correctedT } from "../stats/index.ts";
import { type Ground, judgedRows } from "./ground.ts";

/**
 * Mean score over folds with the corrected resampled t interval, kept within the range of the metric. One fold has no spread: then the
 * interval comes from the rows it judged, which needs their ground; without it the interval is infinite. Folds without a score are left out.
 */
export function estimateOf(outcome: Outcome, metric: string, level: number, ground: Ground | null = null): Estimate {
  const experiments = [outcome.id];
  const scores = definedScores(outcome, metric);
  if (scores.length === 0)
    return { value: Number.NaN, low: Number.NaN, high: Number.NaN, level, method: "undefined on every fold", experiments };
  if (outcome.folds.length === 1 && ground !== null) {
    return { ...intervalOf(metricNamed(metric), judgedRows(outcome, ground), { level, seed: outcome.experiment.seed }), experiments };
  }
  const { mean, low, high } = correctedT(scores, testTrainRatio(outcome.folds), level);
  const [least, most] = rangeOf(metric);
  const method = scores.length === 1 ? "one fold: spread unknown" : "corrected resampled t";
  return { value: mean, low: Math.max(least, low), high: Math.min(most, high), level, method, experiments };
}

/** Scores of the folds on which the metric is defined. */
export function definedScores(outcome: Outcome, metric: string): number[] {
  return outcome.folds.map(({ scores }) => scores[metric] ?? Number.NaN).filter(Number.isFinite);
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
