import { slotBin, type TreeDataset } from "../dataset/dataset.ts";
import type { SlotList, TreeKernels } from "../kernels/contract.ts";
import * as L from "../kernels/layout.ts";
import { type NodeRules, nodeGain, nodeOutput } from "../kernels/split-gain.ts";
import { sampleInOrder, type Uniform } from "../random.ts";
import { bestCategories } from "./categories.ts";
import type { HistogramPool } from "./histograms.ts";
import { type Constraints, type GrowthRules, type Part, ROUNDING, type Split } from "./part.ts";
import type { Search } from "./search.ts";

/** What the search of every tree of a training shares. Addresses. */
export interface NewtonSpace {
  readonly dataset: TreeDataset;
  readonly kernels: TreeKernels;
  readonly rules: GrowthRules;
  readonly constraints: Constraints;
  readonly pool: HistogramPool;
  /** Row order, packed gradients by row. */
  readonly rows: number;
  readonly packed: number;
  /** f64 blocks of layout.ts. */
  readonly node: number;
  readonly found: number;
  /** i32 list of numeric columns, f64 draws, i32 lists of slots: as long as there are columns. */
  readonly list: number;
  readonly draws: number;
  readonly slotList: number;
  /** i32 by column; 0 = none. */
  readonly monotone: number;
}

/** One tree's share. */
export interface NewtonTree {
  /** Ascending. */
  readonly columns: Int32Array;
  readonly uniform: Uniform;
  readonly gUnit: number;
  readonly hUnit: number;
}

/** Best splits by gradients and hessians: G^2 / (H + l2) of both sides against the node's. */
export function newtonSearch(space: NewtonSpace, tree: NewtonTree): Search {
  const kept = new Map<number, number>();
  const state: State = { ...space, tree, kept, slots: slotsOf(space, tree.columns), nodeRules: firstRules(space, tree) };
  const drawsNodes = space.rules.featureFractionByNode < 1;
  return {
    root: (part) => (drawsNodes ? bestOfDrawn(state, part) : bestKept(state, part, count(state, part, state.slots))),
    children: (parent, left, right, canOpen) => {
      if (drawsNodes) return [canOpen[0] ? bestOfDrawn(state, left) : null, canOpen[1] ? bestOfDrawn(state, right) : null];
      return openChildren(state, parent, left, right, canOpen);
    },
    close: (part) => {
      space.pool.giveBack(kept.get(part.node) ?? 0);
      kept.delete(part.node);
    },
    value: (part, parentValue, l2) => {
      const node = rulesOf(state, part, parentValue);
      node.l2 = l2;
      return nodeOutput(node, part.gradient, part.hessian);
    },
  };
}

interface State extends NewtonSpace {
  readonly tree: NewtonTree;
  /** Histogram by node. */
  readonly kept: Map<number, number>;
  /** null: the whole histogram. */
  readonly slots: SlotList | null;
  readonly nodeRules: Writable;
}

/** Below this share of all slots only those of the tree are counted. */
const FEW_SLOTS = 0.5;

function slotsOf(space: NewtonSpace, columns: Int32Array): SlotList | null {
  const { slots8, slots16 } = space.dataset.slots;
  const list = writeSlots(space, columns);
  return list.count8 + list.count16 < FEW_SLOTS * (slots8 + slots16) ? list : null;
}

/** The slots of the columns, each once. */
function writeSlots({ kernels, dataset, slotList }: NewtonSpace, columns: Int32Array): SlotList {
  const { slots8 } = dataset.slots;
  const { i32 } = kernels.memory;
  const first = slotList / 4;
  const write = (isWide: boolean, from: number): number => {
    let end = from;
    for (let i = 0; i < columns.length; i++) {
      const { slot, implicit } = dataset.columns[columns[i]!]!;
      if (slot >= slots8 !== isWide) continue;
      const place = isWide ? slot - slots8 : slot;
      // Only bundles share a slot.
      if (implicit < 0 || !i32.subarray(from, end).includes(place)) i32[end++] = place;
    }
    return end;
  };
  const middle = write(false, first);
  const end = write(true, middle);
  return { list8: slotList, count8: middle - first, list16: 4 * middle, count16: end - middle };
}

function count(state: State, part: Part, slots: SlotList | null): number {
  const { kernels, dataset, pool, rows, packed } = state;
  const histogram = pool.take();
  kernels.buildHistogram(dataset.slots, slots, rows, part.begin, part.end, packed, histogram);
  return histogram;
}

/** Counts the smaller child and subtracts for the larger. */
function openChildren(
  state: State,
  parent: Part,
  left: Part,
  right: Part,
  canOpen: readonly [boolean, boolean],
): readonly [Split | null, Split | null] {
  const { pool, kernels, dataset, kept, slots } = state;
  const above = kept.get(parent.node) ?? 0;
  kept.delete(parent.node);
  if (!canOpen[0] && !canOpen[1]) {
    pool.giveBack(above);
    return [null, null];
  }
  const leftIsSmall = left.end - left.begin <= right.end - right.begin;
  const small = count(state, leftIsSmall ? left : right, slots);
  if (above !== 0) kernels.subtract(dataset.slots, above, small);
  const large = above !== 0 ? above : count(state, leftIsSmall ? right : left, slots);
  const [ofLeft, ofRight] = leftIsSmall ? [small, large] : [large, small];
  return [bestOrFree(state, left, ofLeft, canOpen[0]), bestOrFree(state, right, ofRight, canOpen[1])];
}

function bestOrFree(state: State, part: Part, histogram: number, canOpen: boolean): Split | null {
  if (canOpen) return bestKept(state, part, histogram);
  state.pool.giveBack(histogram);
  return null;
}

function bestKept(state: State, part: Part, histogram: number): Split | null {
  const { split } = bestOf(state, part, histogram, allowedOf(part, state.tree.columns));
  if (split === null || state.pool.isFull()) state.pool.giveBack(histogram);
  else state.kept.set(part.node, histogram);
  return split;
}

function allowedOf({ allowed }: Part, columns: Int32Array): Int32Array {
  return allowed ?? columns;
}

/** As in Breiman's forests: draw on when all drawn columns are constant in the node. */
function bestOfDrawn(state: State, part: Part): Split | null {
  const all = allowedOf(part, state.tree.columns);
  const { uniform } = state.tree;
  const drawn = new Int32Array(Math.max(1, Math.round(all.length * state.rules.featureFractionByNode)));
  if (all.length === 0) return null;
  sampleInOrder(all, all.length, drawn.length, uniform, drawn);
  const first = bestOfColumns(state, part, drawn);
  return first.split === null && !first.couldSplit ? bestOfColumns(state, part, all).split : first.split;
}

function bestOfColumns(state: State, part: Part, columns: Int32Array): Best {
  const { pool } = state;
  const histogram = count(state, part, writeSlots(state, columns));
  const best = bestOf(state, part, histogram, columns);
  pool.giveBack(histogram);
  return best;
}

interface Best {
  readonly split: Split | null;
  /** Some column has two filled sides, though none may gain enough. */
  readonly couldSplit: boolean;
}

function bestOf(state: State, part: Part, histogram: number, columns: Int32Array): Best {
  const { dataset, rules, tree } = state;
  const node = rulesOf(state, part, part.value);
  const minH = leastHessian(rules, node);
  const draws = rules.extraTrees ? Float64Array.from(columns, () => tree.uniform()) : null;
  const numeric = bestNumeric(state, part, histogram, columns, node, minH, draws);
  let { split } = numeric;
  let { couldSplit } = numeric;
  const words = state.kernels.memory.i32;
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i]!;
    const { bins, slot } = dataset.columns[column]!;
    if (bins.kind !== "categorical") continue;
    const cells = histogram + 8 * firstCell(state, column);
    const { valueBins } = bins;
    const totals = { totalG: part.gradient, totalH: part.hessian, rows: part.end - part.begin };
    const about = { words, cells, valueBins, minH, rules: node, limits: rules, draw: draws === null ? -1 : draws[i]!, ...totals };
    const found = bestCategories(about, split?.gain ?? Number.NEGATIVE_INFINITY);
    couldSplit ||= found !== null || slot < 0;
    if (found === null) continue;
    const { gain, goesLeft, leftG, leftH, l2 } = found;
    split = { gain, column, bin: -1, missingLeft: goesLeft[valueBins] === 1, goesLeft, leftGradient: leftG, leftHessian: leftH, l2 };
  }
  if (split === null) return { split, couldSplit };
  const improvement = split.gain - nodeGain(node, part.gradient, part.hessian);
  const isEnough = improvement > rules.minGainToSplit && improvement > ROUNDING * Math.abs(split.gain);
  return { split: isEnough ? { ...split, gain: improvement } : null, couldSplit };
}

function firstCell({ kernels, dataset }: State, column: number): number {
  return kernels.memory.i32[dataset.descriptions / 4 + column * L.COLUMN_WORDS + L.COLUMN_CELL]!;
}

function bestNumeric(
  state: State,
  part: Part,
  histogram: number,
  columns: Int32Array,
  node: NodeRules,
  minH: number,
  draws: Float64Array | null,
): Best {
  const { kernels, dataset, list, found } = state;
  const { i32, f64 } = kernels.memory;
  let n = 0;
  for (let i = 0; i < columns.length; i++) {
    if (dataset.columns[columns[i]!]!.bins.kind !== "numeric") continue;
    if (draws !== null) f64[state.draws / 8 + n] = draws[i]!;
    i32[list / 4 + n++] = columns[i]!;
  }
  if (n === 0) return { split: null, couldSplit: false };
  writeNode(state, part, node, minH, draws !== null);
  kernels.findNumeric(histogram, dataset.descriptions, list, n, state.node, found);
  const about = (place: number) => f64[found / 8 + place]!;
  const couldSplit = about(L.FOUND_COULD_SPLIT) !== 0;
  if (about(L.FOUND_COLUMN) < 0) return { split: null, couldSplit };
  const split: Split = {
    gain: about(L.FOUND_GAIN),
    column: about(L.FOUND_COLUMN),
    bin: about(L.FOUND_BIN),
    missingLeft: about(L.FOUND_MISSING_LEFT) !== 0,
    goesLeft: null,
    leftGradient: about(L.FOUND_LEFT_G),
    leftHessian: about(L.FOUND_LEFT_H),
    l2: state.rules.lambdaL2,
  };
  return { split: { ...split, missingLeft: split.missingLeft || followsLarger(state, part, histogram, split) }, couldSplit };
}

/** Without missing rows in the node, missing follows the side with the larger hessian. */
function followsLarger(state: State, part: Part, histogram: number, { column, leftHessian }: Split): boolean {
  const { kernels, dataset } = state;
  const about = dataset.columns[column]!;
  if (2 * leftHessian < part.hessian) return false;
  if (!about.hasMissing) return true;
  const at = histogram / 4 + 2 * (firstCell(state, column) + slotBin(about, about.bins.valueBins) - about.firstBin);
  return kernels.memory.i32[at] === 0;
}

function writeNode(state: State, part: Part, node: NodeRules, minH: number, isDrawn: boolean): void {
  const { f64 } = state.kernels.memory;
  const at = state.node / 8;
  f64[at + L.NODE_G_UNIT] = node.gUnit;
  f64[at + L.NODE_H_UNIT] = node.hUnit;
  f64[at + L.NODE_L1] = node.l1;
  f64[at + L.NODE_L2] = node.l2;
  f64[at + L.NODE_LOWER] = node.lower;
  f64[at + L.NODE_UPPER] = node.upper;
  f64[at + L.NODE_PARENT_OUTPUT] = node.parentOutput;
  f64[at + L.NODE_PATH_SMOOTH] = node.pathSmooth;
  f64[at + L.NODE_MAX_STEP] = node.maxDeltaStep;
  f64[at + L.NODE_G] = part.gradient;
  f64[at + L.NODE_H] = part.hessian;
  f64[at + L.NODE_MIN_H] = minH;
  f64[at + L.NODE_ROWS_PER_H] = node.rowsPerH;
  f64[at + L.NODE_MONOTONE] = state.monotone;
  f64[at + L.NODE_PLAIN] = node.plain ? 1 : 0;
  f64[at + L.NODE_DRAWS] = isDrawn ? state.draws : 0;
}

/** Written into the one description of the state: it holds until the next call. */
function rulesOf({ nodeRules, rules }: State, part: Omit<Part, "value" | "node">, parentOutput: number): Writable {
  nodeRules.l2 = rules.lambdaL2;
  nodeRules.lower = part.lower;
  nodeRules.upper = part.upper;
  nodeRules.parentOutput = parentOutput;
  nodeRules.rowsPerH = (part.end - part.begin) / part.hessian;
  return nodeRules;
}

type Writable = { -readonly [K in keyof NodeRules]: NodeRules[K] };

function firstRules({ rules, constraints }: NewtonSpace, { gUnit, hUnit }: NewtonTree): Writable {
  const { lambdaL1: l1, lambdaL2: l2, maxDeltaStep, pathSmooth } = rules;
  const [lower, upper] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const plain = l1 === 0 && maxDeltaStep === 0 && pathSmooth === 0 && constraints.monotone === null;
  return { gUnit, hUnit, l1, l2, lower, upper, parentOutput: 0, pathSmooth, maxDeltaStep, rowsPerH: 1, plain };
}

/** Rows are told from the hessian, as LightGBM does: exact where all hessians are equal. */
function leastHessian({ minDataInLeaf, minSumHessianInLeaf }: GrowthRules, { rowsPerH, hUnit }: NodeRules): number {
  return Math.max(1, Math.ceil((minDataInLeaf - 0.5) / rowsPerH), Math.ceil(minSumHessianInLeaf / hUnit));
}
