import { CELL, type NodeSums, type SplitRules } from "./kernels.ts";

/** The best threshold found so far in one column. Kept between calls so that nothing is allocated. */
export interface Candidate {
  gain: number;
  bin: number;
  missingLeft: boolean;
  leftGradient: number;
  leftHessian: number;
  leftCount: number;
}

export function createCandidate(): Candidate {
  return { gain: 0, bin: 0, missingLeft: false, leftGradient: 0.5, leftHessian: 0.5, leftCount: 0 };
}

/** Below this a hessian is taken for zero. */
export const TINY_HESSIAN = 1e-12;

/** G^2 / (H + l2) with G drawn towards 0 by l1: minus twice the best loss of a leaf. */
export function leafGain(gradient: number, hessian: number, l1: number, l2: number): number {
  if (l1 === 0) return (gradient * gradient) / (hessian + l2);
  const soft = Math.max(Math.abs(gradient) - l1, 0);
  return (soft * soft) / (hessian + l2);
}

/** Sum of the two leaf gains over one division; hessians come with l2 added. */
export function splitGain(leftG: number, leftH: number, rightG: number, rightH: number, l1: number): number {
  if (l1 === 0) return (leftG * leftG * rightH + rightG * rightG * leftH) / (leftH * rightH);
  return leafGain(leftG, leftH, l1, 0) + leafGain(rightG, rightH, l1, 0);
}

/** Newton step of a leaf. */
export function leafValue(gradient: number, hessian: number, l1: number, l2: number): number {
  const soft = l1 === 0 ? gradient : Math.sign(gradient) * Math.max(Math.abs(gradient) - l1, 0);
  return hessian + l2 > TINY_HESSIAN ? -soft / (hessian + l2) : 0;
}

/**
 * Best threshold of one numeric column: once with missing on the right and, if the node has missing rows, once with missing on the left.
 * Without missing rows, missing follows the larger side. draw: place of a random threshold between the node's smallest and largest bin;
 * negative = try all.
 */
export function scanNumeric(
  histogram: Float64Array,
  offset: number,
  valueBins: number,
  node: NodeSums,
  rules: SplitRules,
  draw: number,
  best: Candidate,
): void {
  best.gain = Number.NEGATIVE_INFINITY;
  const missingAt = offset + valueBins * CELL;
  const hasMissing = histogram[missingAt + 2]! > 0;
  const only = draw < 0 ? -1 : randomBin(histogram, offset, valueBins, draw, hasMissing);
  const first = only < 0 ? 0 : only;
  const last = only < 0 ? valueBins - 1 : only + 1;
  if (!hasMissing) {
    scanThresholds(histogram, offset, first, Math.min(last, valueBins - 1), 0, 0, 0, false, node, rules, best);
    best.missingLeft = best.leftHessian >= node.hessian - best.leftHessian;
    return;
  }
  scanThresholds(histogram, offset, first, only < 0 ? valueBins : last, 0, 0, 0, false, node, rules, best);
  const g = histogram[missingAt]!;
  const h = histogram[missingAt + 1]!;
  const n = histogram[missingAt + 2]!;
  scanThresholds(histogram, offset, first, Math.min(last, valueBins - 1), g, h, n, true, node, rules, best);
}

/** Candidates are the bins [first, last); the left sums start with what is already on the left. */
function scanThresholds(
  histogram: Float64Array,
  offset: number,
  first: number,
  last: number,
  startGradient: number,
  startHessian: number,
  startCount: number,
  missingLeft: boolean,
  node: NodeSums,
  rules: SplitRules,
  best: Candidate,
): void {
  const { l1, l2, minRowsPerLeaf } = rules;
  const minHessian = Math.max(rules.minHessianPerLeaf, TINY_HESSIAN);
  const cellLength = CELL;
  const gradient = node.gradient;
  const hessian = node.hessian;
  const count = node.count;
  let leftG = startGradient;
  let leftH = startHessian;
  let leftN = startCount;
  let bestGain = best.gain;
  for (let bin = 0, at = offset; bin < last; bin++, at += cellLength) {
    const inBin = histogram[at + 2]!;
    if (inBin !== 0) {
      leftG += histogram[at]!;
      leftH += histogram[at + 1]!;
      leftN += inBin;
    } else if (bin !== first) continue;
    if (bin < first || leftN < minRowsPerLeaf || leftH < minHessian) continue;
    if (count - leftN < minRowsPerLeaf || hessian - leftH < minHessian) break;
    const gain = splitGain(leftG, leftH + l2, gradient - leftG, hessian - leftH + l2, l1);
    if (gain > bestGain) {
      bestGain = gain;
      best.gain = gain;
      best.bin = bin;
      best.missingLeft = missingLeft;
      best.leftGradient = leftG;
      best.leftHessian = leftH;
      best.leftCount = leftN;
    }
  }
}

/** A bin from the smallest filled one to the one before the largest filled one; with missing rows the largest may be drawn too. */
function randomBin(histogram: Float64Array, offset: number, valueBins: number, draw: number, hasMissing: boolean): number {
  let low = 0;
  while (low < valueBins && histogram[offset + low * CELL + 2] === 0) low++;
  let high = valueBins - 1;
  while (high > low && histogram[offset + high * CELL + 2] === 0) high--;
  const choices = Math.max(1, high - low + (hasMissing ? 1 : 0));
  return Math.min(low, valueBins - 1) + Math.floor(draw * choices);
}
