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
  if (weight !== null) return aucUnderWeights(truth, scores)(weight);
  const { positives, negatives } = sidesOf(truth, scores);
  let wins = 0;
  forEachPlacement(positives, negatives, (below, equal) => {
    wins += below + equal / 2;
  });
  return wins / (positives.length * negatives.length);
}

/** Weighted AUC of the same scores under many weights: sorted once, then linear time. */
export function aucUnderWeights(truth: ArrayLike<number>, scores: ArrayLike<number>): (weight: ArrayLike<number>) => number {
  const order = ascendingOrder(scores);
  const isPositive = Uint8Array.from(order, (row) => (truth[row] === 1 ? 1 : 0));
  const isLastOfEqual = Uint8Array.from(order, (row, i) => (scores[row] === scores[order[i + 1] ?? -1] ? 0 : 1));
  return (weight) => {
    let wins = 0;
    let positiveWeight = 0;
    let negativeWeight = 0;
    let tiedPositive = 0;
    let tiedNegative = 0;
    for (let i = 0; i < order.length; i++) {
      const w = weight[order[i]!]!;
      if (isPositive[i] === 1) tiedPositive += w;
      else tiedNegative += w;
      if (isLastOfEqual[i] === 0) continue;
      wins += tiedPositive * (negativeWeight + tiedNegative / 2);
      positiveWeight += tiedPositive;
      negativeWeight += tiedNegative;
      tiedPositive = 0;
      tiedNegative = 0;
    }
    const pairs = positiveWeight * negativeWeight;
    return pairs > 0 ? wins / pairs : Number.NaN;
  };
}

/**
 * The weighted AUC of every resample of blocks of rows, from the wins of each block's positives over each block's negatives: once rows x blocks, then
 * blocks squared per resample. blockOf: block of each row, 0 .. blocks - 1. The answer takes how often each block stands.
 */
export function aucOfBlocks(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  weight: ArrayLike<number>,
  blockOf: Int32Array,
  blocks: number,
): (times: ArrayLike<number>) => number {
  const order = ascendingOrder(scores);
  const wins = new Float64Array(blocks * blocks);
  const positives = new Float64Array(blocks);
  const negatives = new Float64Array(blocks);
  const tied = new Float64Array(blocks);
  for (let start = 0; start < order.length; ) {
    let end = start;
    tied.fill(0);
    for (; end < order.length && scores[order[end]!] === scores[order[start]!]; end++) {
      const row = order[end]!;
      if (truth[row] !== 1) tied[blockOf[row]!]! += weight[row]!;
    }
    for (let i = start; i < end; i++) {
      const row = order[i]!;
      if (truth[row] !== 1) continue;
      const own = blockOf[row]!;
      positives[own]! += weight[row]!;
      for (let other = 0; other < blocks; other++) wins[own * blocks + other]! += weight[row]! * (negatives[other]! + tied[other]! / 2);
    }
    for (let other = 0; other < blocks; other++) negatives[other]! += tied[other]!;
    start = end;
  }
  return (times) => {
    let [won, positive, negative] = [0, 0, 0];
    for (let own = 0; own < blocks; own++) {
      positive += times[own]! * positives[own]!;
      negative += times[own]! * negatives[own]!;
      for (let other = 0; other < blocks; other++) won += times[own]! * times[other]! * wins[own * blocks + other]!;
    }
    return positive * negative > 0 ? won / (positive * negative) : Number.NaN;
  };
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
