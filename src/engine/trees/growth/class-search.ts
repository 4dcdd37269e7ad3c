import type { TreeDataset } from "../dataset/dataset.ts";
import type { SlotList, TreeKernels } from "../kernels/contract.ts";
import { sampleInOrder, type Uniform } from "../random.ts";
import { type GrowthRules, type Part, ROUNDING, type Split } from "./part.ts";
import type { Search } from "./search.ts";

export interface ClassSpace {
  readonly dataset: TreeDataset;
  readonly kernels: TreeKernels;
  readonly rules: GrowthRules;
  readonly classes: number;
  /** Row order; by row: class in the high, weight in the low 32 bits. */
  readonly rows: number;
  readonly packed: number;
  /** u32 list as long as there are columns, and another one. */
  readonly slotList: number;
  readonly offsets: number;
  /** i32 sums of all columns: classes for every bin. */
  readonly histogram: number;
  /** What a whole number of a weight is worth. */
  readonly hUnit: number;
}

export interface ClassTree {
  /** Ascending. */
  readonly columns: Int32Array;
  readonly uniform: Uniform;
}

/** Bins of a column and missing, for the sums by class. */
export function classBins({ columns }: TreeDataset): number {
  return columns.reduce((sum, { bins }) => sum + Math.max(256, bins.valueBins + 1), 0);
}

interface State extends ClassSpace {
  readonly tree: ClassTree;
  /** Weight by class of the node and of the left side. */
  readonly node: Float64Array;
  readonly left: Float64Array;
  readonly order: Int32Array;
  readonly key: Float64Array;
  /** Weight of each bin of the column at hand, those that hold some, ascending, missing last, and how many they are. */
  weights: Float64Array;
  readonly present: Int32Array;
  presentCount: number;
  /** Sums by bin and class of the column at hand: the kernel's, or those of a small node, which are 0 between columns. */
  sums: Int32Array;
  readonly kernelSums: Int32Array;
  readonly smallSums: Int32Array;
  readonly kernelWeights: Float64Array;
  readonly smallWeights: Float64Array;
  minWeight: number;
  rowsPerWeight: number;
  weight: number;
  /** Best prefix so far of the order of the column at hand. */
  gain: number;
  prefix: number;
  leftWeight: number;
  couldSplit: boolean;
}

/**
 * Best splits by Gini impurity for three classes and more: the gain is the drop of weight times impurity, sum_k L_k^2 / L + sum_k R_k^2 / R - sum_k N_k^2 / N.
 * Columns must lie in a slot of their own.
 */
export function classSearch(space: ClassSpace, tree: ClassTree): Search {
  const most = Math.max(2, ...space.dataset.columns.map(({ bins }) => bins.valueBins + 1));
  const state: State = {
    ...space,
    tree,
    node: new Float64Array(space.classes),
    left: new Float64Array(space.classes),
    order: new Int32Array(most),
    key: new Float64Array(most),
    weights: new Float64Array(0),
    kernelWeights: new Float64Array(most),
    smallWeights: new Float64Array(most),
    present: new Int32Array(most),
    presentCount: 0,
    sums: space.kernels.memory.i32,
    kernelSums: space.kernels.memory.i32,
    smallSums: new Int32Array(most * space.classes),
    minWeight: 1,
    rowsPerWeight: 1,
    weight: 0,
    gain: 0,
    prefix: 0,
    leftWeight: 0,
    couldSplit: false,
  };
  return {
    root: (part) => best(state, part),
    children: (_, left, right, canOpen) => [canOpen[0] ? best(state, left) : null, canOpen[1] ? best(state, right) : null],
    close: () => {},
    value: () => 0,
  };
}

/** As in Breiman's forests: draw on when all drawn columns are constant in the node. */
function best(state: State, part: Part): Split | null {
  const { columns, uniform } = state.tree;
  const all = part.allowed ?? columns;
  const { featureFractionByNode: share } = state.rules;
  if (share === 1) return bestOf(state, part, all);
  const drawn = new Int32Array(Math.max(1, Math.round(all.length * share)));
  sampleInOrder(all, all.length, drawn.length, uniform, drawn);
  const found = bestOf(state, part, drawn);
  return found === null && !state.couldSplit ? bestOf(state, part, all) : found;
}

function bestOf(state: State, part: Part, columns: Int32Array): Split | null {
  const { rules, dataset, tree } = state;
  const rows = part.end - part.begin;
  const starts = rows <= SMALL_NODE ? null : count(state, part, columns);
  state.weight = part.hessian;
  state.rowsPerWeight = rows / part.hessian;
  const { minDataInLeaf, minSumHessianInLeaf } = rules;
  // Any filled side has a row.
  const byRows = minDataInLeaf <= 1 ? 1 : Math.ceil((minDataInLeaf - 0.5) / state.rowsPerWeight);
  state.minWeight = Math.max(1, byRows, Math.ceil(minSumHessianInLeaf / state.hUnit));
  state.gain = Number.NEGATIVE_INFINITY;
  state.couldSplit = false;
  sumNode(state, part);
  let found: Split | null = null;
  for (let i = 0; i < columns.length; i++) {
    const { bins, slot } = dataset.columns[columns[i]!]!;
    const start = starts?.[i] ?? 0;
    if (starts === null) sumRows(state, part, slot);
    else weighBins(state, start, bins.valueBins);
    const draw = rules.extraTrees ? tree.uniform() : -1;
    const split =
      bins.kind === "numeric" ? numericSplit(state, start, bins.valueBins, draw) : levelSplit(state, start, bins.valueBins, draw);
    if (split !== null) found = { ...split, column: columns[i]!, leftGradient: 0, l2: 0 };
    if (starts === null) clearRows(state);
  }
  const improvement = state.gain - sumOfSquares(state.node) / state.weight;
  if (found === null || !(improvement * state.hUnit > rules.minGainToSplit && improvement > ROUNDING * state.gain)) return null;
  return { ...found, gain: improvement * state.hUnit };
}

/** Up to so many rows of a node it is faster to look at them one by one than at all bins. */
const SMALL_NODE = 96;

/** Sums of the rows of a small node for one column. */
function sumRows(state: State, { begin, end }: Part, slot: number): void {
  const { kernels, dataset, rows, packed, classes, smallSums, smallWeights: weights, present } = state;
  const { u8, u16, i32 } = kernels.memory;
  const { slots8, bins8, stride8, bins16, stride16 } = dataset.slots;
  let used = 0;
  for (let at = rows / 4 + begin; at < rows / 4 + end; at++) {
    const row = i32[at]!;
    const bin = slot < slots8 ? u8[bins8 + row * stride8 + slot]! : u16[(bins16 + row * stride16) / 2 + slot - slots8]!;
    const weight = i32[packed / 4 + 2 * row]!;
    if (weight === 0) continue;
    smallSums[bin * classes + i32[packed / 4 + 2 * row + 1]!]! += weight;
    if (weights[bin] === 0) present[used++] = bin;
    weights[bin]! += weight;
  }
  for (let i = 1; i < used; i++) {
    const bin = present[i]!;
    let place = i;
    for (; place > 0 && present[place - 1]! > bin; place--) present[place] = present[place - 1]!;
    present[place] = bin;
  }
  state.presentCount = used;
  state.sums = smallSums;
  state.weights = weights;
}

function clearRows({ smallSums, smallWeights, classes, present, presentCount }: State): void {
  for (let i = 0; i < presentCount; i++) {
    const bin = present[i]!;
    smallWeights[bin] = 0;
    for (let at = bin * classes; at < (bin + 1) * classes; at++) smallSums[at] = 0;
  }
}

/** First i32 of each column's sums. */
function count(state: State, part: Part, columns: Int32Array): number[] {
  const { kernels, dataset, slotList, offsets, classes, histogram, rows, packed } = state;
  const { slots8 } = dataset.slots;
  const { i32 } = kernels.memory;
  const order = Array.from(columns).sort((a, b) => dataset.columns[a]!.slot - dataset.columns[b]!.slot);
  const firstBin = new Map<number, number>();
  let bins = 0;
  let count8 = 0;
  for (const [i, column] of order.entries()) {
    const { slot, bins: about } = dataset.columns[column]!;
    i32[slotList / 4 + i] = slot < slots8 ? slot : slot - slots8;
    i32[offsets / 4 + i] = bins;
    firstBin.set(column, bins);
    if (slot < slots8) count8++;
    bins += about.valueBins + 1;
  }
  const list: SlotList = { list8: slotList, count8, list16: slotList + 4 * count8, count16: order.length - count8 };
  kernels.buildClassHistogram(dataset.slots, list, offsets, bins, classes, rows, part.begin, part.end, packed, histogram);
  return Array.from(columns, (column) => histogram / 4 + firstBin.get(column)! * classes);
}

type Found = Omit<Split, "column" | "leftGradient" | "l2">;

function numericSplit(state: State, start: number, valueBins: number, draw: number): Found | null {
  const { order, present, presentCount } = state;
  const hasMissing = presentCount > 0 && present[presentCount - 1] === valueBins;
  const used = presentCount - (hasMissing ? 1 : 0);
  for (let i = 0; i < used; i++) order[i] = present[i]!;
  let found: Found | null = null;
  // In the middle of the gap to the next filled bin; without one, all values go left (assembly/_split.ts).
  const thresholdAfter = (prefix: number) => (prefix === used ? valueBins - 1 : (order[prefix - 1]! + order[prefix]!) >> 1);
  const keep = (missingLeft: boolean): Found => ({
    gain: state.gain,
    bin: draw < 0 ? thresholdAfter(state.prefix) : order[state.prefix - 1]!,
    missingLeft,
    goesLeft: null,
    leftHessian: state.leftWeight,
  });
  if (scanOrder(state, start, used, hasMissing ? used : used - 1, -1, draw))
    found = keep(!hasMissing && state.leftWeight * 2 >= state.weight);
  if (hasMissing && scanOrder(state, start, used, used - 1, valueBins, draw)) found = keep(true);
  return found;
}

/**
 * Levels present in the node (missing is one of them), sorted by their share of one class: the one whose share differs most between levels. For two
 * classes this is Fisher's exact order; for more it is a heuristic.
 */
function levelSplit(state: State, start: number, valueBins: number, draw: number): Found | null {
  const { order, present, presentCount } = state;
  const used = orderLevels(state, start);
  if (!scanOrder(state, start, used, used - 1, -1, draw)) return null;
  const goesLeft = new Uint8Array(valueBins + 1);
  for (let i = 0; i < state.prefix; i++) goesLeft[order[i]!] = 1;
  if (present[presentCount - 1] !== valueBins) goesLeft[valueBins] = state.leftWeight * 2 >= state.weight ? 1 : 0;
  return { gain: state.gain, bin: -1, missingLeft: goesLeft[valueBins] === 1, goesLeft, leftHessian: state.leftWeight };
}

/** Tries the first 1 .. longest bins of the order on the left, together with the bin `also` unless it is -1. True when one is better than before. */
function scanOrder(state: State, start: number, used: number, longest: number, also: number, draw: number): boolean {
  const { classes, left, order, sums: i32 } = state;
  const only = draw < 0 ? -1 : 1 + Math.floor(draw * Math.max(1, longest));
  left.fill(0);
  let weight = 0;
  let isBetter = false;
  for (let prefix = also < 0 ? 1 : 0; prefix <= longest && prefix <= used; prefix++) {
    const from = start + (prefix === 0 ? also : order[prefix - 1]!) * classes;
    for (let k = 0; k < classes; k++) {
      left[k]! += i32[from + k]!;
      weight += i32[from + k]!;
    }
    if (prefix === 0) continue;
    if (weight < state.minWeight) continue;
    if (state.weight - weight < state.minWeight) break;
    state.couldSplit = true;
    if (only >= 0 && prefix !== only) continue;
    const gain = giniGain(state, weight);
    if (gain <= state.gain) continue;
    state.gain = gain;
    state.prefix = prefix;
    state.leftWeight = weight;
    isBetter = true;
  }
  return isBetter;
}

function giniGain({ classes, left, node, weight: total }: State, weight: number): number {
  let l = 0;
  let r = 0;
  for (let k = 0; k < classes; k++) {
    const right = node[k]! - left[k]!;
    l += left[k]! * left[k]!;
    r += right * right;
  }
  return l / weight + r / (total - weight);
}

function orderLevels(state: State, start: number): number {
  const { classes, order, key, node, sums: i32, weights, present, presentCount: used } = state;
  const spread = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < used; i++) {
    const bin = present[i]!;
    const weight = weights[bin]!;
    order[i] = bin;
    total += weight;
    for (let k = 0; k < classes; k++) spread[k]! += i32[start + bin * classes + k]! ** 2 / weight;
  }
  let widest = 0;
  for (let k = 0; k < classes; k++) {
    spread[k]! -= node[k]! ** 2 / total;
    if (spread[k]! > spread[widest]!) widest = k;
  }
  for (let i = 0; i < used; i++) {
    const bin = order[i]!;
    key[bin] = i32[start + bin * classes + widest]! / weights[bin]!;
  }
  order.subarray(0, used).sort((a, b) => key[a]! - key[b]! || a - b);
  return used;
}

function weighBins(state: State, start: number, valueBins: number): void {
  const { classes, kernelSums, kernelWeights: weights, present } = state;
  let used = 0;
  for (let bin = 0, at = start; bin <= valueBins; bin++) {
    let sum = 0;
    for (const end = at + classes; at < end; at++) sum += kernelSums[at]!;
    weights[bin] = sum;
    if (sum > 0) present[used++] = bin;
  }
  state.presentCount = used;
  state.sums = kernelSums;
  state.weights = weights;
}

function sumNode({ node, kernels, rows, packed }: State, { begin, end }: Part): void {
  const { i32 } = kernels.memory;
  node.fill(0);
  for (let at = rows / 4 + begin; at < rows / 4 + end; at++) {
    const row = i32[at]!;
    node[i32[packed / 4 + 2 * row + 1]!]! += i32[packed / 4 + 2 * row]!;
  }
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
