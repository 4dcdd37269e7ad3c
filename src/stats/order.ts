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
  if (steps !== null) return byWord(steps, placesUpTo(numbers.length));
  const keys = sortableKeys(numbers);
  return keys === null ? byComparison(values) : byTwoWords(keys, numbers);
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

/** Two words for each number, which are ordered as whole numbers as the number itself is: of negative ones all bits are turned, of others the sign. */
interface Keys {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** null for what is no number. */
function sortableKeys(values: Float64Array): Keys | null {
  const numbers = values.slice();
  if (!withoutNegativeZero(numbers)) return null;
  const words = new Uint32Array(numbers.buffer);
  return LITTLE_ENDIAN ? toKeys(words, 0, 1) : toKeys(words, 1, 0);
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

/** lowAt, highAt: where the halves of a number stand. */
function toKeys(words: Uint32Array, lowAt: number, highAt: number): Keys {
  const [low, high] = [new Uint32Array(words.length >> 1), new Uint32Array(words.length >> 1)];
  for (let i = 0; i < low.length; i++) {
    const word = words[2 * i + highAt]!;
    // All bits of a negative number are turned, of another the sign.
    const turned = word >>> 31 === 1 ? -1 : 0;
    low[i] = words[2 * i + lowAt]! ^ turned;
    high[i] = word ^ (turned | 0x80000000);
  }
  return { low, high };
}

/** Of numbers that differ the first words mostly differ: the second ones are looked at only where they do not. */
function byTwoWords({ low, high }: Keys, numbers: Float64Array): Int32Array {
  const first = high.slice();
  const order = byWord(first, placesUpTo(numbers.length));
  return sortRuns(first, numbers, order) ? order : inOrder(high, byWord(low, placesUpTo(numbers.length)));
}

/** places: an order that equal keys keep. */
function inOrder(keys: Uint32Array, places: Int32Array): Int32Array {
  const moved = new Uint32Array(keys.length);
  for (let i = 0; i < moved.length; i++) moved[i] = keys[places[i]!]!;
  return byWord(moved, places);
}

/** Longer runs are sorted by their second words. */
const MOST_IN_RUN = 16;

/** Sorts the places of each run of equal keys by their numbers. False where a run of different numbers is long: then the order is not that of the numbers yet. */
function sortRuns(keys: Uint32Array, numbers: Float64Array, order: Int32Array): boolean {
  let begin = 0;
  for (let i = 1; i < order.length; i++) {
    if (keys[i] !== keys[begin]) {
      begin = i;
      continue;
    }
    const place = order[i]!;
    const value = numbers[place]!;
    let free = i;
    for (; free > begin && numbers[order[free - 1]!]! > value; free--) order[free] = order[free - 1]!;
    order[free] = place;
    if (i - begin >= MOST_IN_RUN && numbers[order[begin]!] !== numbers[order[i]!]) return false;
  }
  return true;
}

/** The places of the keys by their keys, from the last digit to the first, each pass stable. A digit that all share moves nothing. Both are moved about: `keys` is in order then. */
function byWord(keys: Uint32Array, places: Int32Array): Int32Array {
  const count = keys.length;
  const counts = SHIFTS.map(() => new Int32Array(DIGITS));
  countDigits(keys, counts[0]!, counts[1]!, counts[2]!);
  let [from, order]: [Uint32Array, Int32Array] = [keys, places];
  let [to, next]: [Uint32Array, Int32Array] = [new Uint32Array(count), new Int32Array(count)];
  for (const [digit, shift] of SHIFTS.entries()) {
    const starts = counts[digit]!;
    if (starts[(from[0]! >>> shift) & (DIGITS - 1)] === count) continue;
    moveByDigit(from, order, shift, starts, to, next);
    [from, order, to, next] = [to, next, from, order];
  }
  if (from !== keys) keys.set(from);
  return order;
}

// Each loop in a function of its own: called for each digit of each column, it is compiled once and stays so.

function countDigits(keys: Uint32Array, last: Int32Array, middle: Int32Array, first: Int32Array): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    last[key & (DIGITS - 1)]!++;
    middle[(key >>> DIGIT_BITS) & (DIGITS - 1)]!++;
    first[key >>> (2 * DIGIT_BITS)]!++;
  }
}

/** counts: of each digit; then where the next key with it goes. */
function moveByDigit(
  keys: Uint32Array,
  places: Int32Array,
  shift: number,
  counts: Int32Array,
  toKeys: Uint32Array,
  toPlaces: Int32Array,
): void {
  toStarts(counts);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const at = counts[(key >>> shift) & (DIGITS - 1)]!++;
    toKeys[at] = key;
    toPlaces[at] = places[i]!;
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
