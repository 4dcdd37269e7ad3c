import {
  BELOW_BINS16,
  BELOW_BINS8,
  BELOW_CELLS16,
  BELOW_COLUMNS,
  BELOW_COLUMNS8,
  BELOW_COUNT,
  BELOW_COUNT16,
  BELOW_COUNT8,
  BELOW_DEPTH_WISE,
  BELOW_DRAWS,
  BELOW_EXTRA,
  BELOW_FEW_SLOTS,
  BELOW_FOUND,
  BELOW_HISTOGRAMS,
  BELOW_HISTOGRAM_BYTES,
  BELOW_LIST,
  BELOW_LIST16,
  BELOW_LIST8,
  BELOW_MOST_LEAVES,
  BELOW_NODE,
  BELOW_PACKED,
  BELOW_PITCH8,
  BELOW_QUADS8,
  BELOW_ROWS,
  BELOW_SCRATCH,
  BELOW_SETS,
  BELOW_SLOTS8,
  BELOW_SPARE_ROWS,
  BELOW_STRIDE16,
  BELOW_STRIDE8,
  BELOW_TABLE,
  COLUMN_FIRST,
  COLUMN_HAS_MISSING,
  COLUMN_IMPLICIT,
  COLUMN_SLOT,
  COLUMN_VALUE_BINS,
  COLUMN_WORDS,
  FOUND_BIN,
  FOUND_COLUMN,
  FOUND_GAIN,
  FOUND_LEFT_G,
  FOUND_LEFT_H,
  FOUND_MISSING_LEFT,
  FOUND_PREFIX,
  GROWN_BEGIN,
  GROWN_BIN,
  GROWN_COLUMN,
  GROWN_DEPTH,
  GROWN_END,
  GROWN_G,
  GROWN_GAIN,
  GROWN_H,
  GROWN_HISTOGRAM,
  GROWN_LEFT,
  GROWN_LEFT_G,
  GROWN_LEFT_H,
  GROWN_MISSING_LEFT,
  GROWN_NEXT,
  GROWN_SET,
  NODE_DRAWS,
  NODE_MONOTONE,
} from "./_layout";
import { describe, gainsEnough, openSearch, uniform } from "./_node";
import { addChild, canOpen, openRecords, record } from "./_records";
import { writeFoundLevels } from "./_split";
import { buildHistogram, findBestSplit, partitionRows } from "./_steps";
import { number, put, putWord, word } from "./_words";

// A whole tree of limited leaves: histograms, splits and rows of its nodes in one call. What it grows is what growth/grower.ts grows with the
// other kernels, to the bit: that is its definition.

let block: usize = 0;
let control: usize = 0;
let node: usize = 0;
let found: usize = 0;
let rows: usize = 0;
let histogramBytes: usize = 0;
let histogramPitch: usize = 0;
/** Histograms not yet used, and those given back: a stack in their first words. */
let nextHistogram: usize = 0;
let freeHistogram: usize = 0;
let sets: usize = 0;
let setAt: usize = 0;
/** Leaves that may be split, the next one first. */
let open: i32 = -1;
let closed: i32 = 0;

/** Record 0 is the root. Returns the number of records. */
export function growWhole(from: usize, team: usize): i32 {
  block = from;
  control = team;
  openRecords(block);
  openSearch(block);
  node = <usize>number(block, BELOW_NODE);
  found = <usize>number(block, BELOW_FOUND);
  rows = <usize>number(block, BELOW_ROWS);
  histogramBytes = <usize>number(block, BELOW_HISTOGRAM_BYTES);
  histogramPitch = (histogramBytes + 63) & ~63;
  nextHistogram = <usize>number(block, BELOW_HISTOGRAMS);
  freeHistogram = 0;
  sets = <usize>number(block, BELOW_SETS);
  setAt = sets;
  open = -1;
  closed = 0;
  put(node, NODE_MONOTONE, 0);
  put(node, NODE_DRAWS, number(block, BELOW_EXTRA) != 0 ? number(block, BELOW_DRAWS) : 0);
  const most = <i32>number(block, BELOW_MOST_LEAVES);
  const root = record(0);
  putWord(root, GROWN_COLUMN, -1);
  putWord(root, GROWN_SET, -1);
  openOrClose(0, most > 1 && canOpen(root) && findIn(root, counted(root, 0)));
  let count = 1;
  for (let leaves = 1; open >= 0 && leaves < most; leaves++) {
    split(record(pop()), count, leaves + 1 < most);
    count += 2;
  }
  while (open >= 0) {
    const leaf = pop();
    putWord(record(leaf), GROWN_COLUMN, -1);
    close(leaf);
  }
  return count;
}

/** Splits the node: its children become records `left` and left + 1. mayOpen: another split is allowed. */
function split(parent: usize, left: i32, mayOpen: bool): void {
  const middle = part(parent);
  const leftG = number(parent, GROWN_LEFT_G);
  const leftH = number(parent, GROWN_LEFT_H);
  const begin = word(parent, GROWN_BEGIN);
  const end = word(parent, GROWN_END);
  putWord(parent, GROWN_LEFT, left);
  addChild(parent, left, begin, middle, leftG, leftH);
  addChild(parent, left + 1, middle, end, number(parent, GROWN_G) - leftG, number(parent, GROWN_H) - leftH);
  const above = <usize>word(parent, GROWN_HISTOGRAM);
  const opensLeft = mayOpen && canOpen(record(left));
  const opensRight = mayOpen && canOpen(record(left + 1));
  if (!opensLeft && !opensRight) {
    giveBack(above);
    openOrClose(left, false);
    openOrClose(left + 1, false);
    return;
  }
  const leftIsSmall = middle - begin <= end - middle;
  const small = counted(record(leftIsSmall ? left : left + 1), above);
  const foundLeft = findOrFree(record(left), leftIsSmall ? small : above, opensLeft);
  const foundRight = findOrFree(record(left + 1), leftIsSmall ? above : small, opensRight);
  openOrClose(left, foundLeft);
  openOrClose(left + 1, foundRight);
}

function openOrClose(child: i32, isOpen: bool): void {
  if (isOpen) push(child);
  else close(child);
}

/** Leaves are numbered as they are closed. */
function close(leaf: i32): void {
  putWord(record(leaf), GROWN_LEFT, closed++);
}

/** Of equal ranks the one pushed first stays first. */
function push(child: i32): void {
  const rank = rankOf(record(child));
  let before = -1;
  let after = open;
  while (after >= 0 && rankOf(record(after)) >= rank) {
    before = after;
    after = word(record(after), GROWN_NEXT);
  }
  putWord(record(child), GROWN_NEXT, after);
  if (before < 0) open = child;
  else putWord(record(before), GROWN_NEXT, child);
}

function pop(): i32 {
  const first = open;
  open = word(record(first), GROWN_NEXT);
  return first;
}

function rankOf(about: usize): f64 {
  return number(block, BELOW_DEPTH_WISE) != 0 ? -<f64>word(about, GROWN_DEPTH) : number(about, GROWN_GAIN);
}

function take(): usize {
  const free = freeHistogram;
  if (free != 0) {
    freeHistogram = <usize>load<u32>(free);
    return free;
  }
  const next = nextHistogram;
  nextHistogram += histogramPitch;
  return next;
}

function giveBack(histogram: usize): void {
  store<u32>(histogram, <u32>freeHistogram);
  freeHistogram = histogram;
}

/** A histogram of the node's rows. above: 0, or the histogram that loses them. */
function counted(about: usize, above: usize): usize {
  const out = take();
  buildHistogram(
    control,
    <usize>number(block, BELOW_BINS8),
    <usize>number(block, BELOW_STRIDE8),
    <usize>number(block, BELOW_QUADS8),
    <usize>number(block, BELOW_BINS16),
    <usize>number(block, BELOW_STRIDE16),
    <usize>number(block, BELOW_CELLS16),
    histogramBytes >> 3,
    number(block, BELOW_FEW_SLOTS) != 0,
    <usize>number(block, BELOW_LIST8),
    <usize>number(block, BELOW_COUNT8),
    <usize>number(block, BELOW_LIST16),
    <usize>number(block, BELOW_COUNT16),
    rows,
    <usize>word(about, GROWN_BEGIN),
    <usize>word(about, GROWN_END),
    <usize>number(block, BELOW_PACKED),
    out,
    above,
  );
  return out;
}

function findOrFree(about: usize, histogram: usize, mayOpen: bool): bool {
  if (mayOpen) return findIn(about, histogram);
  giveBack(histogram);
  return false;
}

/** Writes the best split into the record and keeps the histogram; without one gives it back. */
function findIn(about: usize, histogram: usize): bool {
  const count = <i32>number(block, BELOW_COUNT);
  const columns = <usize>number(block, BELOW_COLUMNS);
  const scratch = <usize>number(block, BELOW_SCRATCH);
  describe(about);
  if (number(block, BELOW_EXTRA) != 0) for (let i = 0, draws = <usize>number(block, BELOW_DRAWS); i < count; i++) put(draws, i, uniform());
  findBestSplit(control, histogram, columns, <usize>number(block, BELOW_LIST), <usize>count, node, found);
  if (!gainsEnough()) {
    giveBack(histogram);
    return false;
  }
  const column = <i32>number(found, FOUND_COLUMN);
  putWord(about, GROWN_HISTOGRAM, <i32>histogram);
  putWord(about, GROWN_COLUMN, column);
  putWord(about, GROWN_BIN, <i32>number(found, FOUND_BIN));
  putWord(about, GROWN_MISSING_LEFT, <i32>number(found, FOUND_MISSING_LEFT));
  put(about, GROWN_GAIN, number(found, FOUND_GAIN));
  put(about, GROWN_LEFT_G, number(found, FOUND_LEFT_G));
  put(about, GROWN_LEFT_H, number(found, FOUND_LEFT_H));
  if (number(found, FOUND_PREFIX) == 0) return true;
  const valueBins = word(columns + (<usize>(column * COLUMN_WORDS) << 2), COLUMN_VALUE_BINS);
  writeFoundLevels(histogram, columns, node, found, scratch, setAt);
  putWord(about, GROWN_SET, <i32>(setAt - sets));
  putWord(about, GROWN_MISSING_LEFT, <i32>load<u8>(setAt + <usize>valueBins));
  setAt += <usize>valueBins + 1;
  return true;
}

/** Stable partition of the record's rows by its split. Returns the place of the first row on the right. */
function part(about: usize): i32 {
  const column = <usize>number(block, BELOW_COLUMNS) + (<usize>(word(about, GROWN_COLUMN) * COLUMN_WORDS) << 2);
  const begin = <usize>word(about, GROWN_BEGIN);
  const end = <usize>word(about, GROWN_END);
  const spare = <usize>number(block, BELOW_SPARE_ROWS);
  const slot = word(column, COLUMN_SLOT);
  const slots8 = <i32>number(block, BELOW_SLOTS8);
  const table = tableOf(about, column);
  const isWide = slot >= slots8;
  const bins = isWide
    ? <usize>number(block, BELOW_BINS16) + (<usize>(slot - slots8) << 1)
    : <usize>number(block, BELOW_COLUMNS8) + <usize>slot * <usize>number(block, BELOW_PITCH8);
  const stride = isWide ? <usize>number(block, BELOW_STRIDE16) : 1;
  return <i32>(begin + partitionRows(control, bins, stride, isWide, table, rows, begin, end, spare));
}

/** By bin of the slot: bins of other columns of the slot stand for this column's implicit bin. */
function tableOf(about: usize, column: usize): usize {
  const implicit = word(column, COLUMN_IMPLICIT);
  const set = word(about, GROWN_SET);
  if (implicit < 0 && set >= 0) return sets + <usize>set;
  const table = <usize>number(block, BELOW_TABLE);
  const valueBins = word(column, COLUMN_VALUE_BINS);
  if (implicit < 0) {
    const lefts = word(about, GROWN_BIN) + 1;
    memory.fill(table, 1, lefts);
    memory.fill(table + <usize>lefts, 0, valueBins - lefts);
    store<u8>(table + <usize>valueBins, <u8>word(about, GROWN_MISSING_LEFT));
    return table;
  }
  const first = word(column, COLUMN_FIRST);
  const bins = valueBins + word(column, COLUMN_HAS_MISSING);
  memory.fill(table, <u8>isLeft(about, implicit, valueBins), 256);
  for (let bin = 0; bin < bins; bin++) {
    if (bin != implicit) store<u8>(table + <usize>(first + bin - <i32>(bin > implicit)), <u8>isLeft(about, bin, valueBins));
  }
  return table;
}

function isLeft(about: usize, bin: i32, valueBins: i32): bool {
  const set = word(about, GROWN_SET);
  if (set >= 0) return load<u8>(sets + <usize>set + <usize>bin) != 0;
  return bin == valueBins ? word(about, GROWN_MISSING_LEFT) != 0 : bin <= word(about, GROWN_BIN);
}
