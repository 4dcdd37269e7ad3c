import {
  BELOW_COUNT,
  BELOW_DRAWN,
  BELOW_EXTRA,
  BELOW_FOUND,
  BELOW_LIST,
  BELOW_MIN_DATA,
  BELOW_MIN_GAIN,
  BELOW_MIN_HESSIAN,
  BELOW_NODE,
  BELOW_STREAM,
  BELOW_TABLE,
  BELOW_TAKE,
  FOUND_BIN,
  FOUND_COLUMN,
  FOUND_COULD_SPLIT,
  FOUND_GAIN,
  FOUND_LEFT_G,
  FOUND_LEFT_H,
  FOUND_MISSING_LEFT,
  FOUND_PREFIX,
  GROWN_BEGIN,
  GROWN_BIN,
  GROWN_COLUMN,
  GROWN_END,
  GROWN_G,
  GROWN_GAIN,
  GROWN_H,
  GROWN_LEFT_G,
  GROWN_LEFT_H,
  GROWN_MISSING_LEFT,
  NODE_G,
  NODE_G_UNIT,
  NODE_H,
  NODE_H_UNIT,
  NODE_L2,
  NODE_MIN_H,
  NODE_MIN_ROWS,
  NODE_MIN_SUM,
  NODE_ROWS_PER_H,
} from "./_layout";
import { binOf, columnBins, fillCells, hasLevels, implicit, rows, scratch, sumOfRow, turnTo, valueBins } from "./_column";
import { bestLevels, levelSums, writeLevels } from "./_levels";
import { gainOf, rowsOf } from "./_split";
import { number, put, putWord, word } from "./_words";

// The best split of one node that is grown in one call.

/** A split must lower the loss by more than this share of it (growth/part.ts). */
const ROUNDING: f64 = 1e-10;

let block: usize = 0;
let node: usize = 0;
let found: usize = 0;
let table: usize = 0;
let isExtra: bool = false;
/** Missing rows of the node in the column of the best numeric split. */
let bestMissing: i64 = 0;
/** Set by openCells. */
let openedLast: i32 = 0;

export function openSearch(from: usize): void {
  block = from;
  node = <usize>number(block, BELOW_NODE);
  found = <usize>number(block, BELOW_FOUND);
  table = <usize>number(block, BELOW_TABLE);
  isExtra = number(block, BELOW_EXTRA) != 0;
}

/** sfc32 of random.ts. */
export function uniform(): f64 {
  const stream = <usize>number(block, BELOW_STREAM);
  const a = load<u32>(stream);
  const b = load<u32>(stream, 4);
  const c = load<u32>(stream, 8);
  const d = load<u32>(stream, 12);
  const t = a + b + d;
  store<u32>(stream, b ^ (b >>> 9));
  store<u32>(stream, c + (c << 3), 4);
  store<u32>(stream, ((c << 21) | (c >>> 11)) + t, 8);
  store<u32>(stream, d + 1, 12);
  return <f64>t / 4294967296.0;
}

/** The best split of the record into `found`, its levels into the table. As in Breiman's forests: draw on when all drawn columns are constant in the node. */
export function findBest(about: usize): bool {
  const list = <usize>number(block, BELOW_LIST);
  const count = <i32>number(block, BELOW_COUNT);
  const take = <i32>number(block, BELOW_TAKE);
  describe(about);
  if (take == 0) return searchColumns(about, list, count);
  const drawn = <usize>number(block, BELOW_DRAWN);
  for (let i = 0, taken = 0; taken < take; i++) {
    if (uniform() * <f64>(count - i) < <f64>(take - taken)) putWord(drawn, taken++, word(list, i));
  }
  if (searchColumns(about, drawn, take)) return true;
  return number(found, FOUND_COULD_SPLIT) == 0 && searchColumns(about, list, count);
}

/** Writes what the node's search must know of it. */
export function describe(about: usize): void {
  const h = number(about, GROWN_H);
  const rowsPerH = <f64>(word(about, GROWN_END) - word(about, GROWN_BEGIN)) / h;
  // Any filled side has a row.
  const minRows = number(block, BELOW_MIN_DATA) <= 1 ? 0 : number(block, BELOW_MIN_DATA);
  const byRows = Math.ceil((minRows - 0.5) / rowsPerH);
  const bySum = max(1.0, Math.ceil(number(block, BELOW_MIN_HESSIAN) / number(node, NODE_H_UNIT)));
  put(node, NODE_G, number(about, GROWN_G));
  put(node, NODE_H, h);
  put(node, NODE_ROWS_PER_H, rowsPerH);
  put(node, NODE_MIN_H, max(byRows, bySum));
  put(node, NODE_MIN_ROWS, minRows);
  put(node, NODE_MIN_SUM, bySum);
}

function searchColumns(about: usize, list: usize, count: i32): bool {
  const begin = rows + (<usize>word(about, GROWN_BEGIN) << 2);
  const end = rows + (<usize>word(about, GROWN_END) << 2);
  put(found, FOUND_GAIN, -Infinity);
  put(found, FOUND_COLUMN, -1);
  put(found, FOUND_COULD_SPLIT, 0);
  put(found, FOUND_PREFIX, 0);
  for (let i = 0; i < count; i++) {
    const column = word(list, i);
    const draw = isExtra ? uniform() : -1;
    turnTo(column);
    if (hasLevels(column)) searchLevels(column, begin, end, draw);
    else if (isExtra && number(node, NODE_MIN_ROWS) == 0) tryDrawn(column, begin, end, draw);
    else searchNumeric(column, begin, end, draw);
  }
  return gainsEnough();
}

/** Turns the gain of both sides into what they gain over the node. */
export function gainsEnough(): bool {
  if (number(found, FOUND_COLUMN) < 0) return false;
  const gain = number(found, FOUND_GAIN);
  const g = number(node, NODE_G) * number(node, NODE_G_UNIT);
  const improvement = gain - (g * g) / (number(node, NODE_H) * number(node, NODE_H_UNIT) + number(node, NODE_L2));
  put(found, FOUND_GAIN, improvement);
  return improvement > number(block, BELOW_MIN_GAIN) && improvement > ROUNDING * abs(gain);
}

function searchLevels(column: i32, begin: usize, end: usize, draw: f64): void {
  const used = fillCells(begin, end);
  const before = number(found, FOUND_GAIN);
  bestLevels(used, column, valueBins, node, draw, scratch, found);
  if (number(found, FOUND_GAIN) == before) return;
  writeLevels(used, valueBins, node, <i32>number(found, FOUND_PREFIX), number(found, FOUND_LEFT_H), scratch, table);
}

function searchNumeric(column: i32, begin: usize, end: usize, draw: f64): void {
  const used = fillCells(begin, end);
  if (used == 0) return;
  const sums = levelSums();
  const hasGaps = word(scratch, used - 1) == valueBins;
  const missing = hasGaps ? load<i64>(sums + (<usize>(used - 1) << 3)) : 0;
  const filled = used - <i32>hasGaps;
  if (filled == 0) return;
  const only = draw < 0 ? -1 : drawnOf(word(scratch, 0), word(scratch, filled - 1), missing, draw);
  scanCells(column, filled, 0, missing, only);
  if (hasGaps) scanCells(column, filled, missing, missing, only);
}

/** A threshold from the smallest filled bin to the one before the largest; with missing rows the largest may be drawn too. */
function drawnOf(low: i32, high: i32, missing: i64, draw: f64): i32 {
  return low + <i32>Math.floor(draw * <f64>max(1, high - low + <i32>(missing != 0)));
}

/** As openBins of _split.ts on the filled bins, as places: the first, then in openedLast the last threshold that leaves enough on both sides. -1: none does. */
function openCells(filled: i32, start: i64, missing: i64): i32 {
  const sums = levelSums();
  const minRows = number(node, NODE_MIN_ROWS);
  const minSum = number(node, NODE_MIN_SUM);
  const rowsPerH = number(node, NODE_ROWS_PER_H);
  let side = start;
  let rows = rowsOf(<f64>(<u32>side), rowsPerH);
  let first = 0;
  for (; first < filled; first++) {
    const v = load<i64>(sums + (<usize>first << 3));
    side += v;
    rows += rowsOf(<f64>(<u32>v), rowsPerH);
    if (rows >= minRows && <f64>(<u32>side) >= minSum) break;
  }
  side = missing - start;
  rows = rowsOf(<f64>(<u32>side), rowsPerH);
  openedLast = filled - 1;
  while (openedLast >= first && (rows < minRows || <f64>(<u32>side) < minSum)) {
    const v = load<i64>(sums + (<usize>openedLast << 3));
    openedLast--;
    side += v;
    rows += rowsOf(<f64>(<u32>v), rowsPerH);
  }
  return openedLast < first ? -1 : first;
}

/** As the scans of _split.ts on the filled bins; of a shared slot and a drawn threshold as scanGeneral: both round in their own way. */
function scanCells(column: i32, filled: i32, start: i64, missing: i64, only: i32): void {
  const first = openCells(filled, start, missing);
  if (first < 0) return;
  put(found, FOUND_COULD_SPLIT, 1);
  const sums = levelSums();
  const total = (<i64>number(node, NODE_G) << 32) + <i64>number(node, NODE_H);
  const gUnit = number(node, NODE_G_UNIT);
  const hUnit = number(node, NODE_H_UNIT);
  const l2 = number(node, NODE_L2);
  const inSteps = implicit < 0 && only < 0;
  const scale = inSteps ? gUnit * gUnit : 1;
  let best = number(found, FOUND_GAIN) / scale;
  let bestAt = -1;
  let bestLeft: i64 = 0;
  let left = start;
  for (let i = 0; i <= openedLast; i++) {
    left += load<i64>(sums + (<usize>i << 3));
    // A drawn threshold lies at a filled bin or between it and the next one.
    if (i < first || (only >= 0 && (word(scratch, i) > only || (i + 1 < filled && word(scratch, i + 1) <= only)))) continue;
    const right = total - left;
    let gain: f64;
    if (inSteps) {
      const gl = <f64>(<i32>(left >> 32));
      const gr = <f64>(<i32>(right >> 32));
      gain = (gl * gl) / (<f64>(<u32>left) * hUnit + l2) + (gr * gr) / (<f64>(<u32>right) * hUnit + l2);
    } else gain = gainOf(left, right, node, l2, 0);
    if (gain > best) {
      best = gain;
      bestAt = i;
      bestLeft = left;
    }
  }
  if (bestAt < 0) return;
  const bin = word(scratch, bestAt);
  const middle = bestAt + 1 == filled ? valueBins - 1 : (bin + word(scratch, bestAt + 1)) >> 1;
  keep(column, best * scale, only < 0 ? middle : only, start != 0, bestLeft, missing);
}

function keep(column: i32, gain: f64, bin: i32, missingLeft: bool, left: i64, missing: i64): void {
  put(found, FOUND_GAIN, gain);
  put(found, FOUND_COLUMN, <f64>column);
  put(found, FOUND_BIN, <f64>bin);
  put(found, FOUND_MISSING_LEFT, <f64>missingLeft);
  put(found, FOUND_LEFT_G, <f64>(<i32>(left >> 32)));
  put(found, FOUND_LEFT_H, <f64>(<u32>left));
  put(found, FOUND_PREFIX, 0);
  bestMissing = missing;
}

/** Of leaves of one row and more, which need no bins to be told apart. */
function tryDrawn(column: i32, begin: usize, end: usize, draw: f64): void {
  let low = valueBins;
  let high = -1;
  let missing: i64 = 0;
  for (let p = begin; p < end; p += 4) {
    const row = <usize>load<u32>(p);
    const bin = binOf(row);
    if (bin == valueBins) missing += sumOfRow(row);
    else {
      low = min(low, bin);
      high = max(high, bin);
    }
  }
  if (high < 0) return;
  const only = drawnOf(low, high, missing, draw);
  let below: i64 = 0;
  for (let p = begin; p < end; p += 4) {
    const row = <usize>load<u32>(p);
    below += select<i64>(sumOfRow(row), 0, binOf(row) <= only);
  }
  const isOne = tryAt(column, only, below, missing, false);
  const isOther = missing != 0 && tryAt(column, only, below + missing, missing, true);
  if (isOne || isOther || number(found, FOUND_COULD_SPLIT) != 0) return;
  // The drawn threshold leaves too little on a side: whether another would not decides if more columns are drawn.
  const used = fillCells(begin, end) - <i32>(missing != 0);
  const sums = levelSums();
  let left: i64 = 0;
  let leftAndMissing = missing;
  for (let i = 0; i < used; i++) {
    left += load<i64>(sums + (<usize>i << 3));
    leftAndMissing += load<i64>(sums + (<usize>i << 3));
    if (isFilled(left) || (missing != 0 && isFilled(leftAndMissing))) put(found, FOUND_COULD_SPLIT, 1);
  }
}

function isFilled(left: i64): bool {
  const minSum = number(node, NODE_MIN_SUM);
  const h = <f64>(<u32>left);
  return h >= minSum && number(node, NODE_H) - h >= minSum;
}

function tryAt(column: i32, bin: i32, left: i64, missing: i64, missingLeft: bool): bool {
  if (!isFilled(left)) return false;
  put(found, FOUND_COULD_SPLIT, 1);
  const total = (<i64>number(node, NODE_G) << 32) + <i64>number(node, NODE_H);
  const gain = gainOf(left, total - left, node, number(node, NODE_L2), 0);
  if (gain > number(found, FOUND_GAIN)) keep(column, gain, bin, missingLeft, left, missing);
  return true;
}

/** Writes the found split into the record. True when it is one of levels, which lie in the table. */
export function keepSplit(about: usize): bool {
  const isLevels = number(found, FOUND_PREFIX) != 0;
  const column = <i32>number(found, FOUND_COLUMN);
  // Without missing rows in the node, missing follows the side with the larger hessian.
  const follows = bestMissing == 0 && 2 * number(found, FOUND_LEFT_H) >= number(node, NODE_H);
  const missingLeft = isLevels ? load<u8>(table + <usize>columnBins(column)) != 0 : number(found, FOUND_MISSING_LEFT) != 0 || follows;
  putWord(about, GROWN_COLUMN, column);
  putWord(about, GROWN_BIN, <i32>number(found, FOUND_BIN));
  putWord(about, GROWN_MISSING_LEFT, <i32>missingLeft);
  put(about, GROWN_GAIN, number(found, FOUND_GAIN));
  put(about, GROWN_LEFT_G, number(found, FOUND_LEFT_G));
  put(about, GROWN_LEFT_H, number(found, FOUND_LEFT_H));
  return isLevels;
}
