import type { TreeDataset } from "../dataset/dataset.ts";
import type { SlotList, TreeKernels } from "../kernels/contract.ts";
import * as L from "../kernels/layout.ts";
import { type NodeRules, nodeGain, nodeOutput } from "../kernels/split-gain.ts";
import { sampleInOrder, type Uniform } from "../random.ts";
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
  /** One byte for every bin of a slot. */
  readonly table: number;
  /** i32 list of columns, f64 draws, i32 lists of slots: as long as there are columns. */
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
    value: (part, parent, l2) => {
      const node = rulesOf(state, part, parent);
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

/** The slots of the columns; null when so many are used that all are counted. */
export function slotsOf(space: Pick<NewtonSpace, "kernels" | "dataset" | "slotList">, columns: Int32Array): SlotList | null {
  const { slots8, slots16 } = space.dataset.slots;
  const list = writeSlots(space, columns);
  return list.count8 + list.count16 < FEW_SLOTS * (slots8 + slots16) ? list : null;
}

/** The slots of the columns, each once. */
function writeSlots({ kernels, dataset, slotList }: Pick<NewtonSpace, "kernels" | "dataset" | "slotList">, columns: Int32Array): SlotList {
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
  const { dataset, rules, kernels, list, found, node: about } = state;
  const { i32, f64 } = kernels.memory;
  const node = rulesOf(state, part, part);
  i32.set(columns, list / 4);
  if (rules.extraTrees) for (let i = 0; i < columns.length; i++) f64[state.draws / 8 + i] = state.tree.uniform();
  writeNode(state, part, node);
  kernels.findSplit(histogram, dataset.descriptions, list, columns.length, about, found);
  const couldSplit = f64[found / 8 + L.FOUND_COULD_SPLIT] !== 0;
  if (f64[found / 8 + L.FOUND_COLUMN]! < 0) return { split: null, couldSplit };
  const gain = f64[found / 8 + L.FOUND_GAIN]!;
  const improvement = gain - nodeGain(node, part.gradient, part.hessian);
  const isEnough = improvement > rules.minGainToSplit && improvement > ROUNDING * Math.abs(gain);
  return { split: isEnough ? foundSplit(state, histogram, improvement) : null, couldSplit };
}

function foundSplit(state: State, histogram: number, gain: number): Split {
  const { kernels, dataset, found, rules } = state;
  const about = (place: number) => kernels.memory.f64[found / 8 + place]!;
  const column = about(L.FOUND_COLUMN);
  const leftHessian = about(L.FOUND_LEFT_H);
  const both = { gain, column, bin: about(L.FOUND_BIN), leftGradient: about(L.FOUND_LEFT_G), leftHessian };
  if (about(L.FOUND_PREFIX) === 0) {
    return { ...both, missingLeft: about(L.FOUND_MISSING_LEFT) !== 0, goesLeft: null, l2: rules.lambdaL2 };
  }
  const { valueBins } = dataset.columns[column]!.bins;
  kernels.writeFoundLevels(histogram, dataset.descriptions, state.node, found, state.table);
  const goesLeft = bytesAt(kernels.memory.u8, state.table, valueBins + 1);
  const l2 = rules.lambdaL2 + (valueBins <= rules.maxCatToOnehot ? 0 : rules.catL2);
  return { ...both, missingLeft: goesLeft[valueBins] === 1, goesLeft, l2 };
}

function writeNode({ kernels, node: address, monotone, draws, rules }: State, part: Part, node: NodeRules): void {
  const { f64 } = kernels.memory;
  const at = address / 8;
  writeRules(f64, at, node, rules);
  f64[at + L.NODE_G] = part.gradient;
  f64[at + L.NODE_H] = part.hessian;
  const minSum = Math.max(1, Math.ceil(rules.minSumHessianInLeaf / node.hUnit));
  // Any filled side has a row.
  const minRows = rules.minDataInLeaf <= 1 ? 0 : rules.minDataInLeaf;
  f64[at + L.NODE_MIN_H] = Math.max(minSum, Math.ceil((minRows - 0.5) / node.rowsPerH));
  f64[at + L.NODE_MIN_ROWS] = minRows;
  f64[at + L.NODE_MIN_SUM] = minSum;
  f64[at + L.NODE_MONOTONE] = monotone;
  f64[at + L.NODE_DRAWS] = rules.extraTrees ? draws : 0;
}

/** A copy; `slice` of a view of shared memory is slow. */
export function bytesAt(bytes: Uint8Array, from: number, count: number): Uint8Array {
  const copy = new Uint8Array(count);
  for (let i = 0; i < count; i++) copy[i] = bytes[from + i]!;
  return copy;
}

/** What a node's description says of the rules. at: place of the description. */
export function writeRules(f64: Float64Array, at: number, node: NodeRules, rules: GrowthRules): void {
  f64[at + L.NODE_G_UNIT] = node.gUnit;
  f64[at + L.NODE_H_UNIT] = node.hUnit;
  f64[at + L.NODE_L1] = node.l1;
  f64[at + L.NODE_L2] = node.l2;
  f64[at + L.NODE_LOWER] = node.lower;
  f64[at + L.NODE_UPPER] = node.upper;
  f64[at + L.NODE_PARENT_OUTPUT] = node.parentOutput;
  f64[at + L.NODE_PATH_SMOOTH] = node.pathSmooth;
  f64[at + L.NODE_MAX_STEP] = node.maxDeltaStep;
  f64[at + L.NODE_ROWS_PER_H] = node.rowsPerH;
  f64[at + L.NODE_PLAIN] = node.plain ? 1 : 0;
  f64[at + L.NODE_MAX_CAT_TO_ONEHOT] = rules.maxCatToOnehot;
  f64[at + L.NODE_CAT_SMOOTH] = rules.catSmooth;
  f64[at + L.NODE_CAT_L2] = rules.catL2;
  f64[at + L.NODE_MAX_CAT_THRESHOLD] = rules.maxCatThreshold;
  f64[at + L.NODE_MIN_DATA_PER_GROUP] = rules.minDataPerGroup;
}

/** Written into the one description of the state: it holds until the next call. above: the node whose value draws others to it; null draws none. */
function rulesOf({ nodeRules, rules }: State, { lower, upper }: Pick<Part, "lower" | "upper">, above: Part | null): Writable {
  nodeRules.l2 = rules.lambdaL2;
  nodeRules.lower = lower;
  nodeRules.upper = upper;
  nodeRules.pathSmooth = above === null ? 0 : rules.pathSmooth;
  nodeRules.parentOutput = above === null ? 0 : above.value;
  nodeRules.rowsPerH = above === null ? 0 : (above.end - above.begin) / above.hessian;
  return nodeRules;
}

type Writable = { -readonly [K in keyof NodeRules]: NodeRules[K] };

/** Rules that hold for every node of a tree. */
export function firstRules(
  { rules, constraints }: Pick<NewtonSpace, "rules" | "constraints">,
  { gUnit, hUnit }: Pick<NewtonTree, "gUnit" | "hUnit">,
): Writable {
  const { lambdaL1: l1, lambdaL2: l2, maxDeltaStep, pathSmooth } = rules;
  const [lower, upper] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const plain = l1 === 0 && maxDeltaStep === 0 && pathSmooth === 0 && constraints.monotone === null;
  return { gUnit, hUnit, l1, l2, lower, upper, parentOutput: 0, pathSmooth, maxDeltaStep, rowsPerH: 1, plain };
}
