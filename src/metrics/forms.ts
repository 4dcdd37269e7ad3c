import type { Judged, Metric } from "../core/metric.ts";
import { weightedMean } from "../stats/index.ts";
import { weightsOf } from "./judged.ts";

/** A metric that depends on the rows only through the weighted mean of one loss per row. */
export interface RowLossMetric extends Metric {
  /** One loss per row, lower is better, without weights. */
  rowLosses(judged: Judged): Float64Array;
  /** The score from the mean loss. */
  fromMeanLoss(meanLoss: number): number;
}

/** A metric whose work that does not depend on weights (sorting, deciding) is done once for many weights. */
export interface ReweightableMetric extends Metric {
  underWeights(judged: Judged): (weight: Float64Array) => number;
}

/** A metric that can score many resamples of a few blocks of rows without passing over the rows again. */
export interface BlockMetric extends Metric {
  /** blockOf: block of each row, 0 .. blocks - 1. The answer takes how often each block stands. */
  underBlocks(judged: Judged, blockOf: Int32Array, blocks: number): (times: Float64Array) => number;
}

type Words = Omit<Metric, "score">;

export function meanOfRows(
  words: Words,
  rowLosses: (judged: Judged) => Float64Array,
  fromMeanLoss: (meanLoss: number) => number = (meanLoss) => meanLoss,
): RowLossMetric {
  return { ...words, rowLosses, fromMeanLoss, score: (judged) => fromMeanLoss(weightedMean(rowLosses(judged), judged.weight)) };
}

export function reweightable(words: Words, underWeights: (judged: Judged) => (weight: Float64Array) => number): ReweightableMetric {
  return { ...words, underWeights, score: (judged) => underWeights(judged)(weightsOf(judged)) };
}

export function isMeanOfRows(metric: Metric): metric is RowLossMetric {
  return "rowLosses" in metric;
}

export function isOfBlocks(metric: Metric): metric is BlockMetric {
  return "underBlocks" in metric;
}

/** The score as a function of the weights, prepared once where the metric can. */
export function underWeights(metric: Metric, judged: Judged): (weight: Float64Array) => number {
  if ("underWeights" in metric) return (metric as ReweightableMetric).underWeights(judged);
  if (isMeanOfRows(metric)) {
    const losses = metric.rowLosses(judged);
    return (weight) => metric.fromMeanLoss(weightedMean(losses, weight));
  }
  return (weight) => metric.score({ ...judged, weight });
}
