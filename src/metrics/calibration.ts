import type { Judged } from "../core/metric.ts";
import { ascendingOrder, effectiveCount, normalTwoSidedP, weightedMean, wilson } from "../stats/index.ts";
import { decisions, probabilitiesOf, weightsOf } from "./judged.ts";
import { logLoss } from "./log-loss.ts";

export interface CalibrationBin {
  /** Mean probability said. */
  readonly predicted: number;
  /** Share that came true, with Wilson's 95 % interval. */
  readonly observed: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  /** Expected calibration error: mean of |predicted - observed| over bins, by their weight. */
  readonly ece: number;
  readonly brier: number;
  readonly logLoss: number;
  /**
   * Spiegelhalter's z (1986, doi:10.1002/sim.4780050506): 0 when probabilities mean what they say, positive when they are too extreme. NaN
   * when all are 0.5, or 0 and 1 and right. Blind to a common shift, which `inTheLarge` sees.
   */
  readonly z: number;
  /** Two-sided p of perfect calibration. */
  readonly p: number;
  /** z of the mean probability against the mean truth, and its two-sided p. Positive: more came true than was said. */
  readonly inTheLarge: { readonly z: number; readonly p: number };
}

/**
 * Do probabilities mean what they say? Bins of about equal count; equal probabilities share a bin. Binary: P(positive) against the truth.
 * Multiclass: probability of the decided class against its being right. Brier is that of these pairs.
 * @throws RangeError for regression.
 */
export function calibrationOf(judged: Judged, bins = 10): Calibration {
  if (judged.task.kind === "regression") throw new RangeError("calibration is for probabilities, not for regression");
  const { said, came } = events(judged);
  const weight = weightsOf(judged);
  const parts = equalCountBins(said, bins).map((rows) => binOf(rows, said, came, weight));
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  const squares = said.map((p, row) => (p - came[row]!) ** 2);
  return {
    bins: parts.map((part) => part.bin),
    ece: parts.reduce((sum, { bin, weight: w }) => sum + (w > 0 ? (w / total) * Math.abs(bin.predicted - bin.observed) : 0), 0),
    brier: weightedMean(squares, weight),
    logLoss: logLoss.score(judged),
    ...zOfExcess(said, came, weight, (p) => 1 - 2 * p),
    inTheLarge: zOfExcess(said, came, weight, () => 1),
  };
}

function events(judged: Judged): { said: Float64Array; came: Float64Array } {
  if (judged.task.kind === "binary") return { said: judged.outputs, came: judged.truth };
  const decided = decisions(judged);
  const columns = Array.from({ length: judged.outputs.length / judged.truth.length }, (_, k) => probabilitiesOf(judged, k));
  return {
    said: Float64Array.from(decided, (k, row) => columns[k]![row]!),
    came: judged.truth.map((label, row) => (label === decided[row] ? 1 : 0)),
  };
}

function equalCountBins(said: Float64Array, bins: number): Int32Array[] {
  const order = ascendingOrder(said);
  const parts: Int32Array[] = [];
  for (let start = 0; start < order.length; ) {
    const target = Math.ceil(((parts.length + 1) * order.length) / bins);
    let end = Math.max(start + 1, Math.min(target, order.length));
    while (end < order.length && said[order[end]!] === said[order[end - 1]!]) end++;
    parts.push(order.subarray(start, end));
    start = end;
  }
  return parts;
}

function binOf(rows: Int32Array, said: Float64Array, came: Float64Array, weight: Float64Array): { bin: CalibrationBin; weight: number } {
  const own = Float64Array.from(rows, (row) => weight[row]!);
  const predicted = weightedMean(
    Float64Array.from(rows, (row) => said[row]!),
    own,
  );
  const observed = weightedMean(
    Float64Array.from(rows, (row) => came[row]!),
    own,
  );
  const trials = effectiveCount(own);
  const { low, high } = wilson(observed * trials, trials, 0.95);
  return { bin: { predicted, observed, low, high, count: rows.length }, weight: own.reduce((sum, w) => sum + w, 0) };
}

/** z of sum w f(p) (y - p), where y is 1 with probability p. */
function zOfExcess(said: Float64Array, came: Float64Array, weight: Float64Array, factor: (p: number) => number): { z: number; p: number } {
  let excess = 0;
  let variance = 0;
  for (let row = 0; row < said.length; row++) {
    const p = said[row]!;
    const scale = weight[row]! * factor(p);
    excess += scale * (came[row]! - p);
    variance += scale ** 2 * p * (1 - p);
  }
  const z = excess / Math.sqrt(variance);
  return { z, p: normalTwoSidedP(z) };
}
