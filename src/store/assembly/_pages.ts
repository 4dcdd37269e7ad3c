// What a page of a Parquet file holds of cells.

/** Length of a text that is missing. */
export const MISSING: i32 = -1;
/** Present cells after which a column of many different values is known. */
const FIRST_LOOK: i32 = 512;

/** Up to seven bytes more are written behind. Texts are short: the instruction for it is a call. */
// @ts-ignore: decorator
@inline
export function copyBytes(to: usize, from: usize, length: u32): void {
  for (let i: u32 = 0; i < length; i += 8) store<u64>(to + i, load<u64>(from + i));
}

// @ts-ignore: decorator
@inline
function isThere(cell: usize, isText: bool): bool {
  if (isText) return load<i32>(cell, 4) != MISSING;
  const value = load<f64>(cell);
  return value == value;
}

/** Sets a bit for each of `rows` cells that holds something, the first in the lowest bit of the first byte; gives how many they are. The last byte is whole. */
export function presenceOf(cells: usize, rows: i32, isText: bool, bits: usize): i32 {
  let present = 0;
  for (let row = 0; row < rows; row += 8) {
    let byte: u32 = 0;
    const inByte = min(8, rows - row);
    for (let i = 0; i < inByte; i++) {
      if (!isThere(cells + (<usize>(row + i) << 3), isText)) continue;
      byte |= 1 << i;
      present++;
    }
    store<u8>(bits + (<usize>row >> 3), byte);
  }
  return present;
}

/** Copies the numbers that are there to `out`; at `told` the smallest and the largest. Gives where they end. */
export function plainNumbers(cells: usize, rows: i32, out: usize, told: usize): usize {
  let least = Infinity;
  let most = -Infinity;
  for (let row = 0; row < rows; row++) {
    const value = load<f64>(cells + (<usize>row << 3));
    if (value != value) continue;
    store<f64>(out, value);
    out += 8;
    least = min(least, value);
    most = max(most, value);
  }
  store<f64>(told, least);
  store<f64>(told, most, 8);
  return out;
}

/** The texts that are there, each behind its length in 4 bytes. Gives where they end. */
export function plainTexts(cells: usize, rows: i32, out: usize): usize {
  for (let row = 0; row < rows; row++) {
    const cell = cells + (<usize>row << 3);
    const length = load<i32>(cell, 4);
    if (length == MISSING) continue;
    store<i32>(out, length);
    copyBytes(out + 4, load<u32>(cell), length);
    out += 4 + length;
  }
  return out;
}

// @ts-ignore: decorator
@inline
function mixed(hash: u64, word: u64): u64 {
  const value = (hash ^ word) * 0x9e3779b97f4a7c15;
  return value ^ (value >> 32);
}

/** Of the words of a text and its length. */
function hashOfText(text: usize, length: i32): u64 {
  let hash: u64 = length;
  for (let i = 0; i < length; i += 8) hash = mixed(hash, load<u64>(text + i));
  return hash;
}

/** Of two texts of one length. */
function areEqual(text: usize, other: usize, length: i32): bool {
  for (let i = 0; i < length; i += 8) if (load<u64>(text + i) != load<u64>(other + i)) return false;
  return true;
}

/**
 * A code for each cell that is there, in the order of its first, and the cells that have them one behind the other at `entries`; gives how many different ones there are, or -1 if they are more than `most`, or are likely to be. table: words, a power
 * of two of them and at least twice `most`, `last` + 1.
 */
export function codesOf(cells: usize, rows: i32, isText: bool, most: i32, table: usize, last: u32, codes: usize, entries: usize): i32 {
  memory.fill(table, 0, (<usize>last + 1) << 2);
  let different = 0;
  let present = 0;
  for (let row = 0; row < rows; row++) {
    const cell = cells + (<usize>row << 3);
    if (!isThere(cell, isText)) continue;
    // Where nearly all of the first are different, more than that will be.
    if (present++ == FIRST_LOOK && different > FIRST_LOOK - FIRST_LOOK / 16) return -1;
    const bits = load<u64>(cell);
    const length = <i32>(bits >> 32);
    // 0 and -0 are one value, as to the database.
    const value = load<f64>(cell) + 0;
    const word = reinterpret<u64>(value);
    let slot = <u32>(isText ? hashOfText(<usize>(bits & 0xffffffff), length) : mixed(word, word >> 29)) & last;
    // From 1 on.
    let code = load<i32>(table + (<usize>slot << 2));
    while (code != 0) {
      const entry = entries + (<usize>(code - 1) << 3);
      const other = load<u64>(entry);
      const isSame = isText
        ? <i32>(other >> 32) == length && areEqual(<usize>(other & 0xffffffff), <usize>(bits & 0xffffffff), length)
        : load<f64>(entry) == value;
      if (isSame) break;
      slot = (slot + 1) & last;
      code = load<i32>(table + (<usize>slot << 2));
    }
    if (code == 0) {
      if (different == most) return -1;
      store<u64>(entries + (<usize>different << 3), bits);
      code = ++different;
      store<i32>(table + (<usize>slot << 2), code);
    }
    store<u32>(codes, code - 1);
    codes += 4;
  }
  return different;
}

/** Packs `count` codes into `bits` bits each, the first in the lowest bits; a last group of eight is filled with 0. Gives where they end. */
export function packCodes(codes: usize, count: i32, bits: i32, out: usize): usize {
  let pending: u64 = 0;
  let filled = 0;
  const whole = (count + 7) & ~7;
  for (let i = 0; i < whole; i++) {
    const code: u64 = i < count ? load<u32>(codes + (<usize>i << 2)) : 0;
    pending |= code << filled;
    filled += bits;
    while (filled >= 8) {
      store<u8>(out++, <u8>pending);
      pending >>= 8;
      filled -= 8;
    }
  }
  return out;
}
