import { placesUpTo } from "../core/typed-from.ts";

/** Below so many numbers a sort by comparison is as fast. */
const MANY = 1000;
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
/** Shifts of the digits of a word of 32 bits. */
const SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS] as const;
const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Places in ascending order of their numbers; equal ones keep their order. */
export function ascendingOrder(values: ArrayLike<number>): Int32Array {
  if (values.length < MANY) return byComparison(values);
  const numbers = values instanceof Float64Array ? values : Float64Array.from(values);
  const steps = stepKeys(numbers);
  if (steps !== null) return byDigits(steps, [0], numbers.length);
  const keys = sortableKeys(numbers);
  return keys === null ? byComparison(values) : byDigits(keys, [0, 1], numbers.length);
}

/** Numbers written with so few decimals. */
const SCALES = [1, 10, 100, 1e3, 1e4, 1e5, 1e6] as const;

/** Numbers of few decimals that lie close together are so many steps above the least: one word each. null for others. */
function stepKeys(numbers: Float64Array): Uint32Array | null {
  const scale = SCALES.find((one) => areOnGrid(numbers, one));
  if (scale === undefined) return null;
  const [low, high] = [extremeOf(numbers, -1) * scale, extremeOf(numbers, 1) * scale];
  const least = Math.round(low);
  return Math.round(high) - least < 2 ** 32 ? stepsAbove(numbers, scale, least) : null;
}

function areOnGrid(numbers: Float64Array, scale: number): boolean {
  for (let i = 0; i < numbers.length; i++) if (Math.round(numbers[i]! * scale) / scale !== numbers[i]!) return false;
  return true;
}

/** side: 1 = the largest, -1 = the smallest. */
function extremeOf(numbers: Float64Array, side: 1 | -1): number {
  let extreme = numbers[0]!;
  for (let i = 1; i < numbers.length; i++) if (side * numbers[i]! > side * extreme) extreme = numbers[i]!;
  return extreme;
}

function stepsAbove(numbers: Float64Array, scale: number, least: number): Uint32Array {
  const steps = new Uint32Array(numbers.length);
  for (let i = 0; i < steps.length; i++) steps[i] = Math.round(numbers[i]! * scale) - least;
  return steps;
}

function byComparison(values: ArrayLike<number>): Int32Array {
  const order = new Int32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => values[a]! - values[b]!);
}

/** Two words for each number, which are ordered as whole numbers as the number itself is: of negative ones all bits are turned, of others the sign. null for what is no number. */
function sortableKeys(values: Float64Array): Uint32Array | null {
  const numbers = values.slice();
  const words = new Uint32Array(numbers.buffer);
  return withoutNegativeZero(numbers) ? (LITTLE_ENDIAN ? toKeys(words, 0, 1) : toKeys(words, 1, 0)) : null;
}

/** -0 becomes 0; whether all are numbers. */
function withoutNegativeZero(numbers: Float64Array): boolean {
  let isAll = true;
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i]!;
    if (Number.isNaN(value)) isAll = false;
    numbers[i] = value + 0;
  }
  return isAll;
}

/** low, high: where the halves of a number stand. In place where they stand so already. */
function toKeys(words: Uint32Array, low: number, high: number): Uint32Array {
  for (let i = 0; i < words.length; i += 2) {
    const [a, b] = [words[i + low]!, words[i + high]!];
    // All bits of a negative number are turned, of another the sign.
    const turned = b >>> 31 === 1 ? -1 : 0;
    words[i] = a ^ turned;
    words[i + 1] = b ^ (turned | 0x80000000);
  }
  return words;
}

/** From the last digit to the first, each pass stable. A digit that all numbers share moves nothing. words: of each key, the last first. */
function byDigits(keys: Uint32Array, words: readonly number[], count: number): Int32Array {
  const [width, starts] = [words.length, new Int32Array(DIGITS)];
  let [order, next]: [Int32Array, Int32Array] = [placesUpTo(count), new Int32Array(count)];
  for (const word of words)
    for (const shift of SHIFTS) {
      countDigits(keys, width, word, shift, starts);
      if (starts[(keys[word]! >>> shift) & (DIGITS - 1)] === count) continue;
      moveByDigit(keys, width, word, shift, starts, order, next);
      [order, next] = [next, order];
    }
  return order;
}

// Each loop in a function of its own: called for each digit of each column, it is compiled once and stays so.

function countDigits(keys: Uint32Array, width: number, word: number, shift: number, counts: Int32Array): void {
  counts.fill(0);
  for (let i = word; i < keys.length; i += width) counts[(keys[i]! >>> shift) & (DIGITS - 1)]!++;
}

/** counts: of each digit; then where the next number with it goes. */
function moveByDigit(
  keys: Uint32Array,
  width: number,
  word: number,
  shift: number,
  counts: Int32Array,
  order: Int32Array,
  next: Int32Array,
): void {
  toStarts(counts);
  for (let i = 0; i < order.length; i++) {
    const place = order[i]!;
    next[counts[(keys[width * place + word]! >>> shift) & (DIGITS - 1)]!++] = place;
  }
}

function toStarts(counts: Int32Array): void {
  let start = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const own = counts[digit]!;
    counts[digit] = start;
    start += own;
  }
}

/** A sorted copy. Much faster than a sort by comparison. */
export function sortedCopy(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/**
 * The n-th smallest of the first `count` numbers, of which none is NaN, 0 <= n < count; they are moved about. Cost: some three passes where a sort makes log2(length) of them. Quickselect
 * (Hoare 1961) around the median of three, which leaves equal numbers evenly on both sides.
 */
export function nthSmallest(values: Float64Array, n: number, count = values.length): number {
  let [left, right] = [0, count - 1];
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
    if (n > j && n < i) break;
    if (n <= j) right = j;
    else left = i;
  }
  return values[n]!;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
