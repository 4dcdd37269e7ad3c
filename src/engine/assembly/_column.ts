import {
  BELOW_BINS16,
  BELOW_COLUMNS8,
  BELOW_CELLS,
  BELOW_COLUMNS,
  BELOW_PACKED,
  BELOW_ROWS,
  BELOW_SCRATCH,
  BELOW_SLOTS8,
  BELOW_STRIDE16,
  BELOW_PITCH8,
  COLUMN_FIRST,
  COLUMN_HAS_MISSING,
  COLUMN_IMPLICIT,
  COLUMN_LEVELS,
  COLUMN_SLOT,
  COLUMN_VALUE_BINS,
  COLUMN_WORDS,
} from "./_layout";
import { layLevels, levelSums } from "./_levels";
import { number, putWord, word } from "./_words";

// The columns of a node that is grown in one call, and the one at hand.


export let rows: usize = 0;
let columns8: usize = 0;
let pitch8: usize = 0;
let slots8: i32 = 0;
let bins16: usize = 0;
let stride16: usize = 0;
let columns: usize = 0;
let packed: usize = 0;
let cells: usize = 0;
/** Bins of the filled cells, ascending; their sums are at levelSums(). */
export let scratch: usize = 0;

// The column at hand.
export let valueBins: i32 = 0;
/** The bin that is not stored, of a column that shares its slot; else -1. */
export let implicit: i32 = -1;
let firstBin: i32 = 0;
let stored: i32 = 0;
let isWide: bool = false;
let at: usize = 0;
let stride: usize = 0;

export function openColumns(block: usize): void {
  columns8 = <usize>number(block, BELOW_COLUMNS8);
  pitch8 = <usize>number(block, BELOW_PITCH8);
  slots8 = <i32>number(block, BELOW_SLOTS8);
  bins16 = <usize>number(block, BELOW_BINS16);
  stride16 = <usize>number(block, BELOW_STRIDE16);
  columns = <usize>number(block, BELOW_COLUMNS);
  rows = <usize>number(block, BELOW_ROWS);
  packed = <usize>number(block, BELOW_PACKED);
  cells = <usize>number(block, BELOW_CELLS);
  scratch = <usize>number(block, BELOW_SCRATCH);
}

export function columnBins(column: i32): i32 {
  return word(columns + (<usize>(column * COLUMN_WORDS) << 2), COLUMN_VALUE_BINS);
}

export function hasLevels(column: i32): bool {
  return word(columns + (<usize>(column * COLUMN_WORDS) << 2), COLUMN_LEVELS) != 0;
}

export function turnTo(column: i32): void {
  const about = columns + (<usize>(column * COLUMN_WORDS) << 2);
  valueBins = word(about, COLUMN_VALUE_BINS);
  implicit = word(about, COLUMN_IMPLICIT);
  firstBin = word(about, COLUMN_FIRST);
  stored = valueBins + word(about, COLUMN_HAS_MISSING) - 1;
  const slot = word(about, COLUMN_SLOT);
  isWide = slot >= slots8;
  at = isWide ? bins16 + (<usize>(slot - slots8) << 1) : columns8 + <usize>slot * pitch8;
  stride = isWide ? stride16 : 1;
}

/** Bin of the column at hand. */
// @ts-ignore: decorator
@inline
export function binOf(row: usize): i32 {
  const place = at + row * stride;
  if (isWide) return <i32>load<u16>(place);
  const bin = <i32>load<u8>(place);
  if (implicit < 0) return bin;
  const own = bin - firstBin;
  if (own < 0 || own >= stored) return implicit;
  return own + <i32>(own >= implicit);
}

// @ts-ignore: decorator
@inline
export function sumOfRow(row: usize): i64 {
  return load<i64>(packed + (row << 3));
}

/** The filled bins of the column at hand, ascending: bins at scratch, sums at levelSums(). Returns their number. */
export function fillCells(begin: usize, end: usize): i32 {
  const width = valueBins + 1;
  layLevels(width, scratch);
  const n = <i32>((end - begin) >> 2);
  return n * n < (width + n) << 2 ? sortCells(begin, end) : countCells(begin, end, width);
}

/** By insertion: for a few rows. */
function sortCells(begin: usize, end: usize): i32 {
  const sums = levelSums();
  let used = 0;
  for (let p = begin; p < end; p += 4) {
    const row = <usize>load<u32>(p);
    const bin = binOf(row);
    const sum = load<i64>(packed + (row << 3));
    let place = used;
    while (place > 0 && word(scratch, place - 1) > bin) place--;
    if (place > 0 && word(scratch, place - 1) == bin) {
      const to = sums + (<usize>(place - 1) << 3);
      store<i64>(to, load<i64>(to) + sum);
      continue;
    }
    for (let i = used; i > place; i--) {
      putWord(scratch, i, word(scratch, i - 1));
      store<i64>(sums + (<usize>i << 3), load<i64>(sums + (<usize>(i - 1) << 3)));
    }
    putWord(scratch, place, bin);
    store<i64>(sums + (<usize>place << 3), sum);
    used++;
  }
  return used;
}

function countCells(begin: usize, end: usize, width: i32): i32 {
  memory.fill(cells, 0, <usize>width << 3);
  if (isWide || implicit >= 0) {
    for (let p = begin; p < end; p += 4) {
      const row = <usize>load<u32>(p);
      const to = cells + (<usize>binOf(row) << 3);
      store<i64>(to, load<i64>(to) + load<i64>(packed + (row << 3)));
    }
  } else {
    const first = at;
    const pitch = stride;
    const to = cells;
    const gh = packed;
    for (let p = begin; p < end; p += 4) {
      const row = <usize>load<u32>(p);
      const cell = to + (<usize>load<u8>(first + row * pitch) << 3);
      store<i64>(cell, load<i64>(cell) + load<i64>(gh + (row << 3)));
    }
  }
  const sums = levelSums();
  let used = 0;
  for (let bin = 0; bin < width; bin++) {
    const sum = load<i64>(cells + (<usize>bin << 3));
    if (sum == 0) continue;
    putWord(scratch, used, bin);
    store<i64>(sums + (<usize>used << 3), sum);
    used++;
  }
  return used;
}
