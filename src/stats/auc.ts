import { ascendingOrder } from "./order.ts";

/** Scores of the positives and of the negatives, each ascending. */
export interface Sides {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/**
 * Area under the ROC curve: P(score of a positive > score of a negative), ties count half. truth: 1 = positive, anything else negative.
 * Scores have no NaN. NaN when one side is absent or has no weight.
 */
export function auc(truth: ArrayLike<number>, scores: ArrayLike<number>, weight: ArrayLike<number> | null = null): number {
  if (weight !== null) return aucInOrder(ascendingOrder(scores), truth, scores, weight);
  const { positives, negatives } = sidesOf(truth, scores);
  let wins = 0;
  forEachPlacement(positives, negatives, (below, equal) => {
    wins += below + equal / 2;
  });
  return wins / (positives.length * negatives.length);
}

/** Weighted AUC when the order of the scores is known: linear time, for many weights on the same scores. */
export function aucInOrder(order: Int32Array, truth: ArrayLike<number>, scores: ArrayLike<number>, weight: ArrayLike<number>): number {
  let wins = 0;
  let positiveWeight = 0;
  let negativeWeight = 0;
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start]!]!;
    let tiedPositive = 0;
    let tiedNegative = 0;
    let end = start;
    for (; end < order.length && scores[order[end]!] === score; end++) {
      const row = order[end]!;
      if (truth[row] === 1) tiedPositive += weight[row]!;
      else tiedNegative += weight[row]!;
    }
    wins += tiedPositive * (negativeWeight + tiedNegative / 2);
    positiveWeight += tiedPositive;
    negativeWeight += tiedNegative;
    start = end;
  }
  const pairs = positiveWeight * negativeWeight;
  return pairs > 0 ? wins / pairs : Number.NaN;
}

export function sidesOf(truth: ArrayLike<number>, scores: ArrayLike<number>): Sides {
  let count = 0;
  for (let i = 0; i < truth.length; i++) if (truth[i] === 1) count++;
  const positives = new Float64Array(count);
  const negatives = new Float64Array(truth.length - count);
  for (let i = 0, p = 0, n = 0; i < truth.length; i++) {
    if (truth[i] === 1) positives[p++] = scores[i]!;
    else negatives[n++] = scores[i]!;
  }
  return { positives: positives.sort(), negatives: negatives.sort() };
}

/** For each of `own` (ascending): how many of `other` (ascending) lie below it and how many are equal. */
export function forEachPlacement(own: Float64Array, other: Float64Array, visit: (below: number, equal: number) => void): void {
  let below = 0;
  let upTo = 0;
  for (const score of own) {
    while (below < other.length && other[below]! < score) below++;
    if (upTo < below) upTo = below;
    while (upTo < other.length && other[upTo]! <= score) upTo++;
    visit(below, upTo - below);
  }
}
