/**
 * The inner loops of tree growing. `kernels-reference.ts` is the definition in TypeScript; a faster implementation has the same
 * signatures and, for the same input, the same trees.
 *
 * A histogram is a Float64Array of cells of `cell` numbers: sum of gradients, sum of hessians, number of rows (kernels-class.ts: other
 * numbers). Column i has its cells from offsets[i] (in numbers, not cells): its valueBins bins, then the bin of missing.
 */
export interface TreeKernels {
  /** Numbers per histogram cell. */
  readonly cell: number;

  /** Clears the cells of `columns`, then adds rows[begin..end). bins: row-major bytes. gradient, hessian: by row number. */
  buildHistogram(
    bins: Uint8Array,
    stride: number,
    rows: Int32Array,
    begin: number,
    end: number,
    gradient: Float64Array,
    hessian: Float64Array,
    columns: Int32Array,
    layout: HistogramLayout,
    histogram: Float64Array,
  ): void;

  /** parent - child over the first `length` numbers, written into parent: the histogram of the other child. */
  subtractHistogram(parent: Float64Array, child: Float64Array, length: number): void;

  /**
   * Best split of a node over `columns`. Writes it into `split` and into goesLeft[bin] (256) whether a bin of that column goes left.
   * gain -Infinity: none; column -1: no column could be split at all, else none gained enough. draws: one uniform number per column for a random threshold (extra-trees), null for the best one.
   */
  findSplit(
    histogram: Float64Array,
    columns: Int32Array,
    layout: HistogramLayout,
    node: NodeSums,
    rules: SplitRules,
    draws: Float64Array | null,
    split: Split,
    goesLeft: Uint8Array,
  ): void;

  /** Stable partition of rows[begin..end) by goesLeft of the row's bin. Returns the number that goes left. scratch: as long as rows. */
  partition(
    bins: Uint8Array,
    stride: number,
    column: number,
    goesLeft: Uint8Array,
    rows: Int32Array,
    begin: number,
    end: number,
    scratch: Int32Array,
  ): number;

  /** scores[row] += value for rows[begin..end). */
  addToScores(scores: Float64Array, rows: Int32Array, begin: number, end: number, value: number): void;

  /** p - y and p (1 - p) of the logistic loss, times weight, for the given rows. */
  logisticGradients(
    scores: Float64Array,
    target: Float64Array,
    weight: Float64Array | null,
    rows: Int32Array,
    count: number,
    gradient: Float64Array,
    hessian: Float64Array,
  ): void;
}

/** Numbers per cell of gradients. */
export const CELL = 3;

/** Where the cells of the columns of one tree lie. Arrays are by column of the binned matrix. */
export interface HistogramLayout {
  /** First number of each column's cells; 0 for columns that the tree does not use. */
  readonly offsets: Int32Array;
  readonly valueBins: Int32Array;
  /** 1 where the column is categorical. */
  readonly categorical: Uint8Array;
  /** Numbers in the whole histogram. */
  readonly length: number;
}

/** Sums over the rows of a node. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly count: number;
}

/** Written by findSplit. */
export interface Split {
  /** Loss reduction times two (LightGBM's gain): children minus parent. -Infinity: no split. */
  gain: number;
  column: number;
  /** Numeric: last bin that goes left. Categorical: -1. */
  bin: number;
  missingLeft: boolean;
  leftGradient: number;
  leftHessian: number;
  leftCount: number;
  /** L2 penalty that the children's values are made with. */
  l2: number;
}

export interface SplitRules {
  readonly l1: number;
  readonly l2: number;
  readonly minRowsPerLeaf: number;
  readonly minHessianPerLeaf: number;
  readonly minGain: number;
  /** Columns with at most this many levels: one level against the rest. */
  readonly maxCatToOnehot: number;
  readonly catSmooth: number;
  readonly catL2: number;
  readonly maxCatThreshold: number;
  readonly minRowsPerGroup: number;
}
