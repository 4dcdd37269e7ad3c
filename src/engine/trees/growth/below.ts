import * as L from "../kernels/layout.ts";
import { addNode, type Tree } from "../tree.ts";
import {
  createGrowthBlock,
  type GrowthBlock,
  type GrowthSetting,
  type GrowthTree,
  growsInOneCall,
  mostCells,
  readStream,
  writeGrowthTree,
} from "./block.ts";
import type { OpenLeaf } from "./grower.ts";
import { bytesAt } from "./newton.ts";

/** Grows the rest of a tree below one split in one call of the kernel. The values of the leaves are left to the caller. */
export interface Below {
  /** Larger nodes are split one by one: several threads share the work of one node, but not of one subtree. */
  readonly mostRows: number;
  /** Adds the nodes to the tree; the leaf is one of its nodes. hUnit: what a whole number of a hessian is worth. */
  grow(leaf: OpenLeaf, tree: Tree, hUnit: number): void;
}

export interface BelowSpace extends GrowthSetting {
  readonly block: GrowthBlock;
  readonly room: Room;
}

interface Room {
  records: number;
  mostRecords: number;
  sets: number;
  setBytes: number;
}

const ROWS_OF_ONE_THREAD = 8192;
const FIRST_RECORDS = 1024;
const FIRST_SET_BYTES = 16_384;

/** What trees of one training share; null when its rules, or the kernels, need node after node. */
export function createBelowSpace(about: GrowthSetting): BelowSpace | null {
  const { dataset, kernels, rules, space } = about;
  if (kernels.growBelow === null || rules.numLeaves !== 0 || !growsInOneCall(about)) return null;
  const block = createGrowthBlock(about);
  const { f64 } = kernels.memory;
  f64[block.address / 8 + L.BELOW_CELLS] = space.block(8 * mostCells(dataset));
  f64[block.address / 8 + L.BELOW_DRAWN] = space.block(4 * dataset.columns.length);
  const room: Room = {
    records: space.block(L.GROWN_BYTES * FIRST_RECORDS),
    mostRecords: FIRST_RECORDS,
    sets: space.block(FIRST_SET_BYTES),
    setBytes: FIRST_SET_BYTES,
  };
  return { ...about, block, room };
}

export function belowTree(below: BelowSpace, tree: GrowthTree): Below {
  return {
    mostRows: below.kernels.threads === 1 ? Number.POSITIVE_INFINITY : ROWS_OF_ONE_THREAD,
    grow: (leaf, into, hUnit) => addNodes(below, growWithRoom(below, tree, leaf), leaf.part.node, into, hUnit),
  };
}

/** Returns the number of records: 0 is the split itself, children stand side by side. */
function growWithRoom(below: BelowSpace, tree: GrowthTree, leaf: OpenLeaf): number {
  const { begin, end } = leaf.part;
  const { rowsView } = below.space;
  const rows = rowsView.slice(begin, end);
  const state = tree.uniform.save();
  for (;;) {
    writeTree(below, tree, leaf);
    const count = below.kernels.growBelow!(below.block.address);
    if (count >= 0) {
      readStream(below.block, tree.uniform);
      return count;
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

/** What the tree's nodes share, and the split as record 0. */
function writeTree({ kernels, rules, dataset, block, room }: BelowSpace, tree: GrowthTree, leaf: OpenLeaf): void {
  writeGrowthTree(block, tree);
  const { i32, f64, u8 } = kernels.memory;
  const at = block.address / 8;
  const share = rules.featureFractionByNode;
  f64[at + L.BELOW_TAKE] = share === 1 ? 0 : Math.max(1, Math.round(tree.columns.length * share));
  f64[at + L.BELOW_RECORDS] = room.records;
  f64[at + L.BELOW_MOST_RECORDS] = room.mostRecords;
  f64[at + L.BELOW_SETS] = room.sets;
  f64[at + L.BELOW_SET_BYTES] = room.setBytes;
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

/** Record 0 is a node of the tree, the others become its next ones. */
function addNodes({ kernels, dataset, room }: BelowSpace, count: number, node: number, tree: Tree, hUnit: number): void {
  const { i32, f64, u8 } = kernels.memory;
  const first = tree.column.length;
  for (let i = 0; i < count; i++) {
    const word = (room.records + i * L.GROWN_BYTES) / 4;
    const at = i === 0 ? node : addNode(tree, f64[word / 2 + L.GROWN_H]! * hUnit);
    const column = i32[word + L.GROWN_COLUMN]!;
    if (column < 0) {
      tree.left[at] = tree.leafBegin.push(i32[word + L.GROWN_BEGIN]!) - 1;
      tree.leafEnd.push(i32[word + L.GROWN_END]!);
      continue;
    }
    const set = i32[word + L.GROWN_SET]!;
    const left = first + i32[word + L.GROWN_LEFT]! - 1;
    tree.column[at] = column;
    tree.bin[at] = i32[word + L.GROWN_BIN]!;
    tree.missingLeft[at] = i32[word + L.GROWN_MISSING_LEFT] !== 0;
    tree.goesLeft[at] = set < 0 ? null : bytesAt(u8, room.sets + set, dataset.columns[column]!.bins.valueBins + 1);
    tree.left[at] = left;
    tree.right[at] = left + 1;
    tree.gain[at] = f64[word / 2 + L.GROWN_GAIN]!;
  }
}
