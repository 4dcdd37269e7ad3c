import { placesUpTo } from "../core/typed-from.ts";
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

/**
 * Weighted AUC of the same scores under many weights: sorted once, then linear time. strata: only pairs of one stratum are compared, all such pairs
 * counting alike; null = one stratum.
 */
export function aucUnderWeights(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  strata: Int32Array | null = null,
): (weight: ArrayLike<number>) => number {
  const order = strata === null ? ascendingOrder(scores) : orderWithin(strata, scores);
  const isPositive = Uint8Array.from(order, (row) => (truth[row] === 1 ? 1 : 0));
  const ends = (of: ArrayLike<number>) => (row: number, i: number) => (of[row] === of[order[i + 1] ?? -1] ? 0 : 1);
  const isLastOfStratum = strata === null ? null : Uint8Array.from(order, ends(strata));
  const isLastOfEqual = Uint8Array.from(order, ends(scores));
  return (weight) => {
    let pairs = 0;
    let wins = 0;
    let positiveWeight = 0;
    let negativeWeight = 0;
    let tiedPositive = 0;
    let tiedNegative = 0;
    for (let i = 0; i < order.length; i++) {
      const w = weight[order[i]!]!;
      if (isPositive[i] === 1) tiedPositive += w;
      else tiedNegative += w;
      const isStratumEnd = isLastOfStratum !== null && isLastOfStratum[i] === 1;
      if (isLastOfEqual[i] === 0 && !isStratumEnd) continue;
      wins += tiedPositive * (negativeWeight + tiedNegative / 2);
      positiveWeight += tiedPositive;
      negativeWeight += tiedNegative;
      tiedPositive = 0;
      tiedNegative = 0;
      if (!isStratumEnd) continue;
      pairs += positiveWeight * negativeWeight;
      positiveWeight = 0;
      negativeWeight = 0;
    }
    pairs += positiveWeight * negativeWeight;
    return pairs > 0 ? wins / pairs : Number.NaN;
  };
}

/**
 * The weighted AUC of every resample of blocks of rows, from the wins of each block's positives over each block's negatives: once rows x blocks, then
 * blocks squared per resample. blockOf: block of each row, 0 .. blocks - 1. The answer takes how often each block stands. strata: as above.
 */
export function aucOfBlocks(
  truth: ArrayLike<number>,
  scores: ArrayLike<number>,
  weight: ArrayLike<number>,
  blockOf: Int32Array,
  blocks: number,
  strata: Int32Array | null = null,
): (times: ArrayLike<number>) => number {
  const order = strata === null ? ascendingOrder(scores) : orderWithin(strata, scores);
  const stratumAt = (i: number) => strata?.[order[i]!] ?? 0;
  const [wins, pairs] = [new Float64Array(blocks * blocks), new Float64Array(blocks * blocks)];
  const [positives, negatives, tied] = [new Float64Array(blocks), new Float64Array(blocks), new Float64Array(blocks)];
  const endStratum = () => {
    for (let cell = 0; cell < pairs.length; cell++) pairs[cell]! += positives[Math.floor(cell / blocks)]! * negatives[cell % blocks]!;
    positives.fill(0);
    negatives.fill(0);
  };
  for (let start = 0; start < order.length; ) {
    if (start > 0 && stratumAt(start) !== stratumAt(start - 1)) endStratum();
    let end = start;
    tied.fill(0);
    for (; end < order.length && scores[order[end]!] === scores[order[start]!] && stratumAt(end) === stratumAt(start); end++) {
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
  endStratum();
  return (times) => {
    let [won, all] = [0, 0];
    for (let own = 0; own < blocks; own++) {
      for (let other = 0; other < blocks; other++) {
        const both = times[own]! * times[other]!;
        won += both * wins[own * blocks + other]!;
        all += both * pairs[own * blocks + other]!;
      }
    }
    return all > 0 ? won / all : Number.NaN;
  };
}

/** Indices that put stratum after stratum, ascending within each. */
export function orderWithin(strata: Int32Array, scores: ArrayLike<number>): Int32Array {
  return placesUpTo(strata.length).sort((a, b) => strata[a]! - strata[b]! || scores[a]! - scores[b]!);
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
