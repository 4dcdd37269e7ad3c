// Cells of plain lines: numbers as doubles, texts with their lengths.
import { nearest } from "./_nearest";
import { copyBytes, MISSING } from "./_pages";

export { codesOf, packCodes, plainNumbers, plainTexts, presenceOf } from "./_pages";

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
/** No line has as many digits behind a point, which an exponent makes up for. */
const MOST_EXPONENT = 100000000;

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
      if (value < MOST_EXPONENT) value = value * 10 + <i32>(byte - ZERO);
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

function readForm(form: usize): void {
  delimiter = load<u32>(form);
  quote = load<u32>(form, 4);
  powers = load<u32>(form, 24);
  roomEnd = load<u32>(form, 28);
  waitList = load<u32>(form, 32);
  mostWaiting = load<i32>(form, 36);
  texts = load<u32>(form, 44);
  waiting = load<i32>(form, 48);
}

/**
 * Takes lines of `width` cells from `from` on; behind `to` stands a byte that belongs to no cell; up to fifteen behind that are read. Gives where the first line begins that was not taken. Words at `form`:
 * delimiter, quote (above 255 = none), width, rows that there is room for, kinds of the columns (a byte each), cells, powers, end of the room for texts, list of numbers that wait, most of them; then what changes: rows taken, end of
 * the texts, numbers that wait, why it stopped, the column of a strange cell and where it begins.
 * Cells of a column stand together, 8 bytes each: a double, NaN where it is empty; or of a text where its bytes begin and how many they are, below 0 where it is empty. A number that waits: where its cell stands, and where its text does, with its length.
 */
export function takeCells(from: usize, to: usize, form: usize): usize {
  readForm(form);
  const width = load<i32>(form, 8);
  const mostRows = load<i32>(form, 12);
  const kinds: usize = load<u32>(form, 16);
  const cells: usize = load<u32>(form, 20);
  let row = load<i32>(form, 40);
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
