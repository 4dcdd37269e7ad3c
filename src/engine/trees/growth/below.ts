import type { TreeDataset } from "../dataset/dataset.ts";
import type { TreeKernels } from "../kernels/contract.ts";
import * as L from "../kernels/layout.ts";
import type { UniformStream } from "../random.ts";
import type { OpenLeaf } from "./grower.ts";
import { bytesAt, firstRules, writeRules } from "./newton.ts";
import type { Constraints, GrowthRules, Split } from "./part.ts";
import type { GrowthSpace } from "./space.ts";

/** Grows the rest of a tree below one split in one call of the kernel. The values of the leaves are left to the caller. */
export interface Below {
  /** Larger nodes are split one by one: several threads share the work of one node, but not of one subtree. */
  readonly mostRows: number;
  grow(leaf: OpenLeaf): GrownNodes;
}

/** The nodes that were grown: 0 is the split itself, children stand side by side. Holds until the next call. */
export interface GrownNodes {
  readonly count: number;
  /** null for a leaf. */
  split(node: number): Omit<Split, "leftGradient" | "leftHessian" | "l2"> | null;
  left(node: number): number;
  begin(node: number): number;
  end(node: number): number;
  /** Whole number of the cells. */
  hessian(node: number): number;
}

export interface BelowSpace {
  readonly dataset: TreeDataset;
  readonly kernels: TreeKernels;
  readonly rules: GrowthRules;
  readonly constraints: Constraints;
  readonly space: GrowthSpace;
  readonly block: number;
  readonly room: Room;
}

interface Room {
  records: number;
  mostRecords: number;
  sets: number;
  setBytes: number;
}

export interface BelowTree {
  readonly columns: Int32Array;
  readonly uniform: UniformStream;
  readonly gUnit: number;
  readonly hUnit: number;
}

const ROWS_OF_ONE_THREAD = 8192;
const FIRST_RECORDS = 1024;
const FIRST_SET_BYTES = 16_384;

/** What trees of one training share; null when its rules, or the kernels, need node after node. */
export function createBelowSpace(about: Pick<BelowSpace, "dataset" | "kernels" | "rules" | "constraints" | "space">): BelowSpace | null {
  const { dataset, kernels, rules, constraints, space } = about;
  const { numLeaves, lambdaL1, maxDeltaStep, pathSmooth } = rules;
  if (kernels.growBelow === null || numLeaves !== 0 || lambdaL1 !== 0 || maxDeltaStep !== 0 || pathSmooth !== 0) return null;
  if (constraints.monotone !== null || constraints.interactions !== null || dataset.columns.length === 0) return null;
  const cells = 1 + Math.max(...dataset.columns.map(({ bins }) => bins.valueBins));
  const block = space.block(8 * L.BELOW_NUMBERS);
  const room: Room = {
    records: space.block(L.GROWN_BYTES * FIRST_RECORDS),
    mostRecords: FIRST_RECORDS,
    sets: space.block(FIRST_SET_BYTES),
    setBytes: FIRST_SET_BYTES,
  };
  const places = {
    cells: space.block(8 * cells),
    scratch: space.block(L.LEVEL_BYTES * cells + 8),
    drawn: space.block(4 * dataset.columns.length),
    stream: space.block(16),
  };
  writeBlock({ ...about, block, room }, places);
  return { ...about, block, room };
}

function writeBlock(
  { kernels, dataset, rules, space, block }: BelowSpace,
  places: { readonly cells: number; readonly scratch: number; readonly drawn: number; readonly stream: number },
): void {
  const { slots, descriptions } = dataset;
  const at = block / 8;
  const { f64 } = kernels.memory;
  f64[at + L.BELOW_COLUMNS8] = slots.columns8;
  f64[at + L.BELOW_PITCH8] = slots.pitch8;
  f64[at + L.BELOW_SLOTS8] = slots.slots8;
  f64[at + L.BELOW_BINS16] = slots.bins16;
  f64[at + L.BELOW_STRIDE16] = slots.stride16;
  f64[at + L.BELOW_COLUMNS] = descriptions;
  f64[at + L.BELOW_LIST] = space.list;
  f64[at + L.BELOW_DRAWN] = places.drawn;
  f64[at + L.BELOW_ROWS] = space.rows;
  f64[at + L.BELOW_PACKED] = space.packed;
  f64[at + L.BELOW_SPARE_ROWS] = space.scratch;
  f64[at + L.BELOW_NODE] = space.node;
  f64[at + L.BELOW_FOUND] = space.found;
  f64[at + L.BELOW_EXTRA] = rules.extraTrees ? 1 : 0;
  f64[at + L.BELOW_MIN_DATA] = rules.minDataInLeaf;
  f64[at + L.BELOW_MIN_HESSIAN] = rules.minSumHessianInLeaf;
  f64[at + L.BELOW_MAX_DEPTH] = rules.maxDepth;
  f64[at + L.BELOW_MIN_GAIN] = rules.minGainToSplit;
  f64[at + L.BELOW_STREAM] = places.stream;
  f64[at + L.BELOW_CELLS] = places.cells;
  f64[at + L.BELOW_SCRATCH] = places.scratch;
  f64[at + L.BELOW_TABLE] = space.table;
}

export function belowTree(below: BelowSpace, tree: BelowTree): Below {
  return {
    mostRows: below.kernels.threads === 1 ? Number.POSITIVE_INFINITY : ROWS_OF_ONE_THREAD,
    grow: (leaf) => growWithRoom(below, tree, leaf),
  };
}

function growWithRoom(below: BelowSpace, tree: BelowTree, leaf: OpenLeaf): GrownNodes {
  const { begin, end } = leaf.part;
  const { rowsView } = below.space;
  const rows = rowsView.slice(begin, end);
  const state = tree.uniform.save();
  for (;;) {
    writeTree(below, tree, leaf);
    const count = below.kernels.growBelow!(below.block);
    const { i32 } = below.kernels.memory;
    const stream = below.kernels.memory.f64[below.block / 8 + L.BELOW_STREAM]! / 4;
    if (count >= 0) {
      tree.uniform.load([i32[stream]!, i32[stream + 1]!, i32[stream + 2]!, i32[stream + 3]!]);
      return nodesOf(below, count);
    }
    rowsView.set(rows, begin);
    tree.uniform.load(state);
    widen(below);
  }
}

function widen({ room, space }: BelowSpace): void {
  room.mostRecords *= 2;
  room.records = space.block(L.GROWN_BYTES * room.mostRecords);
  room.setBytes *= 2;
  room.sets = space.block(room.setBytes);
}

/** The columns, the stream, the rules of the tree's nodes, and the split as record 0. */
function writeTree({ kernels, rules, constraints, dataset, space, block, room }: BelowSpace, tree: BelowTree, leaf: OpenLeaf): void {
  const { i32, f64, u8 } = kernels.memory;
  const { columns, uniform } = tree;
  const at = block / 8;
  const share = rules.featureFractionByNode;
  f64[at + L.BELOW_COUNT] = columns.length;
  f64[at + L.BELOW_TAKE] = share === 1 ? 0 : Math.max(1, Math.round(columns.length * share));
  f64[at + L.BELOW_RECORDS] = room.records;
  f64[at + L.BELOW_MOST_RECORDS] = room.mostRecords;
  f64[at + L.BELOW_SETS] = room.sets;
  f64[at + L.BELOW_SET_BYTES] = room.setBytes;
  i32.set(columns, space.list / 4);
  i32.set(uniform.save(), f64[at + L.BELOW_STREAM]! / 4);
  writeRules(f64, space.node / 8, firstRules({ rules, constraints }, tree), rules);
  const { part, split } = leaf;
  const word = room.records / 4;
  i32[word + L.GROWN_COLUMN] = split.column;
  i32[word + L.GROWN_BIN] = split.bin;
  i32[word + L.GROWN_MISSING_LEFT] = split.missingLeft ? 1 : 0;
  i32[word + L.GROWN_DEPTH] = part.depth;
  i32[word + L.GROWN_SET] = split.goesLeft === null ? -1 : 0;
  i32[word + L.GROWN_BEGIN] = part.begin;
  i32[word + L.GROWN_END] = part.end;
  const number = room.records / 8;
  f64[number + L.GROWN_GAIN] = split.gain;
  f64[number + L.GROWN_G] = part.gradient;
  f64[number + L.GROWN_H] = part.hessian;
  f64[number + L.GROWN_LEFT_G] = split.leftGradient;
  f64[number + L.GROWN_LEFT_H] = split.leftHessian;
  if (split.goesLeft !== null) u8.set(split.goesLeft.subarray(0, dataset.columns[split.column]!.bins.valueBins + 1), room.sets);
}

function nodesOf({ kernels, dataset, room }: BelowSpace, count: number): GrownNodes {
  const { i32, f64, u8 } = kernels.memory;
  const word = (node: number, place: number) => i32[(room.records + node * L.GROWN_BYTES) / 4 + place]!;
  const number = (node: number, place: number) => f64[(room.records + node * L.GROWN_BYTES) / 8 + place]!;
  return {
    count,
    split: (node) => {
      const column = word(node, L.GROWN_COLUMN);
      if (column < 0) return null;
      const set = word(node, L.GROWN_SET);
      const from = room.sets + set;
      return {
        gain: number(node, L.GROWN_GAIN),
        column,
        bin: word(node, L.GROWN_BIN),
        missingLeft: word(node, L.GROWN_MISSING_LEFT) !== 0,
        goesLeft: set < 0 ? null : bytesAt(u8, from, dataset.columns[column]!.bins.valueBins + 1),
      };
    },
    left: (node) => word(node, L.GROWN_LEFT),
    begin: (node) => word(node, L.GROWN_BEGIN),
    end: (node) => word(node, L.GROWN_END),
    hessian: (node) => number(node, L.GROWN_H),
  };
}
