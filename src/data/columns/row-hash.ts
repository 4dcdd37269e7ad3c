import type { Column } from "../../core/column.ts";
import { hashOfText, mixedBits } from "../../core/mixed-bits.ts";

/** Two sums of 32-bit cell hashes for each row: 64 bits from which any column can be taken away again. */
export interface RowHash {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** NaN has many bit patterns: this one stands for all, over a low half of 0. */
const NAN_HIGH = 0x7ff80000;

/** Hash of each row over the columns, in any order of them. Equal rows have equal hashes; missing is a value. */
export function rowHash(columns: readonly Column[], rows: number): RowHash {
  const hash = { low: new Uint32Array(rows), high: new Uint32Array(rows) };
  for (const column of columns) addColumn(hash, column, 1);
  return hash;
}

/** The same without one of the columns. */
export function withoutColumn(hash: RowHash, column: Column): RowHash {
  const rest = { low: hash.low.slice(), high: hash.high.slice() };
  addColumn(rest, column, -1);
  return rest;
}

function addColumn({ low, high }: RowHash, column: Column, sign: 1 | -1): void {
  const salt = hashOfText(column.name);
  if ("values" in column) addNumbers(low, high, column.values, salt, sign);
  else addLevels(low, high, column.codes, hashesOf(highestOf(column.codes), salt, sign));
}

function addNumbers(low: Uint32Array, high: Uint32Array, values: Float64Array, salt: number, sign: number): void {
  const number = new Float64Array(1);
  const words = new Int32Array(number.buffer);
  for (let row = 0; row < low.length; row++) {
    const cell = (values[row] as number) + 0;
    number[0] = cell;
    const isMissing = Number.isNaN(cell);
    const a = mixedBits((isMissing ? 0 : (words[0] as number)) ^ salt);
    const b = mixedBits(a ^ (isMissing ? NAN_HIGH : (words[1] as number)));
    low[row] = ((low[row] as number) + Math.imul(sign, b)) | 0;
    high[row] = ((high[row] as number) + Math.imul(sign, mixedBits(b ^ 0x9e3779b9))) | 0;
  }
}

/** hashes: two of each level, those of what is missing first. */
function addLevels(low: Uint32Array, high: Uint32Array, codes: Int32Array, hashes: Int32Array): void {
  for (let row = 0; row < low.length; row++) {
    const place = 2 * (codes[row] as number) + 2;
    low[row] = ((low[row] as number) + (hashes[place] as number)) | 0;
    high[row] = ((high[row] as number) + (hashes[place + 1] as number)) | 0;
  }
}

function highestOf(codes: Int32Array): number {
  let highest = -1;
  for (let row = 0; row < codes.length; row++) if ((codes[row] as number) > highest) highest = codes[row] as number;
  return highest;
}

/** What each level adds: a code is hashed like the number, missing is -1. */
function hashesOf(highest: number, salt: number, sign: number): Int32Array {
  const codes = new Float64Array(highest + 2);
  for (let i = 0; i < codes.length; i++) codes[i] = i - 1;
  const words = new Int32Array(codes.buffer);
  const hashes = new Int32Array(2 * codes.length);
  for (let i = 0; i < hashes.length; i += 2) {
    const b = mixedBits(mixedBits((words[i] as number) ^ salt) ^ (words[i + 1] as number));
    hashes[i] = Math.imul(sign, b);
    hashes[i + 1] = Math.imul(sign, mixedBits(b ^ 0x9e3779b9));
  }
  return hashes;
}

/** 53 bits of the hash as one number, by which rows count as equal: two different rows of 100,000 agree with probability 6e-7. */
function hashKey(hash: RowHash, row: number): number {
  return (hash.high[row] ?? 0) * 2097152 + ((hash.low[row] ?? 0) >>> 11);
}

/** Number of the group of equal rows that each row belongs to, by first appearance, and the size of each group. */
export function groupsOf(hash: RowHash): { readonly group: Int32Array; readonly sizes: Int32Array } {
  const { low, high } = hash;
  const rows = low.length;
  const group = new Int32Array(rows);
  const sizes = new Int32Array(rows);
  // An open table of the first row of each group, plus 1. What is equal is told by the 53 bits of `hashKey`.
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows + 2)));
  const groups = fillGroups(low, high, slots, group, sizes);
  return { group, sizes: sizes.slice(0, groups) };
}

function fillGroups(low: Uint32Array, high: Uint32Array, slots: Int32Array, group: Int32Array, sizes: Int32Array): number {
  let groups = 0;
  for (let row = 0; row < low.length; row++) {
    const [a, b] = [(low[row] as number) >>> 11, high[row] as number];
    let slot = b & (slots.length - 1);
    let first = (slots[slot] as number) - 1;
    while (first >= 0 && (high[first] !== b || (low[first] as number) >>> 11 !== a)) {
      slot = (slot + 1) & (slots.length - 1);
      first = (slots[slot] as number) - 1;
    }
    if (first < 0) slots[slot] = row + 1;
    const known = first < 0 ? groups++ : (group[first] as number);
    group[row] = known;
    sizes[known] = (sizes[known] as number) + 1;
  }
  return groups;
}

/** Of a column with fewer different values than this share of the rows no copies make a key. */
const LEAST_DISTINCT = 0.5;
/** The other columns tell so many of the different rows apart without it. */
const RICH = 0.9;

/**
 * Rows that a column has to tell apart to be a key: all, or without the copies of whole rows where the other columns tell rows apart too. Only looked at for a
 * column that is no key of all rows already: `distinct` of its `present` values are different.
 */
export function rowsToTell(hash: () => RowHash, column: Column, distinct: number, present: number): number {
  if (distinct === present || distinct < LEAST_DISTINCT * present) return present;
  const whole = hash();
  const rows = whole.low.length;
  const [different, others] = [groupsOf(whole).sizes.length, groupsOf(withoutColumn(whole, column)).sizes.length];
  return others < RICH * different ? present : (present * different) / rows;
}

/** Pairs of equal rows. */
export function equalPairs(hash: RowHash): number {
  const keys = new Float64Array(hash.low.length);
  for (let row = 0; row < keys.length; row++) keys[row] = hashKey(hash, row);
  keys.sort();
  let pairs = 0;
  for (let start = 0; start < keys.length; ) {
    let end = start + 1;
    while (end < keys.length && keys[end] === keys[start]) end++;
    pairs += ((end - start) * (end - start - 1)) / 2;
    start = end;
  }
  return pairs;
}
