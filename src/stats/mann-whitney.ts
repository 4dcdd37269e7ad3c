import { auc, sidesOf } from "./auc.ts";
import { sortedCopy } from "./order.ts";

/**
 * z of the AUC against 0.5 when scores carry nothing: Mann-Whitney U with the correction for ties (Lehmann 1975). 0 when all scores are
 * equal, NaN when one side is absent.
 */
export function aucZ(truth: ArrayLike<number>, scores: ArrayLike<number>): number {
  const { positives, negatives } = sidesOf(truth, scores);
  const m = positives.length;
  const n = negatives.length;
  const total = m + n;
  if (m === 0 || n === 0) return Number.NaN;
  const spread = (m * n * (total + 1 - tieTerm(sortedCopy(scores)) / (total * (total - 1)))) / 12;
  return spread > 0 ? ((auc(truth, scores) - 0.5) * m * n) / Math.sqrt(spread) : 0;
}

/** z of an AUC against 1/2 (Mann-Whitney, without the correction for ties, so rather too small). */
export function zOfAuc(auc: number, positives: number, negatives: number): number {
  if (positives === 0 || negatives === 0 || Number.isNaN(auc)) return 0;
  return (auc - 0.5) / Math.sqrt((positives + negatives + 1) / (12 * positives * negatives));
}

function tieTerm(sorted: Float64Array): number {
  let sum = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    sum += (end - start) ** 3 - (end - start);
    start = end;
  }
  return sum;
}
