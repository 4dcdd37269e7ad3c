import { columnBin, type TreeDataset } from "./dataset/dataset.ts";
import type { Split } from "./growth/part.ts";

/** One grown tree, before it joins an ensemble. Node 0 is the root. */
export interface Tree {
  /** Column of the dataset; -1 for a leaf. */
  readonly column: number[];
  /** Numeric split: last bin that goes left. Categorical: -1. */
  readonly bin: number[];
  readonly missingLeft: boolean[];
  /** Categorical split: goesLeft by bin, that of missing last; else null. */
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

export function splitNode(
  tree: Tree,
  node: number,
  split: Omit<Split, "leftGradient" | "leftHessian" | "l2">,
  left: number,
  right: number,
): void {
  tree.column[node] = split.column;
  tree.bin[node] = split.bin;
  tree.missingLeft[node] = split.missingLeft;
  tree.goesLeft[node] = split.goesLeft;
  tree.left[node] = left;
  tree.right[node] = right;
  tree.gain[node] = split.gain;
}

/** Leaf number of one row of the dataset. */
export function leafOfRow({ column, bin, missingLeft, goesLeft, left, right }: Tree, dataset: TreeDataset, row: number): number {
  let node = 0;
  for (let at = column[0]!; at >= 0; at = column[node]!) {
    const value = columnBin(dataset, at, row);
    const levels = goesLeft[node]!;
    let isLeft: boolean;
    if (levels !== null) isLeft = levels[value] === 1;
    else isLeft = value === dataset.columns[at]!.bins.valueBins ? missingLeft[node]! : value <= bin[node]!;
    node = isLeft ? left[node]! : right[node]!;
  }
  return left[node]!;
}
