import { CELL, type NodeSums, type SplitRules } from "./kernels.ts";
import { type Candidate, leafGain, TINY_HESSIAN } from "./split-numeric.ts";

/** Working memory of one scan. */
export interface CategoryScratch {
  readonly order: Int32Array;
  readonly key: Float64Array;
  /** Place of the best prefix: order[0..prefix) or, from the end, order[used-prefix..used). */
  prefix: number;
  fromEnd: boolean;
  used: number;
}

export function createCategoryScratch(): CategoryScratch {
  return { order: new Int32Array(256), key: new Float64Array(256), prefix: 0, fromEnd: false, used: 0 };
}

/**
 * Best set of levels of one categorical column, LightGBM's way (Fisher 1958: for a convex loss the best set is a prefix of the levels
 * sorted by their mean): few levels one against the rest, else prefixes of at most maxCatThreshold levels sorted by g / (h + catSmooth),
 * from both ends. Missing is one more level if the node has missing rows; else it follows the larger side. goesLeft is written only when
 * the gain beats `atLeast`.
 */
export function scanCategories(
  histogram: Float64Array,
  offset: number,
  valueBins: number,
  node: NodeSums,
  rules: SplitRules,
  draw: number,
  scratch: CategoryScratch,
  best: Candidate,
  atLeast: number,
  goesLeft: Uint8Array,
): number {
  best.gain = Number.NEGATIVE_INFINITY;
  const oneHot = valueBins <= rules.maxCatToOnehot;
  const l2 = oneHot ? rules.l2 : rules.l2 + rules.catL2;
  collectLevels(histogram, offset, valueBins, oneHot ? 0 : rules.catSmooth, scratch);
  if (oneHot) scanSingles(histogram, offset, node, rules, draw, scratch, best);
  else {
    sortByKey(scratch.order, scratch.key, scratch.used);
    scanPrefixes(histogram, offset, node, rules, l2, draw, false, scratch, best);
    if (draw < 0) scanPrefixes(histogram, offset, node, rules, l2, draw, true, scratch, best);
  }
  if (best.gain > atLeast) {
    markLeft(scratch, goesLeft);
    if (histogram[offset + valueBins * CELL + 2] === 0) goesLeft[valueBins] = best.leftHessian >= node.hessian - best.leftHessian ? 1 : 0;
    best.missingLeft = goesLeft[valueBins] === 1;
  }
  return l2;
}

/** Levels present in the node; with smoothing only those with at least catSmooth rows, the rest stay on the right. */
function collectLevels(histogram: Float64Array, offset: number, valueBins: number, smooth: number, scratch: CategoryScratch): void {
  let used = 0;
  for (let bin = 0, at = offset; bin <= valueBins; bin++, at += CELL) {
    const count = histogram[at + 2]!;
    if (count === 0 || count < smooth) continue;
    scratch.order[used++] = bin;
    scratch.key[bin] = histogram[at]! / (histogram[at + 1]! + smooth + TINY_HESSIAN);
  }
  scratch.used = used;
}

/** Stable insertion sort: levels are few, and it needs no memory. */
function sortByKey(order: Int32Array, key: Float64Array, used: number): void {
  for (let i = 1; i < used; i++) {
    const level = order[i]!;
    const value = key[level]!;
    let j = i - 1;
    while (j >= 0 && key[order[j]!]! > value) {
      order[j + 1] = order[j]!;
      j--;
    }
    order[j + 1] = level;
  }
}

function scanSingles(
  histogram: Float64Array,
  offset: number,
  node: NodeSums,
  rules: SplitRules,
  draw: number,
  scratch: CategoryScratch,
  best: Candidate,
): void {
  const { l1, l2, minRowsPerLeaf } = rules;
  const minHessian = Math.max(rules.minHessianPerLeaf, TINY_HESSIAN);
  const only = draw < 0 ? -1 : Math.floor(draw * scratch.used);
  for (let place = 0; place < scratch.used; place++) {
    if (only >= 0 && place !== only) continue;
    const at = offset + scratch.order[place]! * CELL;
    const g = histogram[at]!;
    const h = histogram[at + 1]!;
    const n = histogram[at + 2]!;
    if (n < minRowsPerLeaf || h < minHessian || node.count - n < minRowsPerLeaf || node.hessian - h < minHessian) continue;
    const gain = leafGain(g, h, l1, l2) + leafGain(node.gradient - g, node.hessian - h, l1, l2);
    if (gain <= best.gain) continue;
    // The single level becomes a prefix of length 1.
    record(best, gain, g, h, n);
    scratch.prefix = place;
    scratch.fromEnd = false;
  }
  if (best.gain > Number.NEGATIVE_INFINITY) {
    scratch.order[0] = scratch.order[scratch.prefix]!;
    scratch.prefix = 1;
  }
}

function scanPrefixes(
  histogram: Float64Array,
  offset: number,
  node: NodeSums,
  rules: SplitRules,
  l2: number,
  draw: number,
  fromEnd: boolean,
  scratch: CategoryScratch,
  best: Candidate,
): void {
  const { l1, minRowsPerLeaf, minRowsPerGroup } = rules;
  const minHessian = Math.max(rules.minHessianPerLeaf, TINY_HESSIAN);
  const { order, used } = scratch;
  const most = Math.min(rules.maxCatThreshold, (used + 1) >> 1);
  const only = draw < 0 ? -1 : Math.floor(draw * Math.max(1, used - 1));
  const end = only < 0 ? most : only + 1;
  let leftG = 0;
  let leftH = 0;
  let leftN = 0;
  let inGroup = 0;
  for (let i = 0; i < end && i < used; i++) {
    const at = offset + order[fromEnd ? used - 1 - i : i]! * CELL;
    leftG += histogram[at]!;
    leftH += histogram[at + 1]!;
    leftN += histogram[at + 2]!;
    inGroup += histogram[at + 2]!;
    if (only >= 0 && i !== only) continue;
    if (leftN < minRowsPerLeaf || leftH < minHessian) continue;
    const rightN = node.count - leftN;
    if (rightN < minRowsPerLeaf || rightN < minRowsPerGroup || node.hessian - leftH < minHessian) break;
    if (inGroup < minRowsPerGroup) continue;
    inGroup = 0;
    const gain = leafGain(leftG, leftH, l1, l2) + leafGain(node.gradient - leftG, node.hessian - leftH, l1, l2);
    if (gain <= best.gain) continue;
    record(best, gain, leftG, leftH, leftN);
    scratch.prefix = i + 1;
    scratch.fromEnd = fromEnd;
  }
}

function record(best: Candidate, gain: number, gradient: number, hessian: number, count: number): void {
  best.gain = gain;
  best.bin = -1;
  best.leftGradient = gradient;
  best.leftHessian = hessian;
  best.leftCount = count;
}

function markLeft(scratch: CategoryScratch, goesLeft: Uint8Array): void {
  goesLeft.fill(0);
  for (let i = 0; i < scratch.prefix; i++) {
    goesLeft[scratch.order[scratch.fromEnd ? scratch.used - 1 - i : i]!] = 1;
  }
}
