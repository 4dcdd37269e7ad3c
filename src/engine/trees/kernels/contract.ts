import type { TreeMemory } from "./memory.ts";

/**
 * The inner loops of tree growing. `reference.ts` is the definition in TypeScript; `wasm.ts` has the same signatures and gives the same numbers to the
 * bit, for any number of threads. All arguments are numbers; addresses are byte offsets in the memory.
 *
 * A cell is 64 bits: the sum of scaled hessians in the low 32, of scaled gradients in the high 32. Sums are exact, so their order plays no part. Scales are
 * chosen so that the sums over all rows stay below 2^31.
 */
export interface TreeKernels {
  readonly memory: TreeMemory;
  readonly threads: number;

  /** Sorts lists of f64 without NaN, ascending, in place. List i has counts[i] numbers from `values` + i * `bytes`. */
  sortReals(values: number, bytes: number, counts: readonly number[]): void;

  /**
   * Writes the bins of rows firstRow .. firstRow + rows - 1. values: f64 by column, `pitch` numbers from one column to the next. columns: layout.ts.
   */
  fillBins(slots: SlotLayout, columns: number, count: number, values: number, pitch: number, firstRow: number, rows: number): void;

  /** Copies the byte slots of rows firstRow .. firstRow + rows - 1 to `columns8`. */
  copyColumns(slots: SlotLayout, firstRow: number, rows: number): void;

  /** Packs gradients of the logistic loss for rows[0..count): (p - y) w and p (1 - p) w. target: bytes, 0 or 1, by row. weight: 0 = all 1. Returns sums of whole numbers. */
  packLogistic(scores: number, target: number, weight: number, rows: RowList, gScale: number, hScale: number, packed: number): PackedSums;

  /**
   * Packs gradients and hessians that lie by row as f64. draw: 0 = gradients are rounded to the nearest whole number; a whole number below 2^32 = up or down by
   * chance, so that their mean is right (stochastic rounding); the chance follows from the row and this number.
   */
  packGiven(gradient: number, hessian: number, rows: RowList, gScale: number, hScale: number, draw: number, packed: number): PackedSums;

  /** Sums of what is packed for the rows of the list. */
  sumPacked(packed: number, rows: RowList): PackedSums;

  /** Clears the cells of the listed slots (null: all in use), then adds rows[begin..end) to them. Rows are ascending. */
  buildHistogram(
    slots: SlotLayout,
    list: SlotList | null,
    rows: number,
    begin: number,
    end: number,
    packed: number,
    histogram: number,
  ): void;

  /**
   * Clears `bins` * classes i32 sums, then adds the weights by class of rows[begin..end): a packed row holds its class in the high and its weight in the low
   * 32 bits. The slots of the list have their bins from offsets[0], offsets[1], ... (u32, byte slots first).
   */
  buildClassHistogram(
    slots: SlotLayout,
    list: SlotList,
    offsets: number,
    bins: number,
    classes: number,
    rows: number,
    begin: number,
    end: number,
    packed: number,
    histogram: number,
  ): void;

  /** parent -= child over all cells: the histogram of the other child. */
  subtract(slots: SlotLayout, parent: number, child: number): void;

  /**
   * Best split of a node over the listed columns, numeric by a threshold, categorical by a set of levels, written to `found`; of equal gains the first
   * column. node, found: layout.ts.
   */
  findSplit(histogram: number, columns: number, list: number, count: number, node: number, found: number): void;

  /** The levels that the categorical split in `found` sends left: a byte by bin of the column, then the one of missing. */
  writeFoundLevels(histogram: number, columns: number, node: number, found: number, table: number): void;

  /**
   * Grows all of a forest's tree below one split (block: layout.ts) and returns the number of records, -1 when they do not fit: then the rows and the
   * stream are spoilt. null: there is no such kernel. The definition is growth/grower.ts with the other kernels.
   */
  readonly growBelow: ((block: number) => number) | null;

  /**
   * Grows a whole tree of limited leaves and returns the number of its nodes (block: layout.ts). levels: cells of the widest column; rows: as many are in the
   * list. null: there is no such kernel. The definition is growth/grower.ts with the other kernels.
   */
  readonly growWhole: ((slots: SlotLayout, levels: number, rows: number, block: number) => number) | null;

  /**
   * Stable partition of rows[begin..end) by table[bin of slot] (1 = left). Returns how many go left. scratch: as long as rows.
   */
  partition(slots: SlotLayout, slot: number, table: number, rows: number, begin: number, end: number, scratch: number): number;

  /** scores[row] += value of its leaf, for rows[0..count); leaf i holds the places before ends[i]. */
  addLeaves(scores: number, rows: RowList, ends: number, values: number, leaves: number): void;

  /** scores[row] += value of the leaf that the grown tree sends the row to. nodes: layout.ts. */
  walk(slots: SlotLayout, nodes: number, values: number, rows: RowList, scores: number): void;
}

/** Row numbers as u32, ascending. */
export interface RowList {
  readonly address: number;
  readonly count: number;
}

/** Where the bins lie: byte slots (8 to a block, so their number is a multiple of 8), then slots of 16 bits. Row-major. */
export interface SlotLayout {
  readonly bins8: number;
  /** The bins of the byte slots once more, slot after slot: `pitch8` bytes from one to the next, one byte a row. For whoever reads one column of many rows. */
  readonly columns8: number;
  readonly pitch8: number;
  readonly stride8: number;
  readonly slots8: number;
  /** Groups of four byte slots that are in use: those after them are never read. */
  readonly quads8: number;
  readonly bins16: number;
  /** In bytes. */
  readonly stride16: number;
  readonly slots16: number;
  /** Address of the first cell of each 16-bit slot (u32, in cells from the start of the histogram), then the end of the last. Byte slot i has cells 256 i ... */
  readonly cells16: number;
  /** Address of 0, 1, 2 ... slots16 - 1. */
  readonly all16: number;
  /** Cells in a histogram, a multiple of 2. */
  readonly cells: number;
}

/** Slots that a node needs. */
export interface SlotList {
  /** Address of byte slots, u32. */
  readonly list8: number;
  readonly count8: number;
  /** Address of 16-bit slots, counted from the first of them, u32. */
  readonly list16: number;
  readonly count16: number;
}

export interface PackedSums {
  readonly gradient: number;
  /** Sum of sizes. */
  readonly gradientSize: number;
  readonly hessian: number;
}

/** Bytes of a cell. */
export const CELL_BYTES = 8;
/** Cells of a byte slot. */
export const SLOT_CELLS = 256;

/** Bytes of a histogram. */
export function histogramBytes({ cells }: SlotLayout): number {
  return cells * CELL_BYTES;
}
