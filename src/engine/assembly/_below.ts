import {
  BELOW_MOST_RECORDS,
  BELOW_SETS,
  BELOW_SET_BYTES,
  BELOW_SPARE_ROWS,
  BELOW_TABLE,
  GROWN_BEGIN,
  GROWN_BIN,
  GROWN_COLUMN,
  GROWN_END,
  GROWN_G,
  GROWN_H,
  GROWN_LEFT,
  GROWN_LEFT_G,
  GROWN_LEFT_H,
  GROWN_MISSING_LEFT,
  GROWN_NEXT,
  GROWN_SET,
} from "./_layout";
import { binOf, columnBins, openColumns, rows, turnTo, valueBins } from "./_column";
import { findBest, keepSplit, openSearch } from "./_node";
import { addChild, canOpen, openRecords, record } from "./_records";
import { number, putWord, word } from "./_words";

// All of a tree below one split, for forests: every node draws its own columns, so histograms of other nodes are of no use, and most nodes have few rows. What
// it grows is what growth/grower.ts grows on the other kernels, to the bit, numbers drawn included: that is its definition.

let block: usize = 0;

export function growBelow(from: usize): i32 {
  block = from;
  openRecords(block);
  openColumns(block);
  openSearch(block);
  const most = <i32>number(block, BELOW_MOST_RECORDS);
  const sets = <usize>number(block, BELOW_SETS);
  const setEnd = sets + <usize>number(block, BELOW_SET_BYTES);
  let setAt = sets;
  let count = 1;
  let pending = 0;
  putWord(record(0), GROWN_NEXT, -1);
  if (word(record(0), GROWN_SET) >= 0) setAt += <usize>columnBins(word(record(0), GROWN_COLUMN)) + 1;
  while (pending >= 0) {
    const parent = record(pending);
    if (count + 2 > most) return -1;
    pending = word(parent, GROWN_NEXT);
    const middle = part(parent, sets);
    putWord(parent, GROWN_LEFT, count);
    const leftG = number(parent, GROWN_LEFT_G);
    const leftH = number(parent, GROWN_LEFT_H);
    addChild(parent, count, word(parent, GROWN_BEGIN), middle, leftG, leftH);
    addChild(parent, count + 1, middle, word(parent, GROWN_END), number(parent, GROWN_G) - leftG, number(parent, GROWN_H) - leftH);
    for (let child = count; child < count + 2; child++) {
      const about = record(child);
      if (!canOpen(about) || !findBest(about)) continue;
      if (keepSplit(about)) {
        const bytes = <usize>columnBins(word(about, GROWN_COLUMN)) + 1;
        if (setAt + bytes > setEnd) return -1;
        memory.copy(setAt, <usize>number(block, BELOW_TABLE), bytes);
        putWord(about, GROWN_SET, <i32>(setAt - sets));
        setAt += bytes;
      }
    }
    // The left child and all below it before the right one.
    for (let child = count + 1; child >= count; child--) {
      if (word(record(child), GROWN_COLUMN) < 0) continue;
      putWord(record(child), GROWN_NEXT, pending);
      pending = child;
    }
    count += 2;
  }
  return count;
}

/** Stable partition of the record's rows by its split. Returns the place of the first row on the right. */
function part(about: usize, sets: usize): i32 {
  turnTo(word(about, GROWN_COLUMN));
  const last = word(about, GROWN_BIN);
  const missingLeft = word(about, GROWN_MISSING_LEFT) != 0;
  const set = word(about, GROWN_SET);
  const begin = rows + (<usize>word(about, GROWN_BEGIN) << 2);
  const end = rows + (<usize>word(about, GROWN_END) << 2);
  const spare = <usize>number(block, BELOW_SPARE_ROWS);
  let l = begin;
  let r = spare;
  for (let p = begin; p < end; p += 4) {
    const row = load<u32>(p);
    const bin = binOf(<usize>row);
    let left: bool;
    if (set >= 0) left = load<u8>(sets + <usize>set + <usize>bin) != 0;
    else left = bin == valueBins ? missingLeft : bin <= last;
    store<u32>(l, row);
    store<u32>(r, row);
    l += <usize>left << 2;
    r += <usize>!left << 2;
  }
  memory.copy(l, spare, r - spare);
  return <i32>((l - rows) >> 2);
}
