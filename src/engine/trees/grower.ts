import type { BinnedMatrix } from "./binning.ts";
import { createFrontier, type Frontier } from "./frontier.ts";
import { createHistogramPool, type HistogramPool } from "./histogram-pool.ts";
import type { HistogramLayout, Split, SplitRules, TreeKernels } from "./kernels.ts";
import { sampleInOrder, type Uniform } from "./random.ts";
import { leafValue } from "./split-numeric.ts";
import { addNode, createTree, splitNode, type Tree } from "./tree.ts";

export interface GrowthRules extends SplitRules {
  /** 0 = no limit. */
  readonly maxLeaves: number;
  /** Splits from the root to a leaf; 0 = no limit. */
  readonly maxDepth: number;
  /** Share of the tree's columns that each node may use, above 0. 1 = all. */
  readonly columnSampleByNode: number;
  /** One random threshold per column and node. */
  readonly extraTrees: boolean;
}

/** What one tree is grown from. Gradients are by row number. */
export interface Growth {
  readonly rows: Int32Array;
  readonly count: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  readonly columns: Int32Array;
  readonly uniform: Uniform;
}

export interface Grower {
  /** Grows a tree. The first `count` of rows are reordered so that each leaf's rows lie together. */
  grow(growth: Growth): Tree;
}

/** Rows [begin, end) of a node and their sums. */
interface Part {
  readonly node: number;
  readonly begin: number;
  readonly end: number;
  readonly depth: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly value: number;
}

/** A leaf with its best split. */
interface OpenLeaf {
  readonly part: Part;
  readonly split: Split;
  readonly goesLeft: Uint8Array;
  readonly histogram: Float64Array | null;
}

interface State {
  readonly binned: BinnedMatrix;
  readonly kernels: TreeKernels;
  readonly rules: GrowthRules;
  readonly growth: Growth;
  readonly layout: HistogramLayout;
  readonly scratch: Int32Array;
  readonly pool: HistogramPool;
  readonly tree: Tree;
  readonly values: number[];
  readonly frontier: Frontier<OpenLeaf>;
}

/** Leaf-wise growth: always the leaf with the largest gain is split next. Memory is kept from tree to tree. */
export function createGrower(binned: BinnedMatrix, rules: GrowthRules, kernels: TreeKernels): Grower {
  const scratch = new Int32Array(binned.rows);
  const pools = new Map<number, HistogramPool>();
  const poolOf = (length: number): HistogramPool => {
    const known = pools.get(length);
    if (known !== undefined) return known;
    pools.clear();
    const pool = createHistogramPool(length);
    pools.set(length, pool);
    return pool;
  };
  // Without a limit of leaves every leaf is split in the end: the deepest first keeps few of them open.
  const priority = rules.maxLeaves === 0 ? (leaf: OpenLeaf) => leaf.part.depth : (leaf: OpenLeaf) => leaf.split.gain;
  return {
    grow: (growth) => {
      const layout = layoutOf(binned, growth.columns, kernels.cell);
      const [pool, frontier] = [poolOf(layout.length), createFrontier(priority)];
      const state: State = { binned, kernels, rules, growth, layout, scratch, pool, tree: createTree(), values: [], frontier };
      growTree(state);
      return state.tree;
    },
  };
}

function layoutOf(binned: BinnedMatrix, columns: Int32Array, cell: number): HistogramLayout {
  const offsets = new Int32Array(binned.stride);
  let length = 0;
  for (const column of columns) {
    offsets[column] = length;
    length += (binned.valueBins[column]! + 1) * cell;
  }
  return { offsets, valueBins: binned.valueBins, categorical: binned.categorical, length };
}

function growTree(state: State): void {
  const { tree, frontier, rules, pool } = state;
  const root = rootPart(state);
  openOrClose(state, root, rules.columnSampleByNode === 1 && canOpen(state, root) ? count(state, root) : null);
  for (let leaves = 1; frontier.size() > 0 && (rules.maxLeaves === 0 || leaves < rules.maxLeaves); leaves++) {
    splitLeaf(state, frontier.pop());
  }
  while (frontier.size() > 0) {
    const { part, histogram } = frontier.pop();
    closeLeaf(state, part);
    pool.giveBack(histogram);
  }
  tree.leafValues = Float64Array.from(state.values);
}

function rootPart(state: State): Part {
  const { rows, count: rowCount, gradient, hessian } = state.growth;
  let g = 0;
  let h = 0;
  for (let i = 0; i < rowCount; i++) {
    g += gradient[rows[i]!]!;
    h += hessian[rows[i]!]!;
  }
  const { l1, l2 } = state.rules;
  return { node: addNode(state.tree, h), begin: 0, end: rowCount, depth: 0, gradient: g, hessian: h, value: leafValue(g, h, l1, l2) };
}

function splitLeaf(state: State, leaf: OpenLeaf): void {
  const { tree, kernels, binned, growth, rules, scratch } = state;
  const { split, part, goesLeft } = leaf;
  const { bins, stride } = binned;
  const taken = kernels.partition(bins, stride, split.column, goesLeft, growth.rows, part.begin, part.end, scratch);
  const middle = part.begin + taken;
  const depth = part.depth + 1;
  const child = (begin: number, end: number, gradient: number, hessian: number): Part => {
    const value = leafValue(gradient, hessian, rules.l1, split.l2);
    return { node: addNode(tree, hessian), begin, end, depth, gradient, hessian, value };
  };
  const left = child(part.begin, middle, split.leftGradient, split.leftHessian);
  const right = child(middle, part.end, part.gradient - split.leftGradient, part.hessian - split.leftHessian);
  splitNode(tree, part.node, split, goesLeft, left.node, right.node);
  openChildren(state, leaf.histogram, left, right);
}

/** Counts the smaller child and subtracts for the larger. When nodes draw their own columns each child is counted for itself. */
function openChildren(state: State, parent: Float64Array | null, left: Part, right: Part): void {
  const [small, large] = left.end - left.begin <= right.end - right.begin ? [left, right] : [right, left];
  const histograms = new Map<Part, Float64Array | null>([
    [small, null],
    [large, null],
  ]);
  if (state.rules.columnSampleByNode < 1) state.pool.giveBack(parent);
  else if (canOpen(state, small) || canOpen(state, large)) {
    const counted = count(state, small);
    histograms.set(small, counted);
    if (parent !== null) state.kernels.subtractHistogram(parent, counted, state.layout.length);
    histograms.set(large, parent ?? count(state, large));
  } else state.pool.giveBack(parent);
  // Left before right, so that of equal gains the left is split first.
  for (const part of [left, right]) openOrClose(state, part, histograms.get(part) ?? null);
}

function count(state: State, part: Part, columns = state.growth.columns): Float64Array {
  const { kernels, binned, growth, layout, pool } = state;
  const { rows, gradient, hessian } = growth;
  const histogram = pool.take();
  kernels.buildHistogram(binned.bins, binned.stride, rows, part.begin, part.end, gradient, hessian, columns, layout, histogram);
  return histogram;
}

function canOpen(state: State, part: Part): boolean {
  const { maxDepth, maxLeaves, minRowsPerLeaf, minHessianPerLeaf } = state.rules;
  if (maxDepth > 0 && part.depth >= maxDepth) return false;
  // A binary tree of n nodes has (n + 1) / 2 leaves.
  if (maxLeaves > 0 && state.tree.column.length + 1 >= 2 * maxLeaves) return false;
  const rows = part.end - part.begin;
  return state.growth.columns.length > 0 && rows >= 2 * Math.max(1, minRowsPerLeaf) && part.hessian >= 2 * minHessianPerLeaf;
}

/** Finds the part's best split; without one the part is a leaf for good. */
function openOrClose(state: State, part: Part, histogram: Float64Array | null): void {
  const { pool, frontier } = state;
  const found = canOpen(state, part) ? findBest(state, part, histogram) : null;
  const kept = found !== null && state.rules.columnSampleByNode === 1 && !pool.isFull() ? histogram : null;
  if (kept === null) pool.giveBack(histogram);
  if (found === null) closeLeaf(state, part);
  else frontier.push({ part, ...found, histogram: kept });
}

interface Found {
  readonly split: Split;
  readonly goesLeft: Uint8Array;
}

function findBest(state: State, part: Part, histogram: Float64Array | null): Found | null {
  const { columnSampleByNode } = state.rules;
  const { columns } = state.growth;
  if (columnSampleByNode === 1) return findAmong(state, part, histogram, columns).found;
  const { found, couldSplit } = findAmong(state, part, null, drawColumns(state.growth, columnSampleByNode));
  // As in Breiman's forests: draw on when all drawn columns are constant in the node.
  return found === null && !couldSplit ? findAmong(state, part, null, columns).found : found;
}

function findAmong(
  state: State,
  part: Part,
  histogram: Float64Array | null,
  columns: Int32Array,
): { found: Found | null; couldSplit: boolean } {
  const { kernels, layout, rules, growth, pool } = state;
  const cells = histogram ?? count(state, part, columns);
  const sums = { gradient: part.gradient, hessian: part.hessian, count: part.end - part.begin };
  const draws = rules.extraTrees ? Float64Array.from(columns, () => growth.uniform()) : null;
  const split = { gain: 0.5, column: -1, bin: -1, missingLeft: false, leftGradient: 0.5, leftHessian: 0.5, leftCount: 0, l2: 0.5 };
  const goesLeft = new Uint8Array(256);
  kernels.findSplit(cells, columns, layout, sums, rules, draws, split, goesLeft);
  if (histogram === null) pool.giveBack(cells);
  return { found: split.gain === Number.NEGATIVE_INFINITY ? null : { split, goesLeft }, couldSplit: split.column >= 0 };
}

function drawColumns(growth: Growth, share: number): Int32Array {
  const { columns, uniform } = growth;
  const drawn = new Int32Array(Math.max(1, Math.round(columns.length * share)));
  sampleInOrder(columns, columns.length, drawn.length, uniform, drawn);
  return drawn;
}

function closeLeaf(state: State, part: Part): void {
  const { tree, values } = state;
  tree.left[part.node] = values.length;
  values.push(part.value);
  tree.leafBegin.push(part.begin);
  tree.leafEnd.push(part.end);
}
