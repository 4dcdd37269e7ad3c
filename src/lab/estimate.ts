import type { Estimate } from "../core/estimate.ts";
import type { Outcome } from "../core/experiment.ts";
import { intervalOf, METRICS, metricNamed } from "../metrics/index.ts";
import { intervalOnScale, stratumOf } from "../stats/index.ts";
import { type FoldMean, meanOverFolds } from "./fold-mean.ts";
import { resampleFolds } from "./fold-resamples.ts";
import { type Ground, judgedRows } from "./ground.ts";
import { groupsOfSplit, orderOfSplit } from "./judged-folds.ts";

/**
 * Mean score over folds with its interval, kept within the range of the metric. Exchangeable folds: corrected resampled t. Folds that are periods
 * (policies `time`, `blocks`) and a given test set: the fitted models are taken as they are and the spread comes from the judged rows, which needs
 * their ground. Folds without a score are left out.
 */
export function estimateOf(outcome: Outcome, metric: string, level: number, ground: Ground | null = null): Estimate {
  const known = { level, experiments: [outcome.id] };
  const scores = definedScores(outcome, metric);
  if (scores.length === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN, method: "undefined on every fold", ...known };
  const { split } = outcome.experiment;
  if (outcome.folds.length === 1 && ground !== null && orderOfSplit(split) === null && groupsOfSplit(split) === null) {
    const options = { level, seed: outcome.experiment.seed };
    return { ...intervalOf(metricNamed(metric), judgedRows(outcome, ground), options), ...known };
  }
  const spread = spreadOf(outcome, metric, level, ground);
  const { mean, method } = spread;
  const [least, most] = rangeOf(metric);
  // Few groups: squared errors of groups are skewed, and shares end at 1.
  const isOfGroups = split.policy === "given" && groupsOfSplit(split) !== null;
  const { low, high } = isOfGroups ? intervalOnScale(mean, spread.high - mean, least, most) : spread;
  return { value: mean, low: Math.max(least, low), high: Math.min(most, high), method, ...known };
}

/** Of the mean score over folds: by the rows that they judged where folds are periods and the ground is given. */
export function spreadOf(outcome: Outcome, metric: string, level: number, ground: Ground | null): FoldMean {
  const resamples = ground === null ? null : resampleFolds([outcome], metricNamed(metric), ground);
  const folds = outcome.folds.map(({ trainRows, testRows }, place) => {
    const value = scoreAt(outcome, place, metric);
    const fold = resamples?.folds[place];
    const within = fold === undefined ? null : stratumOf(value, fold.replicates[0] ?? new Float64Array(0), fold.units);
    return { value, trainRows, testRows, within };
  });
  return meanOverFolds(folds, level, resamples?.method);
}

/** Score of the fold at this place; NaN when it is not finite. */
export function scoreAt({ folds }: Outcome, place: number, metric: string): number {
  const score = folds[place]?.scores[metric] ?? Number.NaN;
  return Number.isFinite(score) ? score : Number.NaN;
}

/** Scores of the folds on which the metric is defined. */
function definedScores(outcome: Outcome, metric: string): number[] {
  return outcome.folds.map((_, place) => scoreAt(outcome, place, metric)).filter(Number.isFinite);
}

/** Least and most possible value; a metric that is not in the list has no known bounds. */
function rangeOf(name: string): readonly [number, number] {
  const metric = METRICS.find((candidate) => candidate.name === name);
  if (metric === undefined) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return [Math.min(metric.best, metric.worst), Math.max(metric.best, metric.worst)];
}
