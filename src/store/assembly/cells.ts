// Cells of plain lines: numbers as doubles, texts with their lengths; and what a Parquet file holds of them.

const FEED: u32 = 10;
const RETURN: u32 = 13;
const PLUS: u32 = 43;
const MINUS: u32 = 45;
const POINT: u32 = 46;
const ZERO: u32 = 48;
const SMALL_E: u32 = 101;

/** Kinds of columns: numbers, numbers none of which begins with 0 and another digit, texts. */
const CAREFUL: u32 = 1;
const TEXT: u32 = 2;

/** Why the taking stopped: the lines end; there is no room; a cell is no number; a line is not plain; numbers wait to be read by the caller. */
const ENDED = 0;
const FULL = 1;
const STRANGE = 2;
const UNUSUAL = 3;
const WAITING = 4;

/** More digits than a word of 64 bits holds. */
const MOST_DIGITS = 19;
/** Powers of ten beyond these are left to the caller. */
const MOST_POWER = 40;
/** Behind the powers of five: 1, 10, ... 1e22 as doubles. */
const TENS: usize = 16 * (2 * MOST_POWER + 1);
/** Whole numbers up to this one are doubles. */
const EXACT: u64 = 9007199254740992;
const MISSING: i32 = -1;
const FIRST_LOOK: i32 = 512;

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
function nearest(mantissa: u64, power: i32, powers: usize): f64 {
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
  if (lower == u64.MAX_VALUE && (power < -27 || power > 55)) return NaN;
  const upperBit = <i32>(upper >> 63);
  let bits = upper >> (upperBit + 9);
  let binary = ((217706 * power) >> 16) + 63 + upperBit - zeros + 1023;
  if (binary <= 0 || binary >= 2046) return NaN;
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

// The form that is being filled, and where its filling stands.
let delimiter: u32 = 0;
let quote: u32 = 0;
let powers: usize = 0;
let roomEnd: u32 = 0;
let waitList: usize = 0;
let mostWaiting: i32 = 0;
let end: usize = 0;
let at: usize = 0;
let texts: u32 = 0;
let waiting: i32 = 0;

/** Up to seven bytes more are written behind. Texts are short: the instruction for it is a call. */
// @ts-ignore: decorator
@inline
function copyBytes(to: usize, from: usize, length: u32): void {
  for (let i: u32 = 0; i < length; i += 8) store<u64>(to + i, load<u64>(from + i));
}

/** Takes the text at `at`. */
function takeText(cell: usize): i32 {
  const start = at;
  let next = at;
  let byte: u32 = load<u8>(next);
  while (byte != delimiter && byte != FEED && byte != RETURN && byte != quote && next < end) byte = load<u8>(++next);
  const length = <u32>(next - start);
  const padded = (length + 7) & ~7;
  if (texts + padded > roomEnd) return FULL;
  copyBytes(texts, start, length);
  // Filled with 0, so that texts are compared and hashed by words.
  if ((length & 7) != 0) store<u64>(texts + padded - 8, load<u64>(texts + padded - 8) & (((<u64>1) << ((length & 7) << 3)) - 1));
  store<u32>(cell, texts);
  store<i32>(cell, length == 0 ? MISSING : <i32>length, 4);
  texts += padded;
  at = next;
  return ENDED;
}

// Eight digits at once, the first in the lowest byte: Lemire, "Quickly parsing eight digits" (2018).
// @ts-ignore: decorator
@inline
function areDigits(word: u64): bool {
  return ((word & 0xf0f0f0f0f0f0f0f0) | (((word + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >> 4)) == 0x3333333333333333;
}

// @ts-ignore: decorator
@inline
function eightDigits(word: u64): u64 {
  const pairs = ((word & 0x0f0f0f0f0f0f0f0f) * 2561) >> 8;
  const fours = ((pairs & 0x00ff00ff00ff00ff) * 6553601) >> 16;
  return ((fours & 0x0000ffff0000ffff) * 42949672960001) >> 32;
}

/** Zeros that a number begins with, at most `most`. */
function zerosFrom(digits: usize, most: i32): i32 {
  let zeros = 0;
  for (; zeros < most; digits++) {
    const byte: u32 = load<u8>(digits);
    if (byte == ZERO) zeros++;
    else if (byte != POINT) break;
  }
  return zeros;
}

/** Takes the number at `at`. */
function takeNumber(cell: usize, isCareful: bool): i32 {
  const start = at;
  let byte: u32 = load<u8>(start);
  // No branch: half of the numbers of a column may be below 0.
  const isNegative = byte == MINUS;
  let next = start + usize(isNegative);
  byte = load<u8>(next);
  if (byte == PLUS && !isNegative) byte = load<u8>(++next);
  const isLed = byte == ZERO && next == start;
  const digits = next;
  let mantissa: u64 = 0;
  while (byte - ZERO < 10) {
    mantissa = mantissa * 10 + (byte - ZERO);
    byte = load<u8>(++next);
  }
  let count = <i32>(next - digits);
  let isOdd = isCareful && isLed && count > 1;
  let power = 0;
  if (byte == POINT) {
    const fraction = ++next;
    for (let word = load<u64>(next); areDigits(word); word = load<u64>(next)) {
      mantissa = mantissa * 100000000 + eightDigits(word);
      next += 8;
    }
    byte = load<u8>(next);
    while (byte - ZERO < 10) {
      mantissa = mantissa * 10 + (byte - ZERO);
      byte = load<u8>(++next);
    }
    power = -<i32>(next - fraction);
    count -= power;
  }
  isOdd = isOdd || (count == 0 && next != start);
  if (count > 0 && (byte | 32) == SMALL_E) {
    byte = load<u8>(++next);
    const isBelow = byte == MINUS;
    if (isBelow || byte == PLUS) byte = load<u8>(++next);
    const exponent = next;
    let value = 0;
    while (byte - ZERO < 10) {
      if (value < 10000) value = value * 10 + <i32>(byte - ZERO);
      byte = load<u8>(++next);
    }
    isOdd = isOdd || next == exponent;
    power += isBelow ? -value : value;
  }
  // Where the lines end, it may go on.
  if (next < end && (isOdd || (byte != delimiter && byte != FEED && byte != RETURN))) return byte == quote ? UNUSUAL : STRANGE;
  at = next;
  if (count > MOST_DIGITS) count -= zerosFrom(digits, count - 1);
  const value = count == 0 || count > MOST_DIGITS ? NaN : nearest(mantissa, power, powers);
  store<u64>(cell, reinterpret<u64>(value) | (<u64>isNegative << 63));
  if (count == 0 || value == value) return ENDED;
  if (waiting == mostWaiting) return WAITING;
  const entry = waitList + <usize>(12 * waiting++);
  store<u32>(entry, <u32>cell);
  store<u32>(entry, <u32>start, 4);
  store<u32>(entry, <u32>(next - start), 8);
  return ENDED;
}

/** Whether the cell that ends at `at` ends as it should; goes behind its end. */
// @ts-ignore: decorator
@inline
function endsWell(isLast: bool): bool {
  let byte: u32 = load<u8>(at);
  if (isLast && byte == RETURN && at + 1 < end) byte = load<u8>(++at);
  return byte == (isLast ? FEED : delimiter);
}

/**
 * Takes lines of `width` cells from `from` on; behind `to` stands a byte that belongs to no cell; up to fifteen behind that are read. Gives where the first line begins that was not taken. Words at `form`:
 * delimiter, quote (above 255 = none), width, rows that there is room for, kinds of the columns (a byte each), cells, powers, end of the room for texts, list of numbers that wait, most of them; then what changes: rows taken, end of
 * the texts, numbers that wait, why it stopped, the column of a strange cell and where it begins.
 * Cells of a column stand together, 8 bytes each: a double, NaN where it is empty; or of a text where its bytes begin and how many they are, below 0 where it is empty. A number that waits: where its cell stands, and where its text does, with its length.
 */
export function takeCells(from: usize, to: usize, form: usize): usize {
  delimiter = load<u32>(form);
  quote = load<u32>(form, 4);
  const width = load<i32>(form, 8);
  const mostRows = load<i32>(form, 12);
  const kinds: usize = load<u32>(form, 16);
  const cells: usize = load<u32>(form, 20);
  powers = load<u32>(form, 24);
  roomEnd = load<u32>(form, 28);
  waitList = load<u32>(form, 32);
  mostWaiting = load<i32>(form, 36);
  let row = load<i32>(form, 40);
  texts = load<u32>(form, 44);
  waiting = load<i32>(form, 48);
  end = to;
  at = from;
  const stride = <usize>mostRows << 3;
  let why = ENDED;
  while (at < end) {
    const begin = at;
    const textsBefore = texts;
    const waitingBefore = waiting;
    // A blank line is none.
    if (load<u8>(at) == FEED) {
      at++;
      continue;
    }
    let cell = cells + (<usize>row << 3);
    let column = row == mostRows ? width : 0;
    if (row == mostRows) why = FULL;
    for (; column < width; column++) {
      const kind = load<u8>(kinds + column);
      why = kind == TEXT ? takeText(cell) : takeNumber(cell, kind == CAREFUL);
      if (why != ENDED) {
        store<i32>(form, column, 56);
        store<u32>(form, <u32>at, 60);
        break;
      }
      if (at < end && !endsWell(column == width - 1)) {
        why = at + 1 < end || load<u8>(at) != RETURN ? UNUSUAL : ENDED;
        break;
      }
      // The line does not end here.
      if (at >= end) break;
      at++;
      cell += stride;
    }
    if (column < width || why != ENDED) {
      at = begin;
      texts = textsBefore;
      waiting = waitingBefore;
      break;
    }
    row++;
  }
  store<i32>(form, row, 40);
  store<u32>(form, texts, 44);
  store<i32>(form, waiting, 48);
  store<i32>(form, why, 52);
  return at;
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
    let slot = <u32>(isText ? hashOfText(<usize>(bits & 0xffffffff), length) : mixed(bits, bits >> 29)) & last;
    // From 1 on.
    let code = load<i32>(table + (<usize>slot << 2));
    while (code != 0) {
      const other = load<u64>(entries + (<usize>(code - 1) << 3));
      if (isText ? <i32>(other >> 32) == length && areEqual(<usize>(other & 0xffffffff), <usize>(bits & 0xffffffff), length) : other == bits) break;
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
