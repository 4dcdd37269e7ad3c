import { FILL_COUNT, FILL_FIRST, FILL_IMPLICIT, FILL_SLOT, FILL_THRESHOLDS, FILL_WORDS } from "./_layout";

// Keys that sort like the numbers they stand for: all bits turned for negative numbers, the sign bit for others.

// @ts-ignore: decorator
@inline
function keyOf(bits: u64): u64 {
  return bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
}

// @ts-ignore: decorator
@inline
function bitsOf(key: u64): u64 {
  return key ^ (<u64>((<i64>~key) >> 63) | 0x8000000000000000);
}

const DIGITS: usize = 6;
const DIGIT_BITS: u64 = 11;
const BUCKETS: usize = 2048;

/** Sorts `count` f64 in place (radix sort, 11 bits at a time). scratch: 8 * count bytes, then 6 * 2048 * 4 bytes. No NaN. */
export function sortReals(values: usize, count: usize, scratch: usize): void {
  const tables = scratch + (count << 3);
  memory.fill(tables, 0, (DIGITS * BUCKETS) << 2);
  for (let i: usize = 0; i < count; i++) {
    const key = keyOf(load<u64>(values + (i << 3)));
    store<u64>(values + (i << 3), key);
    for (let digit: usize = 0; digit < DIGITS; digit++) {
      const at = tables + ((digit * BUCKETS + <usize>((key >> (<u64>digit * DIGIT_BITS)) & 2047)) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
  }
  let from = values;
  let to = scratch;
  for (let digit: usize = 0; digit < DIGITS; digit++) {
    const table = tables + ((digit * BUCKETS) << 2);
    const shift = <u64>digit * DIGIT_BITS;
    if (<usize>load<u32>(table + (<usize>((load<u64>(from) >> shift) & 2047) << 2)) == count) continue;
    let sum: u32 = 0;
    for (let bucket: usize = 0; bucket < BUCKETS; bucket++) {
      const n = load<u32>(table + (bucket << 2));
      store<u32>(table + (bucket << 2), sum);
      sum += n;
    }
    for (let i: usize = 0; i < count; i++) {
      const key = load<u64>(from + (i << 3));
      const at = table + (<usize>((key >> shift) & 2047) << 2);
      const place = load<u32>(at);
      store<u32>(at, place + 1);
      store<u64>(to + (<usize>place << 3), key);
    }
    const held = from;
    from = to;
    to = held;
  }
  for (let i: usize = 0; i < count; i++) store<u64>(values + (i << 3), bitsOf(load<u64>(from + (i << 3))));
}

/** Number of thresholds below the value, without a branch. */
// @ts-ignore: decorator
@inline
function below(value: f64, thresholds: usize, count: usize): usize {
  let at = thresholds;
  for (let left = count; left > 1; ) {
    const half = left >> 1;
    at += load<f64>(at + ((half - 1) << 3)) < value ? half << 3 : 0;
    left -= half;
  }
  return ((at - thresholds) >> 3) + <usize>(load<f64>(at) < value);
}

/**
 * Writes the bins of a block of rows: values lie by column, `pitch` numbers from one column to the next; places [begin, end) of each are rows firstRow + begin ...
 * A column without thresholds has one bin. NaN takes the bin after the last.
 */
export function fillBins(
  columns: usize,
  count: usize,
  values: usize,
  pitch: usize,
  begin: usize,
  end: usize,
  firstRow: usize,
  bins8: usize,
  stride8: usize,
  slots8: usize,
  bins16: usize,
  stride16: usize,
): void {
  for (let i: usize = 0; i < count; i++) {
    const about = columns + i * <usize>(FILL_WORDS << 2);
    const thresholds = <usize>load<u32>(about + (FILL_THRESHOLDS << 2));
    const n = <usize>load<u32>(about + (FILL_COUNT << 2));
    const slot = <usize>load<u32>(about + (FILL_SLOT << 2));
    const implicit = load<i32>(about + (FILL_IMPLICIT << 2));
    const first = load<i32>(about + (FILL_FIRST << 2));
    const isWide = slot >= slots8;
    const stride = isWide ? stride16 : stride8;
    let to = (isWide ? bins16 + ((slot - slots8) << 1) : bins8 + slot) + (firstRow + begin) * stride;
    for (let at = values + ((i * pitch + begin) << 3), stop = values + ((i * pitch + end) << 3); at < stop; at += 8, to += stride) {
      const value = load<f64>(at);
      const bin = value != value ? n + 1 : n == 0 ? 0 : below(value, thresholds, n);
      if (isWide) store<u16>(to, <u16>bin);
      else if (implicit < 0) store<u8>(to, <u8>bin);
      else if (<i32>bin != implicit) store<u8>(to, <u8>(first + <i32>bin - <i32>(<i32>bin > implicit)));
    }
  }
}

/** Byte slots of rows [begin, end) once more, slot after slot. A block is 8 slots. */
export function copyColumns(bins: usize, stride: usize, blocks: usize, columns: usize, pitch: usize, begin: usize, end: usize): void {
  for (let block: usize = 0; block < blocks; block++) {
    const to = columns + (block << 3) * pitch;
    for (let row = begin, from = bins + begin * stride + (block << 3); row < end; row++, from += stride) {
      const eight = load<u64>(from);
      let place = to + row;
      for (let i: u32 = 0; i < 64; i += 8, place += pitch) store<u8>(place, <u8>(eight >>> i));
    }
  }
}
