import type { Judged, Metric } from "../core/metric.ts";
import { isMeanOfRows, isOfBlocks, type RowLossMetric, underWeights } from "./forms.ts";
import { weightsOf } from "./judged.ts";

/** With more blocks a pass over the rows per resample costs less than one over pairs of blocks. */
const FEW_BLOCKS = 50;

/**
 * Score of a resample of blocks: block b, the rows starts[b] up to starts[b + 1] (the last: to the end), stands times[b] times. Means of row losses
 * need only sums per block, AUC of few blocks only counts per pair of blocks; other metrics pass over the rows once per resample.
 */
export function scoreOfBlocks(metric: Metric, judged: Judged, starts: Int32Array): (times: Float64Array) => number {
  if (isMeanOfRows(metric)) return ofSums(metric, judged, starts);
  if (!isOfBlocks(metric) || starts.length > FEW_BLOCKS) return ofRows(metric, judged, starts);
  const blockOf = new Int32Array(judged.truth.length);
  forEachRow(starts, blockOf.length, (row, block) => {
    blockOf[row] = block;
  });
  return metric.underBlocks(judged, blockOf, starts.length);
}

function ofSums(metric: RowLossMetric, judged: Judged, starts: Int32Array): (times: Float64Array) => number {
  const losses = metric.rowLosses(judged);
  const weight = weightsOf(judged);
  const total = new Float64Array(starts.length);
  const weights = new Float64Array(starts.length);
  forEachRow(starts, losses.length, (row, block) => {
    total[block]! += weight[row]! * losses[row]!;
    weights[block]! += weight[row]!;
  });
  return (times) => {
    let sum = 0;
    let all = 0;
    for (let block = 0; block < times.length; block++) {
      sum += times[block]! * total[block]!;
      all += times[block]! * weights[block]!;
    }
    return metric.fromMeanLoss(sum / all);
  };
}

function ofRows(metric: Metric, judged: Judged, starts: Int32Array): (times: Float64Array) => number {
  const score = underWeights(metric, judged);
  const { weight, truth } = judged;
  const resampled = new Float64Array(truth.length);
  return (times) => {
    forEachRow(starts, resampled.length, (row, block) => {
      resampled[row] = times[block]! * (weight === null ? 1 : weight[row]!);
    });
    return score(resampled);
  };
}

function forEachRow(starts: Int32Array, rows: number, visit: (row: number, block: number) => void): void {
  for (let block = 0; block < starts.length; block++) {
    const end = starts[block + 1] ?? rows;
    for (let row = starts[block]!; row < end; row++) visit(row, block);
  }
}
