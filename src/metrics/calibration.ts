import type { Judged } from "../core/metric.ts";
import {
  ascendingOrder,
  type ClusteredSum,
  chiSquareUpperTail,
  clusteredSum,
  effectiveCount,
  normalTwoSidedP,
  weightedMean,
  wilson,
} from "../stats/index.ts";
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
  /** Of perfect calibration in every bin: chi-square, one degree of freedom a bin, since nothing was fitted on these rows; Bonferroni over bins where rows are clustered. */
  readonly binsP: number;
}

/**
 * Do probabilities mean what they say? Bins of about equal count; equal probabilities share a bin. Binary: P(positive) against the truth.
 * Multiclass: probability of the decided class against its being right. Brier is that of these pairs.
 * groups: where rows come in groups (negative = alone), groups are the units: z and p from cluster-robust variances, intervals of bins from the effective
 * number of rows. null = rows are independent. @throws RangeError for regression.
 */
export function calibrationOf(judged: Judged, groups: Int32Array | null = null, bins = 10): Calibration {
  if (judged.task.kind === "regression") throw new RangeError("calibration is for probabilities, not for regression");
  const { said, came } = events(judged);
  const weight = weightsOf(judged);
  const parts = equalCountBins(said, bins).map((rows) => binOf(rows, said, came, weight, groups));
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  const squares = said.map((p, row) => (p - came[row]!) ** 2);
  return {
    bins: parts.map((part) => part.bin),
    ece: parts.reduce((sum, { bin, weight: w }) => sum + (w > 0 ? (w / total) * Math.abs(bin.predicted - bin.observed) : 0), 0),
    brier: weightedMean(squares, weight),
    logLoss: logLoss.score(judged),
    ...zOfExcess(said, came, weight, groups, (p) => 1 - 2 * p),
    inTheLarge: zOfExcess(said, came, weight, groups, () => 1),
    binsP: groups === null ? chiSquareOfBins(parts) : Math.min(1, parts.length * Math.min(1, ...parts.map((part) => part.p))),
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

interface Part {
  readonly bin: CalibrationBin;
  readonly weight: number;
  /** Kish's effective number of its rows. */
  readonly rowsWorth: number;
  /** Of perfect calibration in the bin, by clusters. */
  readonly p: number;
}

function binOf(rows: Int32Array, said: Float64Array, came: Float64Array, weight: Float64Array, groups: Int32Array | null): Part {
  const at = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  const own = at(weight);
  const total = own.reduce((sum, w) => sum + w, 0);
  const [predicted, observed] = [weightedMean(at(said), own), weightedMean(at(came), own)];
  const groupOf = groups === null ? null : Int32Array.from(rows, (row) => groups[row]!);
  const about = (centre: (row: number) => number) =>
    clusteredSum(
      Float64Array.from(rows, (row) => weight[row]! * (came[row]! - centre(row))),
      groupOf,
    );
  const rowsWorth = effectiveCount(own);
  const trials =
    groups === null
      ? rowsWorth
      : effectiveTrials(
          about(() => observed),
          observed,
          total,
          rowsWorth,
        );
  const { low, high } = wilson(observed * trials, trials, 0.95);
  return {
    bin: { predicted, observed, low, high, count: rows.length },
    weight: total,
    rowsWorth,
    p: groups === null ? 1 : about((row) => said[row]!).p,
  };
}

/** Independent rows that would show a share as surely as these clusters do (Korn and Graubard 1998), at most the rows' own; of one kind, the clusters. */
function effectiveTrials({ se, clusters }: ClusteredSum, share: number, total: number, most: number): number {
  if (!(se > 0)) return Math.min(most, clusters);
  return Math.min(most, (share * (1 - share) * total ** 2) / se ** 2);
}

/** A weighted mean of a bin varies as one of its effective rows; without weights these are its rows. Bins without weight say nothing. */
function chiSquareOfBins(parts: readonly Part[]): number {
  const weighed = parts.filter(({ rowsWorth }) => rowsWorth > 0);
  const sum = weighed.reduce((all, { bin: { predicted, observed }, rowsWorth }) => {
    const edge = Math.min(0.5, 0.5 / rowsWorth);
    const p = Math.min(1 - edge, Math.max(edge, predicted));
    return all + (rowsWorth * (observed - predicted) ** 2) / (p * (1 - p));
  }, 0);
  return chiSquareUpperTail(sum, weighed.length);
}

/** z (t by clusters) of sum w f(p) (y - p), where y is 1 with probability p. */
function zOfExcess(
  said: Float64Array,
  came: Float64Array,
  weight: Float64Array,
  groups: Int32Array | null,
  factor: (p: number) => number,
): { z: number; p: number } {
  const scale = said.map((p, row) => weight[row]! * factor(p));
  const excess = said.map((p, row) => scale[row]! * (came[row]! - p));
  if (groups !== null) {
    const { sum, se, p } = clusteredSum(excess, groups);
    return { z: sum / se, p };
  }
  const variance = said.reduce((sum, p, row) => sum + scale[row]! ** 2 * p * (1 - p), 0);
  const z = excess.reduce((sum, one) => sum + one, 0) / Math.sqrt(variance);
  return { z, p: normalTwoSidedP(z) };
}
