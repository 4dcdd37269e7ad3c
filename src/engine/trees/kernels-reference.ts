import { CELL, type HistogramLayout, type NodeSums, type Split, type SplitRules, type TreeKernels } from "./kernels.ts";
import { createCategoryScratch, scanCategories } from "./split-category.ts";
import { createCandidate, leafGain, scanNumeric } from "./split-numeric.ts";

/** A split must lower the loss by more than this share of it, or it only fits rounding errors. */
export const ROUNDING = 1e-10;

/** Columns counted together: their cells (at most 6 kB each) stay in the cache. */
const BLOCK_COLUMNS = 24;

const candidate = createCandidate();
const scratchOfLevels = createCategoryScratch();

/** The kernels in plain TypeScript. They keep no state between calls. */
export const referenceKernels: TreeKernels = {
  cell: CELL,

  buildHistogram(bins, stride, rows, begin, end, gradient, hessian, columns, layout, histogram) {
    const n = columns.length;
    // A local copy: an imported binding costs in this loop when modules are transformed, as in tests.
    const cellLength = CELL;
    const { offsets, valueBins } = layout;
    for (let i = 0; i < n; i++) {
      const column = columns[i]!;
      histogram.fill(0, offsets[column]!, offsets[column]! + (valueBins[column]! + 1) * CELL);
    }
    for (let first = 0; first < n; first += BLOCK_COLUMNS) {
      const last = Math.min(first + BLOCK_COLUMNS, n);
      for (let at = begin; at < end; at++) {
        const row = rows[at]!;
        const g = gradient[row]!;
        const h = hessian[row]!;
        const base = row * stride;
        for (let i = first; i < last; i++) {
          const column = columns[i]!;
          const cell = offsets[column]! + bins[base + column]! * cellLength;
          histogram[cell] = histogram[cell]! + g;
          histogram[cell + 1] = histogram[cell + 1]! + h;
          histogram[cell + 2] = histogram[cell + 2]! + 1;
        }
      }
    }
  },

  subtractHistogram(parent, child, length) {
    for (let i = 0; i < length; i++) parent[i] = parent[i]! - child[i]!;
  },

  findSplit(histogram, columns, layout, node, rules, draws, split, goesLeft) {
    split.gain = Number.NEGATIVE_INFINITY;
    split.column = -1;
    let bestGain = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      const draw = draws === null ? -1 : draws[i]!;
      const l2 = scanColumn(histogram, column, layout, node, rules, draw, bestGain, goesLeft);
      if (candidate.gain <= bestGain) continue;
      bestGain = candidate.gain;
      keepCandidate(split, column, l2);
    }
    const parentGain = leafGain(node.gradient, node.hessian, rules.l1, rules.l2);
    const improvement = bestGain - parentGain;
    if (!(improvement > rules.minGain && improvement > ROUNDING * bestGain)) return;
    split.gain = improvement;
    if (split.bin >= 0) markNumeric(layout.valueBins[split.column]!, split, goesLeft);
  },

  partition(bins, stride, column, goesLeft, rows, begin, end, scratch) {
    let left = begin;
    let right = 0;
    for (let at = begin; at < end; at++) {
      const row = rows[at]!;
      if (goesLeft[bins[row * stride + column]!] === 1) rows[left++] = row;
      else scratch[right++] = row;
    }
    for (let i = 0; i < right; i++) rows[left + i] = scratch[i]!;
    return left - begin;
  },

  addToScores(scores, rows, begin, end, value) {
    for (let at = begin; at < end; at++) scores[rows[at]!] = scores[rows[at]!]! + value;
  },

  logisticGradients(scores, target, weight, rows, count, gradient, hessian) {
    for (let at = 0; at < count; at++) {
      const row = rows[at]!;
      const p = 1 / (1 + Math.exp(-scores[row]!));
      const w = weight === null ? 1 : weight[row]!;
      gradient[row] = (p - target[row]!) * w;
      hessian[row] = Math.max(p * (1 - p), Number.EPSILON) * w;
    }
  },
};

function scanColumn(
  histogram: Float64Array,
  column: number,
  layout: HistogramLayout,
  node: NodeSums,
  rules: SplitRules,
  draw: number,
  bestGain: number,
  goesLeft: Uint8Array,
): number {
  const offset = layout.offsets[column]!;
  const valueBins = layout.valueBins[column]!;
  if (layout.categorical[column] === 1) {
    return scanCategories(histogram, offset, valueBins, node, rules, draw, scratchOfLevels, candidate, bestGain, goesLeft);
  }
  scanNumeric(histogram, offset, valueBins, node, rules, draw, candidate);
  return rules.l2;
}

function keepCandidate(split: Split, column: number, l2: number): void {
  split.column = column;
  split.bin = candidate.bin;
  split.missingLeft = candidate.missingLeft;
  split.leftGradient = candidate.leftGradient;
  split.leftHessian = candidate.leftHessian;
  split.leftCount = candidate.leftCount;
  split.l2 = l2;
}

/** The goesLeft table of a numeric split. */
export function markNumeric(valueBins: number, split: Split, goesLeft: Uint8Array): void {
  for (let bin = 0; bin < valueBins; bin++) goesLeft[bin] = bin <= split.bin ? 1 : 0;
  goesLeft[valueBins] = split.missingLeft ? 1 : 0;
}
