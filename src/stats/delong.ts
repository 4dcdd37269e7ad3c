import { forEachPlacement, type Sides, sidesOf } from "./auc.ts";
import { normalTwoSidedP } from "./normal.ts";
import { ascendingOrder } from "./order.ts";

export interface AucVariance {
  readonly auc: number;
  /** DeLong's variance of the AUC; NaN when a side has fewer than two rows. */
  readonly variance: number;
  readonly positives: number;
  readonly negatives: number;
}

/** AUC with DeLong's variance in O(n log n) (DeLong 1988; Sun and Xu 2014, doi:10.1109/LSP.2014.2337313). */
export function aucVariance(truth: ArrayLike<number>, scores: ArrayLike<number>): AucVariance {
  const { positives, negatives } = sidesOf(truth, scores);
  const m = positives.length;
  const n = negatives.length;
  const ofPositives = placementMoments(positives, negatives);
  const ofNegatives = placementMoments(negatives, positives);
  return { auc: ofPositives.mean, variance: ofPositives.variance / m + ofNegatives.variance / n, positives: m, negatives: n };
}

export interface AucDifference {
  /** AUC of a minus AUC of b. */
  readonly difference: number;
  readonly variance: number;
  readonly z: number;
  /** Two-sided, of no difference. */
  readonly p: number;
}

/** Two scores of the same rows compared by DeLong's paired test. */
export function aucDifference(truth: ArrayLike<number>, a: ArrayLike<number>, b: ArrayLike<number>): AucDifference {
  const first = placements(truth, a);
  const second = placements(truth, b);
  const ofPositives = differenceMoments(first.positives, second.positives);
  const ofNegatives = differenceMoments(first.negatives, second.negatives);
  const difference = ofPositives.mean;
  const variance = ofPositives.variance / first.positives.length + ofNegatives.variance / first.negatives.length;
  const z = difference === 0 && variance === 0 ? 0 : difference / Math.sqrt(variance);
  return { difference, variance, z, p: normalTwoSidedP(z) };
}

function placementMoments(own: Float64Array, other: Float64Array): { mean: number; variance: number } {
  let count = 0;
  let mean = 0;
  let squares = 0;
  forEachPlacement(own, other, (below, equal) => {
    const value = (below + equal / 2) / other.length;
    const off = value - mean;
    mean += off / ++count;
    squares += off * (value - mean);
  });
  if (own.length === 0 || other.length === 0) return { mean: Number.NaN, variance: Number.NaN };
  return { mean, variance: own.length < 2 ? Number.NaN : squares / (own.length - 1) };
}

/** Placement value of each row in row order, positives and negatives apart; a negative's is the share of positives above it. */
function placements(truth: ArrayLike<number>, scores: ArrayLike<number>): Sides {
  const order = ascendingOrder(scores);
  const totals = [0, 0];
  for (let i = 0; i < truth.length; i++) totals[truth[i] === 1 ? 1 : 0]!++;
  const [n, m] = [totals[0]!, totals[1]!];
  const byRow = new Float64Array(order.length);
  let positivesBelow = 0;
  let negativesBelow = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let tiedPositives = 0;
    for (; end < order.length && scores[order[end]!] === scores[order[start]!]; end++) if (truth[order[end]!] === 1) tiedPositives++;
    const tiedNegatives = end - start - tiedPositives;
    for (let i = start; i < end; i++) {
      const row = order[i]!;
      byRow[row] = truth[row] === 1 ? (negativesBelow + tiedNegatives / 2) / n : (m - positivesBelow - tiedPositives / 2) / m;
    }
    positivesBelow += tiedPositives;
    negativesBelow += tiedNegatives;
    start = end;
  }
  const positives = byRow.filter((_, row) => truth[row] === 1);
  return { positives, negatives: byRow.filter((_, row) => truth[row] !== 1) };
}

function differenceMoments(a: Float64Array, b: Float64Array): { mean: number; variance: number } {
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < a.length; i++) {
    const off = a[i]! - b[i]! - mean;
    mean += off / (i + 1);
    squares += off * (a[i]! - b[i]! - mean);
  }
  return { mean: a.length === 0 ? Number.NaN : mean, variance: a.length < 2 ? Number.NaN : squares / (a.length - 1) };
}
