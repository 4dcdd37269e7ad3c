import type { Estimate } from "../core/estimate.ts";
import type { Judged, Metric } from "../core/metric.ts";
import { intervalOnScale, stratumOf } from "../stats/index.ts";
import { meanOverFolds } from "./fold-mean.ts";
import { resampleGroups } from "./fold-resamples.ts";

/**
 * The score of rows that come in groups, with the interval that a given test set beside a split by group has (`estimateOf`): the model as it is, whole groups
 * resampled. groups: by row; negative = the row stands alone. One group: no bounds but those of the metric.
 */
export function intervalOfGroups(metric: Metric, judged: Judged, groups: Int32Array, level: number, seed: number): Estimate {
  const value = metric.score(judged);
  if (Number.isNaN(value)) return { value, low: value, high: value, level, method: "undefined on these rows", experiments: [] };
  const rows = judged.truth.length;
  const { folds, method } = resampleGroups({ metric, judged }, groups, seed);
  const within = folds.flatMap(({ replicates, units }) => stratumOf(value, replicates[0] ?? new Float64Array(0), units))[0] ?? null;
  const { mean, high: upper } = meanOverFolds([{ value, trainRows: rows, testRows: rows, within }], level);
  const [least, most] = [Math.min(metric.best, metric.worst), Math.max(metric.best, metric.worst)];
  const { low, high } = intervalOnScale(value, upper - mean, least, most);
  return { value, low: Math.max(least, low), high: Math.min(most, high), level, method, experiments: [] };
}
