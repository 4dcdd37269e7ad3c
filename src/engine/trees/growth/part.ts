import type { TreeColumn } from "../dataset/dataset.ts";

/** Rows [begin, end) of a node and what is known of them. Sums are whole numbers of the cells. */
export interface Part {
  readonly node: number;
  readonly begin: number;
  readonly end: number;
  readonly depth: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly value: number;
  /** Bounds of the values below, from monotone constraints. */
  readonly lower: number;
  readonly upper: number;
  /** Columns of the splits above, when interactions are constrained. */
  readonly path: readonly number[];
  /** Columns that the branch may still use, ascending; null = all of the tree. */
  readonly allowed: Int32Array | null;
}

/** How a node is split. Sums of the left side are whole numbers of the cells. */
export interface Split {
  /** Loss reduction times two (LightGBM's gain): children minus parent. */
  readonly gain: number;
  readonly column: number;
  /** Numeric: last bin that goes left. Categorical: -1. */
  readonly bin: number;
  readonly missingLeft: boolean;
  /** Categorical: by bin of the column, 1 = left; else null. */
  readonly goesLeft: Uint8Array | null;
  readonly leftGradient: number;
  readonly leftHessian: number;
  /** L2 penalty that the children's values are made with. */
  readonly l2: number;
}

/** Whether a bin of the column goes left. */
export function isLeft({ bin, missingLeft, goesLeft }: Split, { bins }: TreeColumn, value: number): boolean {
  if (goesLeft !== null) return goesLeft[value] === 1;
  return value === bins.valueBins ? missingLeft : value <= bin;
}

/** Limits of one tree. 0 = no limit where it says so. */
export interface GrowthRules {
  readonly growth: "leaf-wise" | "depth-wise";
  /** 0 = no limit. */
  readonly numLeaves: number;
  /** Splits from the root to a leaf; 0 = no limit. */
  readonly maxDepth: number;
  readonly minDataInLeaf: number;
  readonly minSumHessianInLeaf: number;
  readonly minGainToSplit: number;
  readonly lambdaL1: number;
  readonly lambdaL2: number;
  readonly maxDeltaStep: number;
  readonly pathSmooth: number;
  /** Share of the tree's columns that each node may use, above 0. 1 = all. */
  readonly featureFractionByNode: number;
  /** One random threshold per column and node. */
  readonly extraTrees: boolean;
  readonly maxCatToOnehot: number;
  readonly catSmooth: number;
  readonly catL2: number;
  readonly maxCatThreshold: number;
  readonly minDataPerGroup: number;
}

/** By column of the dataset; null = none. */
export interface Constraints {
  /** 1: the answer must not fall as the feature grows; -1: not rise; 0: free. */
  readonly monotone: Int32Array | null;
  /** Sets of columns that may stand together on a path. */
  readonly interactions: readonly Int32Array[] | null;
}

/** A split must lower the loss by more than this share of it, or it only fits rounding errors. */
export const ROUNDING = 1e-10;
