import { WALK_BIN, WALK_LEFT, WALK_MISSING_BIN, WALK_MISSING_LEFT, WALK_RIGHT, WALK_SLOT, WALK_TABLE, WALK_WORDS } from "./_layout";

// Bin of a slot: byte slots come first, then those of 16 bits.

/** Four times the byte of the table for a row's bin, of type T: the bytes by which the end of the lefts moves on. */
// @ts-ignore: decorator
@inline
function leftOf<T>(bins: usize, stride: usize, table: usize, row: u32): usize {
  return <usize>load<u8>(table + <usize>load<T>(bins + <usize>row * stride)) << 2;
}

/**
 * Stable partition of rows[begin..end) by table[bin] (1 = left): to `lefts` and `rights` from place `begin`. `lefts` may be `rows`. Returns the number of
 * lefts. Four rows at a time: also so that the compiler does not merge the loop into its caller, where it has too few registers.
 */
// @ts-ignore: decorator
@inline
function partition<T>(bins: usize, stride: usize, table: usize, rows: usize, begin: usize, end: usize, lefts: usize, rights: usize): usize {
  let l = lefts + (begin << 2);
  const start = l;
  let r = rights + (begin << 2);
  let p = rows + (begin << 2);
  const stop = rows + (end << 2);
  for (; p + 12 < stop; p += 16) {
    const row0 = load<u32>(p);
    const left0 = leftOf<T>(bins, stride, table, row0);
    store<u32>(l, row0);
    store<u32>(r, row0);
    l += left0;
    r += 4 - left0;
    const row1 = load<u32>(p, 4);
    const left1 = leftOf<T>(bins, stride, table, row1);
    store<u32>(l, row1);
    store<u32>(r, row1);
    l += left1;
    r += 4 - left1;
    const row2 = load<u32>(p, 8);
    const left2 = leftOf<T>(bins, stride, table, row2);
    store<u32>(l, row2);
    store<u32>(r, row2);
    l += left2;
    r += 4 - left2;
    const row3 = load<u32>(p, 12);
    const left3 = leftOf<T>(bins, stride, table, row3);
    store<u32>(l, row3);
    store<u32>(r, row3);
    l += left3;
    r += 4 - left3;
  }
  for (; p < stop; p += 4) {
    const row = load<u32>(p);
    const left = leftOf<T>(bins, stride, table, row);
    store<u32>(l, row);
    store<u32>(r, row);
    l += left;
    r += 4 - left;
  }
  return (l - start) >> 2;
}

/** Of slots of bytes. */
export function partition8(bins: usize, stride: usize, table: usize, rows: usize, begin: usize, end: usize, lefts: usize, rights: usize): usize {
  return partition<u8>(bins, stride, table, rows, begin, end, lefts, rights);
}

/** Of slots of 16 bits. */
export function partition16(bins: usize, stride: usize, table: usize, rows: usize, begin: usize, end: usize, lefts: usize, rights: usize): usize {
  return partition<u16>(bins, stride, table, rows, begin, end, lefts, rights);
}

/** scores[row] += the value of the leaf that holds place `at` of rows, for places [begin, end). Leaves lie one after another: leaf i ends at ends[i]. */
export function addLeaves(scores: usize, rows: usize, ends: usize, values: usize, leaves: usize, begin: u32, end: u32): void {
  let leaf: usize = 0;
  while (leaf < leaves && load<u32>(ends + (leaf << 2)) <= begin) leaf++;
  let at = begin;
  for (; leaf < leaves && at < end; leaf++) {
    const value = load<f64>(values + (leaf << 3));
    for (const stop = min(end, load<u32>(ends + (leaf << 2))); at < stop; at++) {
      const to = scores + (<usize>load<u32>(rows + (<usize>at << 2)) << 3);
      store<f64>(to, load<f64>(to) + value);
    }
  }
}

/** scores[row] += the value of the leaf that the grown tree sends the row to, for rows[begin..end). */
export function walk(
  bins8: usize,
  stride8: usize,
  slots8: usize,
  bins16: usize,
  stride16: usize,
  nodes: usize,
  values: usize,
  rows: usize,
  begin: usize,
  end: usize,
  scores: usize,
): void {
  for (let at = begin; at < end; at++) {
    const row = <usize>load<u32>(rows + (at << 2));
    let node = nodes;
    let slot = load<i32>(node + (WALK_SLOT << 2));
    while (slot >= 0) {
      const bin =
        <usize>slot < slots8
          ? <i32>load<u8>(bins8 + row * stride8 + <usize>slot)
          : <i32>load<u16>(bins16 + row * stride16 + ((<usize>slot - slots8) << 1));
      const table = <usize>load<u32>(node + (WALK_TABLE << 2));
      let left: bool;
      if (table != 0) left = load<u8>(table + <usize>bin) != 0;
      else if (bin == load<i32>(node + (WALK_MISSING_BIN << 2))) left = load<i32>(node + (WALK_MISSING_LEFT << 2)) != 0;
      else left = bin <= load<i32>(node + (WALK_BIN << 2));
      node = nodes + (<usize>load<u32>(node + ((left ? WALK_LEFT : WALK_RIGHT) << 2)) * <usize>(WALK_WORDS << 2));
      slot = load<i32>(node + (WALK_SLOT << 2));
    }
    const to = scores + (row << 3);
    store<f64>(to, load<f64>(to) + load<f64>(values + (<usize>load<u32>(node + (WALK_LEFT << 2)) << 3)));
  }
}
