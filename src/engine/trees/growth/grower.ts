import { slotBin, type TreeColumn, type TreeDataset } from "../dataset/dataset.ts";
import { createFrontier, type Frontier } from "../frontier.ts";
import type { TreeKernels } from "../kernels/contract.ts";
import { addNode, createTree, splitNode, type Tree } from "../tree.ts";
import type { Below } from "./below.ts";
import { type Constraints, type GrowthRules, isLeft, type Part, type Split } from "./part.ts";
import type { Search } from "./search.ts";

/** What one tree is grown from. Addresses of u32 row numbers: `rows` is reordered so that each leaf's rows lie together, ascending. */
export interface Growth {
  readonly dataset: TreeDataset;
  readonly kernels: TreeKernels;
  readonly rules: GrowthRules;
  readonly constraints: Constraints;
  readonly rows: number;
  readonly count: number;
  readonly scratch: number;
  /** One byte for every bin of a slot. */
  readonly table: number;
  /** Columns of the tree, ascending. */
  readonly columns: Int32Array;
  /** Whole numbers over all rows. */
  readonly gradient: number;
  readonly hessian: number;
  /** What a whole number of a hessian is worth. */
  readonly hUnit: number;
  readonly search: Search;
  /** Grows small subtrees whole; null: node by node. */
  readonly below: Below | null;
}

export interface OpenLeaf {
  readonly part: Part;
  readonly split: Split;
}

interface State extends Growth {
  readonly tree: Tree;
  readonly values: number[];
  readonly frontier: Frontier<OpenLeaf>;
}

/** Leaf-wise: always the leaf with the largest gain is split next. Depth-wise: always the one nearest to the root. */
export function growTree(growth: Growth): Tree {
  const state: State = { ...growth, tree: createTree(), values: [], frontier: createFrontier(priorityOf(growth.rules)) };
  const { frontier, rules, search, tree, below } = state;
  const root = rootOf(state);
  openOrClose(state, root, canOpen(state, root) ? search.root(root) : null);
  for (let leaves = 1; frontier.size() > 0 && (rules.numLeaves === 0 || leaves < rules.numLeaves); leaves++) {
    const leaf = frontier.pop();
    if (below !== null && leaf.part.end - leaf.part.begin <= below.mostRows) growSubtree(state, below, leaf);
    else splitLeaf(state, leaf);
  }
  while (frontier.size() > 0) closeLeaf(state, frontier.pop().part);
  tree.leafValues = Float64Array.from(state.values);
  return tree;
}

/** Without a limit of leaves every leaf is split in the end: the deepest first keeps few of them open. */
function priorityOf({ numLeaves, growth }: GrowthRules): (leaf: OpenLeaf) => number {
  if (numLeaves === 0) return ({ part }) => part.depth;
  return growth === "depth-wise" ? ({ part }) => -part.depth : ({ split }) => split.gain;
}

function rootOf(state: State): Part {
  const { gradient, hessian, hUnit, search, tree, count, rules } = state;
  const [lower, upper] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const part = { begin: 0, end: count, depth: 0, gradient, hessian, lower, upper, path: [], allowed: allowedAfter(state, []) };
  return { ...part, node: addNode(tree, hessian * hUnit), value: search.value(part, null, rules.lambdaL2) };
}

function growSubtree(state: State, below: Below, leaf: OpenLeaf): void {
  state.search.close(leaf.part);
  below.grow(leaf, state.tree, state.hUnit);
  for (let added = state.tree.leafBegin.length - state.values.length; added > 0; added--) state.values.push(0);
}

function splitLeaf(state: State, { part, split }: OpenLeaf): void {
  const { dataset, kernels, rows, scratch, table, tree, search } = state;
  const column = dataset.columns[split.column]!;
  writeTable(state, column, split);
  const taken = kernels.partition(dataset.slots, column.slot, table, rows, part.begin, part.end, scratch);
  const [left, right] = childrenOf(state, part, split, part.begin + taken);
  splitNode(tree, part.node, split, left.node, right.node);
  // Left before right, so that of equal gains the left is split first.
  const [ofLeft, ofRight] = search.children(part, left, right, [canOpen(state, left), canOpen(state, right)]);
  openOrClose(state, left, ofLeft);
  openOrClose(state, right, ofRight);
}

/** By bin of the slot: bins of other columns of the slot stand for this column's implicit bin. */
function writeTable({ kernels, table }: State, column: TreeColumn, split: Split): void {
  const { u8 } = kernels.memory;
  const { bins, implicit } = column;
  if (implicit < 0 && split.goesLeft === null) {
    u8.fill(1, table, table + split.bin + 1);
    u8.fill(0, table + split.bin + 1, table + bins.valueBins);
    u8[table + bins.valueBins] = split.missingLeft ? 1 : 0;
    return;
  }
  if (implicit >= 0) u8.fill(isLeft(split, column, implicit) ? 1 : 0, table, table + 256);
  const last = bins.valueBins + (column.hasMissing ? 1 : 0);
  for (let bin = 0; bin < last; bin++) u8[table + slotBin(column, bin)] = isLeft(split, column, bin) ? 1 : 0;
}

function childrenOf(state: State, part: Part, split: Split, middle: number): [Part, Part] {
  const { gradient, hessian, begin, end } = part;
  const path = state.constraints.interactions === null ? part.path : [...part.path, split.column];
  const allowed = allowedAfter(state, path);
  const side = (from: number, to: number, g: number, h: number) => {
    const { lower, upper } = part;
    const about = { begin: from, end: to, depth: part.depth + 1, gradient: g, hessian: h, lower, upper, path, allowed, node: -1, value: 0 };
    about.value = state.search.value(about, part, split.l2);
    about.node = addNode(state.tree, h * state.hUnit);
    return about;
  };
  const left = side(begin, middle, split.leftGradient, split.leftHessian);
  const right = side(middle, end, gradient - split.leftGradient, hessian - split.leftHessian);
  setBounds(state, split, left, right);
  return [left, right];
}

type Bounded = { lower: number; upper: number; readonly value: number };

/** LightGBM's basic method: the values below a monotone split stay on their side of the middle. */
function setBounds({ constraints }: State, { column, goesLeft }: Split, left: Bounded, right: Bounded): void {
  const sign = goesLeft === null ? (constraints.monotone?.[column] ?? 0) : 0;
  if (sign === 0) return;
  const middle = (left.value + right.value) / 2;
  const [below, above] = sign > 0 ? [left, right] : [right, left];
  below.upper = Math.min(below.upper, middle);
  above.lower = Math.max(above.lower, middle);
}

/** Columns of the sets that hold the whole path; null without constraints. */
function allowedAfter({ constraints, columns }: State, path: readonly number[]): Int32Array | null {
  if (constraints.interactions === null) return null;
  const sets = constraints.interactions.filter((set) => path.every((column) => set.includes(column)));
  const allowed = new Set(sets.flatMap((set) => Array.from(set)));
  return columns.filter((column) => allowed.has(column));
}

function canOpen({ rules, columns, tree, hUnit }: State, part: Part): boolean {
  const { maxDepth, numLeaves, minDataInLeaf, minSumHessianInLeaf } = rules;
  if (maxDepth > 0 && part.depth >= maxDepth) return false;
  // A binary tree of n nodes has (n + 1) / 2 leaves.
  if (numLeaves > 0 && tree.column.length + 1 >= 2 * numLeaves) return false;
  if ((part.allowed ?? columns).length === 0) return false;
  return part.end - part.begin >= 2 * minDataInLeaf && part.hessian * hUnit >= 2 * minSumHessianInLeaf;
}

function openOrClose(state: State, part: Part, split: Split | null): void {
  if (split === null) closeLeaf(state, part);
  else state.frontier.push({ part, split });
}

function closeLeaf({ tree, values, search }: State, part: Part): void {
  search.close(part);
  tree.left[part.node] = values.length;
  values.push(part.value);
  tree.leafBegin.push(part.begin);
  tree.leafEnd.push(part.end);
}
