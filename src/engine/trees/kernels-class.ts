import type { HistogramLayout, NodeSums, Split, SplitRules, TreeKernels } from "./kernels.ts";
import { markNumeric, ROUNDING, referenceKernels } from "./kernels-reference.ts";
import { TINY_HESSIAN } from "./split-numeric.ts";

/** Working memory of one search. */
interface Search {
  readonly classes: number;
  readonly cell: number;
  /** Weight by class of the node and of the left side. */
  readonly node: Float64Array;
  readonly left: Float64Array;
  readonly order: Int32Array;
  readonly key: Float64Array;
  /** Best prefix of the order in the column at hand. */
  gain: number;
  prefix: number;
  leftWeight: number;
  leftCount: number;
}

/**
 * Kernels for class trees: `gradient` holds the class of each row, `hessian` its weight; a cell holds the weight by class, the weight and
 * the number of rows. The gain is the drop of weight times Gini impurity: sum_k L_k^2 / L + sum_k R_k^2 / R - sum_k N_k^2 / N.
 */
export function classKernels(classes: number): TreeKernels {
  const cell = classes + 2;
  const search: Search = {
    classes,
    cell,
    node: new Float64Array(classes),
    left: new Float64Array(classes),
    order: new Int32Array(256),
    key: new Float64Array(256),
    gain: 0,
    prefix: 0,
    leftWeight: 0,
    leftCount: 0,
  };
  return {
    ...referenceKernels,
    cell,
    buildHistogram: (bins, stride, rows, begin, end, gradient, hessian, columns, { offsets, valueBins }, histogram) => {
      for (const column of columns) histogram.fill(0, offsets[column]!, offsets[column]! + (valueBins[column]! + 1) * cell);
      for (let at = begin; at < end; at++) {
        const row = rows[at]!;
        const weight = hessian[row]!;
        const target = gradient[row]!;
        for (let i = 0; i < columns.length; i++) {
          const column = columns[i]!;
          const to = offsets[column]! + bins[row * stride + column]! * cell;
          histogram[to + target] = histogram[to + target]! + weight;
          histogram[to + classes] = histogram[to + classes]! + weight;
          histogram[to + classes + 1] = histogram[to + classes + 1]! + 1;
        }
      }
    },
    findSplit: (histogram, columns, layout, node, rules, draws, split, goesLeft) =>
      findClassSplit(search, histogram, columns, layout, node, rules, draws, split, goesLeft),
  };
}

function findClassSplit(
  search: Search,
  histogram: Float64Array,
  columns: Int32Array,
  layout: HistogramLayout,
  node: NodeSums,
  rules: SplitRules,
  draws: Float64Array | null,
  split: Split,
  goesLeft: Uint8Array,
): void {
  split.gain = Number.NEGATIVE_INFINITY;
  split.column = -1;
  let best = Number.NEGATIVE_INFINITY;
  sumNode(search, histogram, layout, columns[0]!);
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i]!;
    const draw = draws === null ? -1 : draws[i]!;
    if (layout.categorical[column] === 1) {
      const used = orderLevels(search, histogram, layout, column);
      search.gain = best;
      scanOrder(search, histogram, layout.offsets[column]!, used, used - 1, -1, node, rules, draw);
      if (search.gain > best) {
        best = keep(search, split, column, -1, false);
        markLevels(search, histogram, layout, column, node, split, goesLeft);
      }
    } else best = scanBins(search, histogram, layout, column, node, rules, draw, best, split);
  }
  const parent = sumOfSquares(search.node) / node.hessian;
  const improvement = best - parent;
  if (!(improvement > rules.minGain && improvement > ROUNDING * best)) return;
  split.gain = improvement;
  if (split.bin >= 0) markNumeric(layout.valueBins[split.column]!, split, goesLeft);
}

function scanBins(
  search: Search,
  histogram: Float64Array,
  layout: HistogramLayout,
  column: number,
  node: NodeSums,
  rules: SplitRules,
  draw: number,
  best: number,
  split: Split,
): number {
  const offset = layout.offsets[column]!;
  const valueBins = layout.valueBins[column]!;
  let used = 0;
  for (let bin = 0; bin < valueBins; bin++) {
    if (histogram[offset + bin * search.cell + search.classes + 1]! > 0) search.order[used++] = bin;
  }
  const hasMissing = histogram[offset + valueBins * search.cell + search.classes + 1]! > 0;
  let found = best;
  search.gain = best;
  scanOrder(search, histogram, offset, used, hasMissing ? used : used - 1, -1, node, rules, draw);
  if (search.gain > found) {
    const missingLeft = !hasMissing && search.leftWeight * 2 >= node.hessian;
    found = keep(search, split, column, search.order[search.prefix - 1]!, missingLeft);
  }
  if (!hasMissing) return found;
  scanOrder(search, histogram, offset, used, used - 1, valueBins, node, rules, draw);
  return search.gain > found ? keep(search, split, column, search.order[search.prefix - 1]!, true) : found;
}

/** Tries the first 1 .. longest bins of the order on the left, together with the bin `also` unless it is -1. */
function scanOrder(
  search: Search,
  histogram: Float64Array,
  offset: number,
  used: number,
  longest: number,
  also: number,
  node: NodeSums,
  rules: SplitRules,
  draw: number,
): void {
  const { classes, left, order } = search;
  const minWeight = Math.max(rules.minHessianPerLeaf, TINY_HESSIAN);
  const only = draw < 0 ? -1 : 1 + Math.floor(draw * Math.max(1, longest));
  left.fill(0);
  let weight = 0;
  let count = 0;
  for (let prefix = also < 0 ? 1 : 0; prefix <= longest && prefix <= used; prefix++) {
    const from = offset + (prefix === 0 ? also : order[prefix - 1]!) * search.cell;
    for (let k = 0; k < classes; k++) left[k] = left[k]! + histogram[from + k]!;
    weight += histogram[from + classes]!;
    count += histogram[from + classes + 1]!;
    if (prefix === 0 || (only >= 0 && prefix !== only)) continue;
    if (count < rules.minRowsPerLeaf || weight < minWeight) continue;
    if (node.count - count < rules.minRowsPerLeaf || node.hessian - weight < minWeight) break;
    const gain = giniGain(search, weight, node.hessian - weight);
    if (gain <= search.gain) continue;
    search.gain = gain;
    search.prefix = prefix;
    search.leftWeight = weight;
    search.leftCount = count;
  }
}

function giniGain(search: Search, leftWeight: number, rightWeight: number): number {
  let l = 0;
  let r = 0;
  for (let k = 0; k < search.classes; k++) {
    const left = search.left[k]!;
    const right = search.node[k]! - left;
    l += left * left;
    r += right * right;
  }
  return l / leftWeight + r / rightWeight;
}

/**
 * Levels present in the node (missing is one of them), sorted by their share of one class: the one whose share differs most between
 * levels. For two classes this is Fisher's exact order; for more it is a heuristic.
 */
function orderLevels(search: Search, histogram: Float64Array, layout: HistogramLayout, column: number): number {
  const { classes, cell, order, key, node } = search;
  const offset = layout.offsets[column]!;
  const spread = new Float64Array(classes);
  let total = 0;
  let used = 0;
  for (let bin = 0; bin <= layout.valueBins[column]!; bin++) {
    const from = offset + bin * cell;
    const weight = histogram[from + classes]!;
    if (histogram[from + classes + 1]! === 0) continue;
    order[used++] = bin;
    total += weight;
    for (let k = 0; k < classes; k++) spread[k] = spread[k]! + histogram[from + k]! ** 2 / Math.max(weight, TINY_HESSIAN);
  }
  let widest = 0;
  for (let k = 0; k < classes; k++) {
    spread[k] = spread[k]! - node[k]! ** 2 / total;
    if (spread[k]! > spread[widest]!) widest = k;
  }
  for (let i = 0; i < used; i++) {
    const from = offset + order[i]! * cell;
    key[order[i]!] = histogram[from + widest]! / Math.max(histogram[from + classes]!, TINY_HESSIAN);
  }
  order.subarray(0, used).sort((a, b) => key[a]! - key[b]! || a - b);
  return used;
}

function markLevels(
  search: Search,
  histogram: Float64Array,
  layout: HistogramLayout,
  column: number,
  node: NodeSums,
  split: Split,
  goesLeft: Uint8Array,
): void {
  goesLeft.fill(0);
  for (let i = 0; i < search.prefix; i++) goesLeft[search.order[i]!] = 1;
  const missing = layout.valueBins[column]!;
  const isEmpty = histogram[layout.offsets[column]! + missing * search.cell + search.classes + 1] === 0;
  if (isEmpty) goesLeft[missing] = search.leftWeight * 2 >= node.hessian ? 1 : 0;
  split.missingLeft = goesLeft[missing] === 1;
}

function keep(search: Search, split: Split, column: number, bin: number, missingLeft: boolean): number {
  split.column = column;
  split.bin = bin;
  split.missingLeft = missingLeft;
  split.leftGradient = 0;
  split.leftHessian = search.leftWeight;
  split.leftCount = search.leftCount;
  split.l2 = 0;
  return search.gain;
}

function sumNode(search: Search, histogram: Float64Array, layout: HistogramLayout, column: number): void {
  search.node.fill(0);
  const offset = layout.offsets[column]!;
  for (let bin = 0; bin <= layout.valueBins[column]!; bin++) {
    for (let k = 0; k < search.classes; k++) search.node[k] = search.node[k]! + histogram[offset + bin * search.cell + k]!;
  }
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
