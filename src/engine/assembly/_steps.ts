import { COLUMN_VALUE_BINS, COLUMN_WORDS, FOUND_NUMBERS } from "./_layout";
import {
  FIND,
  FOUND,
  HISTOGRAM_BY_ROWS,
  HISTOGRAM_BY_SLOTS,
  keepBetter,
  MERGE,
  PARTITION,
  PLACE,
  putArg,
  result,
  run,
  SUBTRACT,
  THREADS,
} from "./_team";
import { word } from "./_words";

// The steps of growing a node, each by all threads where there is enough to do.

/** Below so many cells, bins or rows the caller works alone: some microseconds. */
const CELLS_ALONE: usize = 10000;
const BINS_ALONE: usize = 3000;
const ROWS_ALONE: usize = 4000;
const BYTES_ALONE: usize = 131072;
/** Counting by rows clears and merges one histogram per thread: each must have so many entries to count per cell. */
const ENTRIES_PER_CELL: usize = 4;
/** With so many groups of four byte slots per thread each thread counts its own slots. */
const QUADS_PER_THREAD: usize = 16;

/**
 * Clears the cells of the slots in use, or of those listed, then adds rows[begin..end). Rows are ascending. quads8: groups of four byte slots. above: 0, or a histogram
 * from which what was counted is taken.
 */
export function buildHistogram(
  control: usize,
  bins8: usize,
  stride8: usize,
  quads8: usize,
  bins16: usize,
  stride16: usize,
  cells16: usize,
  cells: usize,
  isList: bool,
  list8: usize,
  count8: usize,
  list16: usize,
  count16: usize,
  rows: usize,
  begin: usize,
  end: usize,
  packed: usize,
  histogram: usize,
  above: usize,
): void {
  const threads = <usize>load<u32>(control, THREADS);
  const entries = (end - begin) * ((isList ? count8 : quads8 << 2) + count16);
  const bytes = cells << 3;
  const alone = entries < CELLS_ALONE;
  const byRows = !isList && !alone && threads > 1 && entries >= ENTRIES_PER_CELL * threads * cells && quads8 < QUADS_PER_THREAD * threads;
  putArg(control, 0, bins8);
  putArg(control, 1, stride8);
  putArg(control, 2, quads8);
  putArg(control, 3, bins16);
  putArg(control, 4, stride16);
  putArg(control, 5, cells16);
  putArg(control, 6, bytes);
  putArg(control, 7, <usize>isList);
  putArg(control, 8, list8);
  putArg(control, 9, count8);
  putArg(control, 10, list16);
  putArg(control, 11, count16);
  putArg(control, 12, rows);
  putArg(control, 13, begin);
  putArg(control, 14, end);
  putArg(control, 15, packed);
  putArg(control, 16, histogram);
  run(control, byRows ? HISTOGRAM_BY_ROWS : HISTOGRAM_BY_SLOTS, alone);
  if (!byRows && above == 0) return;
  putArg(control, 0, histogram);
  putArg(control, 1, bytes);
  putArg(control, 2, above);
  run(control, byRows ? MERGE : SUBTRACT, bytes < BYTES_ALONE);
}

/** The best split over the listed columns; of equal gains the first. Writes `found`. */
export function findBestSplit(control: usize, histogram: usize, columns: usize, list: usize, count: usize, node: usize, found: usize): void {
  putArg(control, 0, histogram);
  putArg(control, 1, columns);
  putArg(control, 2, list);
  putArg(control, 3, count);
  putArg(control, 4, node);
  putArg(control, 5, found);
  let bins: usize = 0;
  for (let i: usize = 0; i < count && bins < 2 * BINS_ALONE; i++) {
    bins += <usize>word(columns + (<usize>(word(list, <i32>i) * COLUMN_WORDS) << 2), COLUMN_VALUE_BINS);
  }
  const threads = run(control, FIND, bins < 2 * BINS_ALONE);
  if (threads == 1) return;
  const each = <usize>load<u32>(control, FOUND);
  for (let thread: u32 = 1; thread < threads; thread++) keepBetter(each, each + <usize>thread * <usize>(FOUND_NUMBERS << 4));
  memory.copy(found, each, FOUND_NUMBERS << 3);
}

/** Stable partition of rows[begin..end) by table[bin] (1 = left). Returns the number of lefts. scratch: as long as rows. */
export function partitionRows(
  control: usize,
  bins: usize,
  stride: usize,
  isWide: bool,
  table: usize,
  rows: usize,
  begin: usize,
  end: usize,
  scratch: usize,
): usize {
  putArg(control, 0, begin);
  putArg(control, 1, end);
  putArg(control, 2, bins);
  putArg(control, 3, stride);
  putArg(control, 4, table);
  putArg(control, 5, rows);
  putArg(control, 6, scratch);
  putArg(control, 7, <usize>isWide);
  const alone = end - begin < ROWS_ALONE;
  const threads = run(control, PARTITION, alone);
  run(control, PLACE, alone);
  let lefts: usize = 0;
  for (let thread: u32 = 0; thread < threads; thread++) lefts += result(control, thread, 1);
  return lefts;
}
