import { forEachPlacement, sidesOf } from "./auc.ts";

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
