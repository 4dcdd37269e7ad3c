import type { BinnedMatrix } from "./binning.ts";
import type { Split } from "./kernels.ts";

/** One grown tree, before it joins an ensemble. Node 0 is the root. */
export interface Tree {
  /** Column of the binned matrix; -1 for a leaf. */
  readonly column: number[];
  /** Numeric split: last bin that goes left. Categorical: -1. */
  readonly bin: number[];
  readonly missingLeft: boolean[];
  /** Categorical split: goesLeft by bin, 256 bytes; else null. */
  readonly goesLeft: (Uint8Array | null)[];
  /** Child nodes; for a leaf `left` is its number. */
  readonly left: number[];
  readonly right: number[];
  /** Gain of the split, 0 for a leaf. */
  readonly gain: number[];
  /** Sum of hessians. */
  readonly cover: number[];
  /** By leaf: its rows are rows[begin..end) of the row order the tree was grown with, and its value(s). */
  readonly leafBegin: number[];
  readonly leafEnd: number[];
  leafValues: Float64Array;
}

export function createTree(): Tree {
  return {
    column: [],
    bin: [],
    missingLeft: [],
    goesLeft: [],
    left: [],
    right: [],
    gain: [],
    cover: [],
    leafBegin: [],
    leafEnd: [],
    leafValues: new Float64Array(0),
  };
}

/** Adds a node that may still be split. */
export function addNode(tree: Tree, cover: number): number {
  tree.column.push(-1);
  tree.bin.push(-1);
  tree.missingLeft.push(false);
  tree.goesLeft.push(null);
  tree.left.push(-1);
  tree.right.push(-1);
  tree.gain.push(0);
  return tree.cover.push(cover) - 1;
}

export function splitNode(tree: Tree, node: number, split: Split, goesLeft: Uint8Array, left: number, right: number): void {
  tree.column[node] = split.column;
  tree.bin[node] = split.bin;
  tree.missingLeft[node] = split.missingLeft;
  tree.goesLeft[node] = split.bin < 0 ? goesLeft.slice() : null;
  tree.left[node] = left;
  tree.right[node] = right;
  tree.gain[node] = split.gain;
}

/** Leaf number of one row of the binned matrix. */
export function leafOfRow(tree: Tree, binned: BinnedMatrix, row: number): number {
  const { column, bin, missingLeft, goesLeft, left, right } = tree;
  const base = row * binned.stride;
  let node = 0;
  for (let at = column[0]!; at >= 0; at = column[node]!) {
    const value = binned.bins[base + at]!;
    const levels = goesLeft[node]!;
    let isLeft: boolean;
    if (levels !== null) isLeft = levels[value] === 1;
    else isLeft = value === binned.valueBins[at] ? missingLeft[node]! : value <= bin[node]!;
    node = isLeft ? left[node]! : right[node]!;
  }
  return left[node]!;
}
