/** Below so many numbers a sort by comparison is as fast. */
const MANY = 1000;
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
/** Shifts of the digits of a word of 32 bits. */
const SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS] as const;
const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Places in ascending order of their numbers; equal ones keep their order. */
export function ascendingOrder(values: ArrayLike<number>): Int32Array {
  const keys = values.length < MANY ? null : sortableKeys(values);
  return keys === null ? byComparison(values) : byDigits(keys, values.length);
}

function byComparison(values: ArrayLike<number>): Int32Array {
  const order = new Int32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => values[a]! - values[b]!);
}

/** Two words for each number, which are ordered as whole numbers as the number itself is: of negative ones all bits are turned, of others the sign. null for what is no number. */
function sortableKeys(values: ArrayLike<number>): Uint32Array | null {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) return null;
    numbers[i] = value + 0; // -0 is 0
  }
  const words = new Uint32Array(numbers.buffer);
  const [low, high] = LITTLE_ENDIAN ? [0, 1] : [1, 0];
  const keys = new Uint32Array(words.length);
  for (let i = 0; i < words.length; i += 2) {
    const isNegative = words[i + high]! >>> 31 === 1;
    keys[i] = isNegative ? ~words[i + low]! : words[i + low]!;
    keys[i + 1] = isNegative ? ~words[i + high]! : words[i + high]! ^ 0x80000000;
  }
  return keys;
}

/** From the last digit to the first, each pass stable. A digit that all numbers share moves nothing. */
function byDigits(keys: Uint32Array, count: number): Int32Array {
  let order = new Int32Array(count);
  let next = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  const starts = new Int32Array(DIGITS);
  for (const word of [0, 1])
    for (const shift of SHIFTS) {
      starts.fill(0);
      for (let i = word; i < keys.length; i += 2) starts[(keys[i]! >>> shift) & (DIGITS - 1)]!++;
      if (starts[(keys[word]! >>> shift) & (DIGITS - 1)] === count) continue;
      let start = 0;
      for (let digit = 0; digit < DIGITS; digit++) {
        const own = starts[digit]!;
        starts[digit] = start;
        start += own;
      }
      for (let i = 0; i < count; i++) {
        const place = order[i]!;
        next[starts[(keys[2 * place + word]! >>> shift) & (DIGITS - 1)]!++] = place;
      }
      [order, next] = [next, order];
    }
  return order;
}

/** A sorted copy. Much faster than a sort by comparison. */
export function sortedCopy(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/**
 * The n-th smallest of numbers of which none is NaN, 0 <= n < length; they are moved about. Cost: some three passes where a sort makes log2(length) of them. Quickselect
 * (Hoare 1961) around the median of three, which leaves equal numbers evenly on both sides.
 */
export function nthSmallest(values: Float64Array, n: number): number {
  let [left, right] = [0, values.length - 1];
  while (left < right) {
    const pivot = middleOf(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let [i, j] = [left, right];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const one = values[i]!;
      values[i++] = values[j]!;
      values[j--] = one;
    }
    if (n <= j) right = j;
    else if (n >= i) left = i;
    else return values[n]!;
  }
  return values[n]!;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
