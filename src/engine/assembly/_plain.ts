import {
  FOUND_BIN,
  FOUND_COLUMN,
  FOUND_COULD_SPLIT,
  FOUND_GAIN,
  FOUND_LEFT_G,
  FOUND_LEFT_H,
  FOUND_MISSING_LEFT,
  FOUND_PREFIX,
  NODE_G_UNIT,
  NODE_H_UNIT,
  NODE_L2,
  NODE_MIN_ROWS,
  NODE_MIN_SUM,
  NODE_ROWS_PER_H,
} from "./_layout";
import { middleOfGap, rowsOf, sendsMissingLeft } from "./_split";
import { number, word } from "./_words";

// The best threshold of a numeric column where the gain is G^2 / (H + l2) on both sides.

/** What lies left of the first open threshold (openLeft) or right of the last one (openRight), not counting its own bin. */
let outside: i64 = 0;

// @ts-ignore: decorator
@inline
function hessiansOf(cells: v128): v128 {
  return f64x2.convert_low_i32x4_s(v128.shuffle<i32>(cells, cells, 0, 2, 0, 2));
}

/** Rows of the four bins from `at`. */
// @ts-ignore: decorator
@inline
function rowsOfFour(first: v128, second: v128, rowsPerH: v128, half: v128): f64 {
  const a = f64x2.floor(f64x2.add(f64x2.mul(hessiansOf(first), rowsPerH), half));
  const b = f64x2.floor(f64x2.add(f64x2.mul(hessiansOf(second), rowsPerH), half));
  return lanesOf(f64x2.add(a, b));
}

// @ts-ignore: decorator
@inline
function lanesOf(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** The first threshold that leaves enough on its left, start being there already; `end` when none does. Four bins at a time as long as they are not enough. */
function openLeft(cell: usize, end: usize, start: i64, minRows: f64, minSum: f64, rowsPerH: f64, perH: v128, half: v128): usize {
  let left = start;
  let rows = rowsOf(<f64>(<u32>left), rowsPerH);
  let at = cell;
  while (at + 32 <= end) {
    const first = v128.load(at);
    const second = v128.load(at, 16);
    const sum = i64x2.add(first, second);
    const further = left + i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1);
    const furtherRows = rows + rowsOfFour(first, second, perH, half);
    if (furtherRows >= minRows && <f64>(<u32>further) >= minSum) break;
    left = further;
    rows = furtherRows;
    at += 32;
  }
  for (; at < end; at += 8) {
    const v = load<i64>(at);
    rows += rowsOf(<f64>(<u32>v), rowsPerH);
    if (rows >= minRows && <f64>(<u32>(left + v)) >= minSum) break;
    left += v;
  }
  outside = left;
  return at;
}

/** The last threshold from `at` on that leaves enough on its right, start being there already; 0 when none does. */
function openRight(at: usize, end: usize, start: i64, minRows: f64, minSum: f64, rowsPerH: f64, perH: v128, half: v128): usize {
  let right = start;
  let rows = rowsOf(<f64>(<u32>right), rowsPerH);
  let last = end - 8;
  while (last >= at + 32) {
    const first = v128.load(last - 8);
    const second = v128.load(last - 24);
    const sum = i64x2.add(first, second);
    const further = right + i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1);
    const furtherRows = rows + rowsOfFour(first, second, perH, half);
    if (furtherRows >= minRows && <f64>(<u32>further) >= minSum) break;
    right = further;
    rows = furtherRows;
    last -= 32;
  }
  for (; rows < minRows || <f64>(<u32>right) < minSum; last -= 8) {
    if (last <= at) return 0;
    const v = load<i64>(last);
    right += v;
    rows += rowsOf(<f64>(<u32>v), rowsPerH);
  }
  return last;
}

/** Penalties up to this many hessians of a cell keep the screen within 32-bit numbers. */
const MOST_PENALTY: f64 = 2.0 ** 50;
/** Of the larger one of the best gain and the node's own: several times what rounding to 32 bits changes of the screen's sum. */
const SLACK: f64 = 2e-5;

/**
 * No L1, no bounds, no smoothing: the gain is GL^2 / (HL + l2) + GR^2 / (HR + l2), here in steps of gradients, without gUnit^2. Sums are whole numbers below 2^53, so
 * they are exact as f64 too. With a = HL + l2, S = H + 2 l2 the gain is above L where GL^2 + a (L a / S - 2 G GL / S + G^2 / S - L) is above 0: four bins at a time, in 32
 * bits, with room for their rounding. Only bins that pass this screen are divided. Empty bins repeat the gain before them and change nothing, so that filled ones are enough: then `bins`
 * are theirs, else 0.
 */
export function scanPlain(
  cell: usize,
  filled: i32,
  bins: usize,
  valueBins: i32,
  start: i64,
  total: i64,
  missing: i64,
  node: usize,
  column: i32,
  found: usize,
): void {
  const minRows = number(node, NODE_MIN_ROWS);
  const minSum = number(node, NODE_MIN_SUM);
  const perH = number(node, NODE_ROWS_PER_H);
  const end = cell + (<usize>filled << 3);
  const half = f64x2.splat(0.5);
  let open = openLeft(cell, end, start, minRows, minSum, perH, f64x2.splat(perH), half);
  // Missing rows alone on the left are the last threshold of the scan with them on the right.
  while (open < end && load<i64>(open) == 0) open += 8;
  if (open == end) return;
  const before = outside;
  const last = openRight(open, end, missing - start, minRows, minSum, perH, f64x2.splat(perH), half);
  if (last == 0) return;
  store<f64>(found + (FOUND_COULD_SPLIT << 3), 1);
  const hUnit = number(node, NODE_H_UNIT);
  const l2 = number(node, NODE_L2);
  const gUnit = number(node, NODE_G_UNIT);
  const units = gUnit * gUnit;
  const all = f64x2.convert_low_i32x4_s(i64x2.splat(total));
  // Beyond MOST_PENALTY nothing is screened; as a 32-bit infinity the penalty would make the sum of the screen no number, and no bin would pass.
  const l2s = f32x4.splat(<f32>min(l2 / hUnit, MOST_PENALTY));
  bestOfPlain(open, last, i64x2.splat(before), all, l2s, l2 / hUnit, node, number(found, FOUND_GAIN) / units);
  if (bestAt == 0) return;
  const leftH = <f64>(<u32>bestLeft);
  store<f64>(found + (FOUND_GAIN << 3), bestGain * units);
  store<f64>(found + (FOUND_COLUMN << 3), <f64>column);
  store<f64>(found + (FOUND_BIN << 3), <f64>thresholdAt(cell, <i32>((bestAt - cell) >> 3), filled, bins, valueBins));
  store<f64>(found + (FOUND_PREFIX << 3), 0);
  store<f64>(found + (FOUND_MISSING_LEFT << 3), <f64>sendsMissingLeft(start, missing == 0, leftH, node));
  store<f64>(found + (FOUND_LEFT_G << 3), <f64>(<i32>(bestLeft >> 32)));
  store<f64>(found + (FOUND_LEFT_H << 3), leftH);
}

/** As middleOfGap, by place among cells of which only the filled ones are given; bins: theirs, 0 when all are given. */
function thresholdAt(cell: usize, place: i32, filled: i32, bins: usize, valueBins: i32): i32 {
  if (bins == 0) return middleOfGap(cell, place, valueBins, -1, 0);
  return place + 1 == filled ? valueBins - 1 : (word(bins, place) + word(bins, place + 1)) >> 1;
}

/** Set by bestOfPlain: the place of the best threshold, 0 = none beats what was found before, what lies left of it, and its gain. */
let bestAt: usize = 0;
let bestLeft: i64 = 0;
let bestGain: f64 = 0;

// @ts-ignore: decorator
@inline
function prefixOf(v: v128, left: v128): v128 {
  return i64x2.add(i64x2.add(v, v128.shuffle<i64>(i64x2.splat(0), v, 0, 2)), left);
}

/** all: the node's (hessian, gradient). l2s: the penalty in units of cells, as `l2`; computed in the loop it would be computed anew for each bin. */
function bestOfPlain(open: usize, last: usize, before: v128, all: v128, l2s: v128, l2: f64, node: usize, found: f64): void {
  const unit = number(node, NODE_H_UNIT);
  const g = f64x2.extract_lane(all, 1);
  const both = f64x2.extract_lane(all, 0) + 2 * l2;
  const own = (g * g) / both;
  const slope = (2 * g) / both;
  let best = found;
  let at = open;
  let left = before;
  bestAt = 0;
  while (at <= last) {
    const least = best * unit;
    const isScreened = least > -Infinity && l2 < MOST_PENALTY;
    const square = f32x4.splat(isScreened ? <f32>(least / both) : 0);
    const linear = f32x4.splat(isScreened ? <f32>slope : 0);
    const constant = f32x4.splat(isScreened ? <f32>(own - least + SLACK * max(least, own)) : Infinity);
    // Bins behind the last threshold may be read too: what they tell is looked at again below.
    while (at <= last) {
      const first = prefixOf(v128.load(at), left);
      const second = prefixOf(v128.load(at, 16), v128.shuffle<i64>(first, first, 1, 1));
      const gl = f32x4.convert_i32x4_s(v128.shuffle<i32>(first, second, 1, 3, 5, 7));
      const a = f32x4.add(f32x4.convert_i32x4_s(v128.shuffle<i32>(first, second, 0, 2, 4, 6)), l2s);
      const inner = f32x4.add(f32x4.sub(f32x4.mul(square, a), f32x4.mul(linear, gl)), constant);
      const excess = f32x4.add(f32x4.mul(gl, gl), f32x4.mul(a, inner));
      if (i32x4.bitmask(f32x4.gt(excess, f32x4.splat(0))) != 0) break;
      left = v128.shuffle<i64>(second, second, 1, 1);
      at += 32;
    }
    if (at > last) break;
    // Behind the last threshold nothing is added: the second lane repeats the first.
    const sums = prefixOf(at < last ? v128.load(at) : v128.load64_zero(at), left);
    left = v128.shuffle<i64>(sums, sums, 1, 1);
    const gl = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(sums, sums, 1, 3, 1, 3));
    const hl = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(sums, sums, 0, 2, 0, 2));
    const gr = f64x2.sub(v128.shuffle<i64>(all, all, 1, 1), gl);
    const hr = f64x2.sub(v128.shuffle<i64>(all, all, 0, 0), hl);
    const penalty = f64x2.splat(number(node, NODE_L2));
    const units = f64x2.splat(unit);
    const gains = f64x2.add(
      f64x2.div(f64x2.mul(gl, gl), f64x2.add(f64x2.mul(hl, units), penalty)),
      f64x2.div(f64x2.mul(gr, gr), f64x2.add(f64x2.mul(hr, units), penalty)),
    );
    const one = f64x2.extract_lane(gains, 0);
    if (one > best) {
      best = one;
      bestAt = at;
      bestLeft = i64x2.extract_lane(sums, 0);
    }
    const other = f64x2.extract_lane(gains, 1);
    if (other > best) {
      best = other;
      bestAt = at + 8;
      bestLeft = i64x2.extract_lane(sums, 1);
    }
    at += 16;
  }
  bestGain = best;
}
