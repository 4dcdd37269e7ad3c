// Different numbers among some, by their bits.

/** Of 64 bits; its last step is that of MurmurHash3, as in src/store/distinct-numbers.ts. */
// @ts-ignore: decorator
@inline
function hashOf(bits: u64): u32 {
  let hash = <u32>bits ^ (<u32>(bits >> 32) * 0x9e3779b1);
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  return hash ^ (hash >> 16);
}

/**
 * How many different numbers stand in `count` doubles at `values`; NaN is none, 0 equals -0. table: words, a power of two of them and more than twice `count`, `last` + 1. Words at `told`: the numbers that
 * are none such, and whether all others are whole.
 */
export function differentOf(values: usize, count: i32, table: usize, last: u32, told: usize): i32 {
  memory.fill(table, 0, (<usize>last + 1) << 2);
  let different = 0;
  let present = 0;
  let isWhole = 1;
  for (let i = 0; i < count; i++) {
    const value = load<f64>(values + (<usize>i << 3)) + 0;
    if (value != value) continue;
    present++;
    isWhole &= i32(value == trunc(value));
    const bits = reinterpret<u64>(value);
    let slot = hashOf(bits) & last;
    // Where the first of each different number stands, from 1 on.
    let first = load<i32>(table + (<usize>slot << 2));
    while (first != 0 && load<f64>(values + (<usize>(first - 1) << 3)) != value) {
      slot = (slot + 1) & last;
      first = load<i32>(table + (<usize>slot << 2));
    }
    if (first != 0) continue;
    store<i32>(table + (<usize>slot << 2), i + 1);
    different++;
  }
  store<i32>(told, present);
  store<i32>(told + 4, isWhole);
  return different;
}
