import {
  FOUND_BIN,
  FOUND_COLUMN,
  FOUND_COULD_SPLIT,
  FOUND_GAIN,
  FOUND_LEFT_G,
  FOUND_LEFT_H,
  FOUND_MISSING_LEFT,
  FOUND_PREFIX,
  NODE_CAT_L2,
  NODE_CAT_SMOOTH,
  NODE_G,
  NODE_G_UNIT,
  NODE_H,
  NODE_H_UNIT,
  NODE_L2,
  NODE_MAX_CAT_THRESHOLD,
  NODE_MAX_CAT_TO_ONEHOT,
  NODE_MIN_DATA_PER_GROUP,
  NODE_MIN_H,
  NODE_ROWS_PER_H,
} from "./_layout";
import { gainOf, rowsOf } from "./_split";
import { number } from "./_words";

// Scratch for n filled cells: u32 bins, u32 order, u32 other order, then (8 bytes aligned) i64 sums, f64 keys.

/** Where the parts of the scratch lie; set by collectLevels. */
let orderAt: usize = 0;
let otherAt: usize = 0;
let sumsAt: usize = 0;
let keysAt: usize = 0;

/** Which of 16 cells are filled, as bits: those with a hessian. */
// @ts-ignore: decorator
@inline
function filledOf(at: usize): u64 {
  const a = i16x8.narrow_i32x4_s(
    v128.shuffle<i32>(v128.load(at), v128.load(at, 16), 0, 2, 4, 6),
    v128.shuffle<i32>(v128.load(at, 32), v128.load(at, 48), 0, 2, 4, 6),
  );
  const b = i16x8.narrow_i32x4_s(
    v128.shuffle<i32>(v128.load(at, 64), v128.load(at, 80), 0, 2, 4, 6),
    v128.shuffle<i32>(v128.load(at, 96), v128.load(at, 112), 0, 2, 4, 6),
  );
  return <u64>i8x16.bitmask(i8x16.gt_s(i8x16.narrow_i16x8_s(a, b), i8x16.splat(0)));
}

/** The filled ones of `cells` cells: their bins and sums, ascending. Returns their number. */
export function collectLevels(cell: usize, cells: i32, scratch: usize): i32 {
  layLevels(cells, scratch);
  let binTo = scratch;
  let sumTo = sumsAt;
  for (let base = 0; base < cells; base += 64) {
    const from = cell + (<usize>base << 3);
    const count = min(64, cells - base);
    let bits: u64 = 0;
    let i = 0;
    for (; i + 16 <= count; i += 16) bits |= filledOf(from + (<usize>i << 3)) << i;
    // The rest is read as the end of the last 16 cells.
    if (i < count && base + count >= 16) bits |= (filledOf(from + (<usize>count << 3) - 128) >> (16 - (count - i))) << i;
    else for (; i < count; i++) bits |= <u64>(load<i64>(from + (<usize>i << 3)) != 0) << i;
    while (bits != 0) {
      const bin = <i32>ctz(bits);
      store<u32>(binTo, base + bin);
      store<i64>(sumTo, load<i64>(from + (<usize>bin << 3)));
      bits &= bits - 1;
      binTo += 4;
      sumTo += 8;
    }
  }
  return <i32>((binTo - scratch) >> 2);
}

/** Lays out the scratch for so many cells. */
export function layLevels(cells: i32, scratch: usize): void {
  const bytes = <usize>cells << 2;
  orderAt = scratch + bytes;
  otherAt = orderAt + bytes;
  sumsAt = (otherAt + bytes + 7) & ~7;
  keysAt = sumsAt + (<usize>cells << 3);
}

/** Address of the sums, after collectLevels or layLevels. */
export function levelSums(): usize {
  return sumsAt;
}

// @ts-ignore: decorator
@inline
function sumOf(place: u32): i64 {
  return load<i64>(sumsAt + (<usize>place << 3));
}

/**
 * Orders the levels that may move left; they are told by their place among the collected ones. Returns their number. `ends`: so many from either end are enough,
 * the others may lie in any order.
 */
function orderLevels(count: i32, oneHot: bool, node: usize, ends: i32): i32 {
  const smooth = oneHot ? 0 : number(node, NODE_CAT_SMOOTH);
  const gUnit = number(node, NODE_G_UNIT);
  const hUnit = number(node, NODE_H_UNIT);
  const rowsPerH = number(node, NODE_ROWS_PER_H);
  let used = 0;
  for (let i = 0; i < count; i++) {
    const sum = sumOf(i);
    const h = <f64>(<u32>sum);
    if (rowsOf(h, rowsPerH) < smooth) continue;
    store<u32>(orderAt + (<usize>used << 2), i);
    store<f64>(keysAt + (<usize>i << 3), (<f64>(<i32>(sum >> 32)) * gUnit) / (h * hUnit + smooth));
    used++;
  }
  if (oneHot) return used;
  if (used > ENDS_OF_ALL * ends) keepEnds(used, ends);
  else sortOrder(used);
  return used;
}

// @ts-ignore: decorator
@inline
function keyOf(place: u32): f64 {
  return load<f64>(keysAt + (<usize>place << 3));
}

/** With so many times more levels than both ends hold, they are not all sorted. */
const ENDS_OF_ALL: i32 = 4;

/** The first and the last `ends` of the order that sortOrder gives. */
function keepEnds(used: i32, ends: i32): void {
  const first = otherAt;
  const last = otherAt + (<usize>(used - ends) << 2);
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0, kept = 0; i < used; i++) {
    const item = load<u32>(orderAt + (<usize>i << 2));
    const key = keyOf(item);
    // Of equal keys the first comes first: it stays among the first, and the last among the last.
    if (kept < ends || key < least) {
      let at = min(kept, ends - 1);
      while (at > 0 && keyOf(load<u32>(first + (<usize>(at - 1) << 2))) > key) {
        store<u32>(first + (<usize>at << 2), load<u32>(first + (<usize>(at - 1) << 2)));
        at--;
      }
      store<u32>(first + (<usize>at << 2), item);
    }
    if (kept < ends || key >= most) {
      // The list fills from its end; when it is full its first one leaves.
      let at = kept < ends ? ends - 1 - kept : 0;
      while (at + 1 < ends && keyOf(load<u32>(last + (<usize>(at + 1) << 2))) <= key) {
        store<u32>(last + (<usize>at << 2), load<u32>(last + (<usize>(at + 1) << 2)));
        at++;
      }
      store<u32>(last + (<usize>at << 2), item);
    }
    kept = min(kept + 1, ends);
    if (kept < ends) continue;
    least = keyOf(load<u32>(first + (<usize>(ends - 1) << 2)));
    most = keyOf(load<u32>(last));
  }
  const held = orderAt;
  orderAt = otherAt;
  otherAt = held;
}

const RUN: i32 = 12;

/** Stable, ascending by key: runs by insertion, then merges. The result lies at orderAt. */
function sortOrder(used: i32): void {
  for (let from = 0; from < used; from += RUN) {
    const end = min(from + RUN, used);
    for (let i = from + 1; i < end; i++) {
      const item = load<u32>(orderAt + (<usize>i << 2));
      const key = keyOf(item);
      let at = i;
      while (at > from) {
        const before = load<u32>(orderAt + (<usize>(at - 1) << 2));
        if (keyOf(before) <= key) break;
        store<u32>(orderAt + (<usize>at << 2), before);
        at--;
      }
      store<u32>(orderAt + (<usize>at << 2), item);
    }
  }
  for (let width = RUN; width < used; width <<= 1) {
    for (let from = 0; from < used; from += width << 1) mergeRuns(from, min(from + width, used), min(from + (width << 1), used));
    const held = orderAt;
    orderAt = otherAt;
    otherAt = held;
  }
}

function mergeRuns(from: i32, middle: i32, end: i32): void {
  let a = from;
  let b = middle;
  for (let to = from; to < end; to++) {
    const takesA = a < middle && (b >= end || keyOf(load<u32>(orderAt + (<usize>a << 2))) <= keyOf(load<u32>(orderAt + (<usize>b << 2))));
    const at = takesA ? a++ : b++;
    store<u32>(otherAt + (<usize>to << 2), load<u32>(orderAt + (<usize>at << 2)));
  }
}

/**
 * Best set of levels of one categorical column, LightGBM's way (Fisher 1958: for a convex loss the best set is a prefix of the levels sorted by their
 * mean): few levels one against the rest, else prefixes of at most maxCatThreshold levels sorted by g / (h + catSmooth), from both ends. `count` levels
 * are collected. Writes `found` when the split beats the one there. draw: -1, or a uniform number that draws the prefix.
 */
export function bestLevels(count: i32, column: i32, valueBins: i32, node: usize, draw: f64, scratch: usize, found: usize): void {
  const oneHot = <f64>valueBins <= number(node, NODE_MAX_CAT_TO_ONEHOT);
  // More levels than there are make no set: the limit may be any number.
  const ends = <i32>min(number(node, NODE_MAX_CAT_THRESHOLD), <f64>count);
  const used = orderLevels(count, oneHot, node, ends);
  const l2 = number(node, NODE_L2) + (oneHot ? 0 : number(node, NODE_CAT_L2));
  if (oneHot) singles(used, column, node, draw, l2, found);
  else {
    const most = min(ends, (used + 1) >> 1);
    if (draw >= 0) prefixes(used, column, node, drawnPrefix(used, most, draw), true, l2, found);
    else {
      prefixes(used, column, node, most, false, l2, found);
      prefixes(used, column, node, -most, false, l2, found);
    }
  }
}

/** A prefix of at most `most` levels from either end: each cut of the order equally often where none is too long. Negative = from the end. */
function drawnPrefix(used: i32, most: i32, draw: f64): i32 {
  const cuts = max(1, used - 1);
  const fromStart = min(most, cuts);
  const place = <i32>Math.floor(draw * <f64>(fromStart + min(most, cuts - fromStart)));
  return place < fromStart ? place + 1 : fromStart - place - 1;
}

function singles(used: i32, column: i32, node: usize, draw: f64, l2: f64, found: usize): void {
  const only = draw < 0 ? -1 : <i32>Math.floor(draw * <f64>used);
  for (let place = 0; place < used; place++) {
    if (only >= 0 && place != only) continue;
    tryLeft(sumOf(load<u32>(orderAt + (<usize>place << 2))), place + 1, column, node, l2, found);
  }
}

/** Prefixes of so many levels and less, where a group of levels ends; onlyLast: that one alone. Negative = from the end. */
function prefixes(used: i32, column: i32, node: usize, longest: i32, onlyLast: bool, l2: f64, found: usize): void {
  const minRows = number(node, NODE_MIN_DATA_PER_GROUP);
  const rowsPerH = number(node, NODE_ROWS_PER_H);
  const minH = number(node, NODE_MIN_H);
  const totalH = number(node, NODE_H);
  const fromEnd = longest < 0;
  const end = min(abs(longest), used);
  let left: i64 = 0;
  let inGroup: f64 = 0;
  for (let i = 0; i < end; i++) {
    const sum = sumOf(load<u32>(orderAt + (<usize>(fromEnd ? used - 1 - i : i) << 2)));
    left += sum;
    inGroup += rowsOf(<f64>(<u32>sum), rowsPerH);
    const leftH = <f64>(<u32>left);
    if (leftH < minH) continue;
    const rightH = totalH - leftH;
    if (rightH < minH || rowsOf(rightH, rowsPerH) < minRows) break;
    if (inGroup < minRows) continue;
    inGroup = 0;
    if (!onlyLast || i + 1 == end) tryLeft(left, fromEnd ? -1 - i : i + 1, column, node, l2, found);
  }
}

function tryLeft(left: i64, prefix: i32, column: i32, node: usize, l2: f64, found: usize): void {
  const total = (<i64>number(node, NODE_G) << 32) + <i64>number(node, NODE_H);
  const right = total - left;
  const minH = number(node, NODE_MIN_H);
  if (<f64>(<u32>left) < minH || <f64>(<u32>right) < minH) return;
  store<f64>(found + (FOUND_COULD_SPLIT << 3), 1);
  const gain = gainOf(left, right, node, l2, 0);
  if (!(gain > number(found, FOUND_GAIN))) return;
  store<f64>(found + (FOUND_GAIN << 3), gain);
  store<f64>(found + (FOUND_COLUMN << 3), <f64>column);
  store<f64>(found + (FOUND_BIN << 3), -1);
  store<f64>(found + (FOUND_MISSING_LEFT << 3), 0);
  store<f64>(found + (FOUND_LEFT_G << 3), <f64>(<i32>(left >> 32)));
  store<f64>(found + (FOUND_LEFT_H << 3), <f64>(<u32>left));
  store<f64>(found + (FOUND_PREFIX << 3), <f64>prefix);
}

/**
 * Which levels the prefix of a found split sends left: one byte for each bin and for missing. Missing without rows in the node follows the larger side. `count`
 * levels are collected.
 */
export function writeLevels(count: i32, valueBins: i32, node: usize, prefix: i32, leftH: f64, scratch: usize, table: usize): void {
  const oneHot = <f64>valueBins <= number(node, NODE_MAX_CAT_TO_ONEHOT);
  const hasMissing = count > 0 && load<u32>(scratch + (<usize>(count - 1) << 2)) == <u32>valueBins;
  const used = orderLevels(count, oneHot, node, abs(prefix));
  memory.fill(table, 0, <usize>valueBins + 1);
  const size = abs(prefix);
  for (let i = oneHot ? size - 1 : 0; i < size; i++) {
    const place = load<u32>(orderAt + (<usize>(prefix < 0 ? used - 1 - i : i) << 2));
    store<u8>(table + <usize>load<u32>(scratch + (<usize>place << 2)), 1);
  }
  if (!hasMissing && 2 * leftH >= number(node, NODE_H)) store<u8>(table + <usize>valueBins, 1);
}
