// Numbers from their digits.

/** Powers of ten beyond these are left to the caller. */
const MOST_POWER = 40;
/** Where the powers of ten stand. */
const TENS: usize = 16 * (2 * MOST_POWER + 1);
/** Whole numbers up to this one are doubles. */
const EXACT: u64 = 9007199254740992;

let high: u64 = 0;
let low: u64 = 0;

/** The 128 bits of a product: `high` and `low`. */
// @ts-ignore: decorator
@inline
function multiply(a: u64, b: u64): void {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const lows = aLow * bLow;
  const cross = aHigh * bLow + (lows >> 32);
  const other = aLow * bHigh + (cross & 0xffffffff);
  high = aHigh * bHigh + (cross >> 32) + (other >> 32);
  low = (other << 32) | (lows & 0xffffffff);
}

/**
 * The double nearest to mantissa * 10^power, or NaN where it is not certain: the method of Lemire, "Number parsing at a gigabyte per second" (2021). powers: of each power from -MOST_POWER on, 128 bits of 5^power
 * with the highest bit set, the high word first; of those below 1 the next above. Behind them 1, 10, ... 1e22 as doubles.
 */
export function nearest(mantissa: u64, power: i32, powers: usize): f64 {
  if (mantissa == 0) return 0;
  if (power < -MOST_POWER || power > MOST_POWER) return NaN;
  if (mantissa <= EXACT && power <= 0 && power >= -22) return <f64>(<i64>mantissa) / load<f64>(powers + TENS + (<usize>-power << 3));
  const at = powers + (<usize>(power + MOST_POWER) << 4);
  const zeros = <i32>clz<u64>(mantissa);
  const shifted = mantissa << zeros;
  multiply(shifted, load<u64>(at));
  let upper = high;
  let lower = low;
  if ((upper & 0x1ff) == 0x1ff) {
    multiply(shifted, load<u64>(at, 8));
    lower += high;
    if (high > lower) upper++;
  }
  if (lower == u64.MAX_VALUE && power < -27) return NaN;
  const upperBit = <i32>(upper >> 63);
  let bits = upper >> (upperBit + 9);
  // Of such powers always that of a normal number.
  let binary = ((217706 * power) >> 16) + 63 + upperBit - zeros + 1023;
  // Halfway between two: to the even one.
  if (lower <= 1 && power >= -4 && power <= 23 && (bits & 3) == 1 && bits << (upperBit + 9) == upper) bits &= ~1;
  bits += bits & 1;
  bits >>= 1;
  if (bits >= EXACT) {
    bits = EXACT >> 1;
    binary++;
  }
  return reinterpret<f64>((bits & (EXACT / 2 - 1)) | (<u64>binary << 52));
}
