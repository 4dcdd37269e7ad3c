import {
  COLUMN_CELL,
  COLUMN_HAS_MISSING,
  COLUMN_IMPLICIT,
  COLUMN_LEVELS,
  COLUMN_VALUE_BINS,
  COLUMN_WORDS,
  FOUND_BIN,
  FOUND_COLUMN,
  FOUND_COULD_SPLIT,
  FOUND_GAIN,
  FOUND_LEFT_G,
  FOUND_LEFT_H,
  FOUND_MISSING_LEFT,
  FOUND_PREFIX,
  NODE_DRAWS,
  NODE_G,
  NODE_G_UNIT,
  NODE_H,
  NODE_H_UNIT,
  NODE_L1,
  NODE_L2,
  NODE_LOWER,
  NODE_MAX_STEP,
  NODE_MIN_ROWS,
  NODE_MIN_SUM,
  NODE_MONOTONE,
  NODE_PARENT_OUTPUT,
  NODE_PATH_SMOOTH,
  NODE_PLAIN,
  NODE_ROWS_PER_H,
  NODE_UPPER,
} from "./_layout";
import { bestLevels, collectLevels, levelSums, writeLevels } from "./_levels";
import { scanPlain } from "./_plain";
import { number, word } from "./_words";

/** The best split over columns list[begin..end); of equal gains the first. Writes `found`. scratch: LEVEL_BYTES for every cell of the widest column. */
export function findSplit(
  histogram: usize,
  columns: usize,
  list: usize,
  begin: i32,
  end: i32,
  node: usize,
  found: usize,
  scratch: usize,
): void {
  const plain = number(node, NODE_PLAIN) != 0;
  const draws = <usize>number(node, NODE_DRAWS);
  const monotone = <usize>number(node, NODE_MONOTONE);
  store<f64>(found + (FOUND_GAIN << 3), -Infinity);
  store<f64>(found + (FOUND_COLUMN << 3), -1);
  store<f64>(found + (FOUND_COULD_SPLIT << 3), 0);
  for (let i = begin; i < end; i++) {
    const column = word(list, i);
    const about = columns + (<usize>(column * COLUMN_WORDS) << 2);
    const cell = histogram + (<usize>word(about, COLUMN_CELL) << 3);
    const valueBins = word(about, COLUMN_VALUE_BINS);
    const implicit = word(about, COLUMN_IMPLICIT);
    const hasMissing = word(about, COLUMN_HAS_MISSING) != 0;
    const draw = draws == 0 ? -1 : load<f64>(draws + (<usize>i << 3));
    if (word(about, COLUMN_LEVELS) != 0) {
      bestLevels(collectLevels(cell, valueBins + <i32>hasMissing, scratch), column, valueBins, node, draw, scratch, found);
      continue;
    }
    const total = (<i64>number(node, NODE_G) << 32) + <i64>number(node, NODE_H);
    let hidden: i64 = 0;
    if (implicit >= 0) {
      hidden = total;
      const stored = valueBins - 1 + <i32>hasMissing;
      for (let b = 0; b < stored; b++) hidden -= load<i64>(cell + (<usize>b << 3));
    }
    let missing: i64 = 0;
    if (hasMissing) {
      missing = implicit == valueBins ? hidden : load<i64>(cell + (<usize>(valueBins - <i32>(implicit >= 0)) << 3));
    }
    const only = draws == 0 ? -1 : drawnBin(cell, valueBins, implicit, hidden, missing, draw);
    const sign = monotone == 0 ? 0 : word(monotone, column);
    if (plain && only < 0 && sign == 0 && implicit < 0) {
      // A node with fewer rows than bins leaves many of them empty.
      const isSparse = number(node, NODE_H) * number(node, NODE_ROWS_PER_H) < <f64>valueBins;
      const filled = isSparse ? collectLevels(cell, valueBins, scratch) : valueBins;
      const cells = isSparse ? levelSums() : cell;
      const bins = isSparse ? scratch : 0;
      scanPlain(cells, filled, bins, valueBins, 0, total, missing, node, column, found);
      if (missing != 0) scanPlain(cells, filled, bins, valueBins, missing, total, missing, node, column, found);
      continue;
    }
    scanGeneral(cell, valueBins, implicit, hidden, 0, total, missing, node, only, sign, column, found);
    if (missing != 0) scanGeneral(cell, valueBins, implicit, hidden, missing, total, missing, node, only, sign, column, found);
  }
}

// @ts-ignore: decorator
@inline
function cellAt(cell: usize, bin: i32, implicit: i32, hidden: i64): i64 {
  if (bin == implicit) return hidden;
  return load<i64>(cell + (<usize>(bin - <i32>(implicit >= 0 && bin > implicit)) << 3));
}

/** First and last threshold that leave enough on both sides, and what lies left of or at the first; set by openBins. */
let firstBin: i32 = 0;
let lastBin: i32 = 0;
let firstLeft: i64 = 0;

/**
 * Rows of a bin are told from its hessian, as LightGBM does: exact where all hessians are equal. A bin of one sure row counts none, so a side of sure rows is no leaf,
 * however many they are: the Newton step would make them surer still.
 */
// @ts-ignore: decorator
@inline
export function rowsOf(h: f64, rowsPerH: f64): f64 {
  return Math.floor(h * rowsPerH + 0.5);
}

/** False when no threshold leaves enough rows and hessian on both sides. start: missing rows on the left; missing: all of them. */
function openBins(cell: usize, valueBins: i32, implicit: i32, hidden: i64, start: i64, missing: i64, node: usize): bool {
  const minRows = number(node, NODE_MIN_ROWS);
  const minSum = number(node, NODE_MIN_SUM);
  const rowsPerH = number(node, NODE_ROWS_PER_H);
  let side = start;
  let rows = rowsOf(<f64>(<u32>side), rowsPerH);
  firstBin = 0;
  while (true) {
    if (firstBin == valueBins) return false;
    const v = cellAt(cell, firstBin, implicit, hidden);
    side += v;
    rows += rowsOf(<f64>(<u32>v), rowsPerH);
    if (rows >= minRows && <f64>(<u32>side) >= minSum) break;
    firstBin++;
  }
  firstLeft = side;
  side = missing - start;
  rows = rowsOf(<f64>(<u32>side), rowsPerH);
  lastBin = valueBins - 1;
  while (rows < minRows || <f64>(<u32>side) < minSum) {
    if (lastBin <= firstBin) return false;
    const v = cellAt(cell, lastBin, implicit, hidden);
    side += v;
    rows += rowsOf(<f64>(<u32>v), rowsPerH);
    lastBin--;
  }
  return true;
}

/** The bin is filled or the first; of the thresholds up to the next filled bin, which part the node's rows alike, the middle one. Without a next one, all values go left. */
export function middleOfGap(cell: usize, bin: i32, valueBins: i32, implicit: i32, hidden: i64): i32 {
  let next = bin + 1;
  while (next < valueBins && cellAt(cell, next, implicit, hidden) == 0) next++;
  return next == valueBins ? next - 1 : (bin + next) >> 1;
}

function scanGeneral(
  cell: usize,
  valueBins: i32,
  implicit: i32,
  hidden: i64,
  start: i64,
  total: i64,
  missing: i64,
  node: usize,
  only: i32,
  sign: i32,
  column: i32,
  found: usize,
): void {
  if (!openBins(cell, valueBins, implicit, hidden, start, missing, node)) return;
  store<f64>(found + (FOUND_COULD_SPLIT << 3), 1);
  let best = number(found, FOUND_GAIN);
  let bestBin = -1;
  let bestLeft: i64 = 0;
  let left = firstLeft;
  for (let bin = firstBin; ; ) {
    if (only < 0 || bin == only) {
      const gain = gainOf(left, total - left, node, number(node, NODE_L2), sign);
      if (gain > best) {
        best = gain;
        bestBin = bin;
        bestLeft = left;
      }
    }
    if (++bin > lastBin) break;
    left += cellAt(cell, bin, implicit, hidden);
  }
  if (bestBin < 0) return;
  const bin = only < 0 ? middleOfGap(cell, bestBin, valueBins, implicit, hidden) : bestBin;
  keep(found, best, column, bin, sendsMissingLeft(start, missing == 0, <f64>(<u32>bestLeft), node), bestLeft);
}

/** The scan began with the missing rows; or the node has none (isFull), then missing follows the side with the larger hessian. */
export function sendsMissingLeft(start: i64, isFull: bool, leftH: f64, node: usize): bool {
  return start != 0 || (isFull && 2 * leftH >= number(node, NODE_H));
}

function keep(found: usize, gain: f64, column: i32, bin: i32, missingLeft: bool, left: i64): void {
  store<f64>(found + (FOUND_GAIN << 3), gain);
  store<f64>(found + (FOUND_COLUMN << 3), <f64>column);
  store<f64>(found + (FOUND_BIN << 3), <f64>bin);
  store<f64>(found + (FOUND_PREFIX << 3), 0);
  store<f64>(found + (FOUND_MISSING_LEFT << 3), <f64>missingLeft);
  store<f64>(found + (FOUND_LEFT_G << 3), <f64>(<i32>(left >> 32)));
  store<f64>(found + (FOUND_LEFT_H << 3), <f64>(<u32>left));
}

/** Gain of both sides; sign: of a monotone constraint. */
export function gainOf(left: i64, right: i64, node: usize, l2: f64, sign: i32): f64 {
  const gUnit = number(node, NODE_G_UNIT);
  const hUnit = number(node, NODE_H_UNIT);
  const gl = <f64>(<i32>(left >> 32)) * gUnit;
  const gr = <f64>(<i32>(right >> 32)) * gUnit;
  const hl = <f64>(<u32>left) * hUnit + l2;
  const hr = <f64>(<u32>right) * hUnit + l2;
  if (number(node, NODE_PLAIN) != 0 && sign == 0) return (gl * gl) / hl + (gr * gr) / hr;
  const rowsPerH = number(node, NODE_ROWS_PER_H);
  const outL = outputOf(gl, hl, <f64>(<u32>left) * rowsPerH, node);
  const outR = outputOf(gr, hr, <f64>(<u32>right) * rowsPerH, node);
  if (sign > 0 && outL > outR) return -Infinity;
  if (sign < 0 && outL < outR) return -Infinity;
  const l1 = number(node, NODE_L1);
  return gainAt(gl, hl, l1, outL) + gainAt(gr, hr, l1, outR);
}

/** sign(g) max(0, |g| - l1). */
function shrunk(g: f64, l1: f64): f64 {
  const size = max(0.0, abs(g) - l1);
  return g < 0 ? -size : size;
}

/** h holds l2. */
function outputOf(g: f64, h: f64, rows: f64, node: usize): f64 {
  let out = -shrunk(g, number(node, NODE_L1)) / h;
  const step = number(node, NODE_MAX_STEP);
  if (step > 0 && abs(out) > step) out = out < 0 ? -step : step;
  const smooth = number(node, NODE_PATH_SMOOTH);
  if (smooth > 0) {
    const share = rows / smooth;
    out = (out * share) / (share + 1) + number(node, NODE_PARENT_OUTPUT) / (share + 1);
  }
  return min(max(out, number(node, NODE_LOWER)), number(node, NODE_UPPER));
}

function gainAt(g: f64, h: f64, l1: f64, out: f64): f64 {
  return -(2 * shrunk(g, l1) * out + h * out * out);
}

/** A bin from the smallest filled one to the one before the largest filled one; with missing rows the largest may be drawn too. */
function drawnBin(cell: usize, valueBins: i32, implicit: i32, hidden: i64, missing: i64, draw: f64): i32 {
  let low = 0;
  while (low < valueBins && cellAt(cell, low, implicit, hidden) == 0) low++;
  let high = valueBins - 1;
  while (high > low && cellAt(cell, high, implicit, hidden) == 0) high--;
  const choices = max(1, high - low + <i32>(missing != 0));
  return min(low, valueBins - 1) + <i32>Math.floor(draw * <f64>choices);
}

/** The levels that a found categorical split sends left, as bytes by bin and for missing. */
export function writeFoundLevels(histogram: usize, columns: usize, node: usize, found: usize, scratch: usize, table: usize): void {
  const about = columns + (<usize>(<i32>number(found, FOUND_COLUMN) * COLUMN_WORDS) << 2);
  const cell = histogram + (<usize>word(about, COLUMN_CELL) << 3);
  const valueBins = word(about, COLUMN_VALUE_BINS);
  const count = collectLevels(cell, valueBins + <i32>(word(about, COLUMN_HAS_MISSING) != 0), scratch);
  writeLevels(count, valueBins, node, <i32>number(found, FOUND_PREFIX), number(found, FOUND_LEFT_H), scratch, table);
}
