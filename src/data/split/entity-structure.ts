import type { Column } from "../../core/column.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, textAt, valueAt } from "../columns/column-facts.ts";

/** What a column's values have in common beside the column: a person keeps a sex, a school its size, an ordinary category keeps nothing. */
export interface EntityStructure {
  /** Columns that stay the same within its values, beyond chance, and do not merely name them otherwise. */
  readonly constant: readonly string[];
  /** Two of them that are no function of each other, or a quantity of nearly as many values as there are things: no mere levels of a hierarchy. */
  readonly isOfThings: boolean;
}

/** A column, or the front part of one, by whose values rows are put together. */
interface Key {
  readonly column: string;
  readonly cut: string | null;
  /** Group of each frame row, -1 when missing. */
  readonly codes: Int32Array;
  readonly groups: number;
}

const NO_STRUCTURE: EntityStructure = { constant: [], isOfThings: false };

/** Pairs of rows of one value below which nothing is told. */
const LEAST_PAIRS = 20;
const MOST_PAIRS = 2_000;
/** Stretches of rows for each value. */
const MOST_STRETCHES = 2;
/** One error among fifty, as in a file that people filled in. */
const SAME = 0.98;
/** So many differences, and twice the share that is allowed, are enough to stop counting. */
const GIVEN_UP_AT = 2;
/** Chance of one column that stays the same by chance, over all that are looked at. */
const BY_CHANCE = 1e-6;
/** Of the things that agree in one column, so many differ in the other where neither is a function of the other. */
const CROSSED = 0.1;
/** So many equally frequent values, as a share of those there are, would come back as often. */
const EVEN = 0.2;
/** Of a thing that is met several times something moves: no more than so many pairs agree in it. */
const MOVES = 0.9;
/** A quantity with so many values for each thing is its own. */
const OF_ITS_OWN = 0.5;

/** The first and the last row of a value: as far from each other as the file's order lets them be. */
interface Pair {
  readonly a: number;
  readonly b: number;
}

/**
 * Which other columns stay the same within the values of a key. Chance is the larger of how often any two rows agree, and, where the values stand in blocks, of how often neighbours do where one ends and the next begins:
 * in a sorted file much stays the same over blocks. Linear in rows for the key; a column is given up at the first few pairs that differ.
 */
export function entityStructure(context: AuditContext, key: Key): EntityStructure {
  return context.shared(`entity structure ${JSON.stringify([key.column, key.cut])}`, () => structureOf(context, key));
}

function structureOf({ frame: { columns, rows }, roles }: AuditContext, key: Key): EntityStructure {
  const pairs = pairsOf(key);
  if (pairs.length < LEAST_PAIRS) return NO_STRUCTURE;
  const others = columns.filter(({ name }) => name !== key.column && name !== roles.target);
  const firsts = pairs.map(({ a }) => a);
  const borders = bordersOf(key);
  const kept = others.filter((column) => staysTheSame(column, pairs, borders, rows, others.length));
  const own = kept.filter((column) => !namesOtherwise(column, firsts));
  const named = columns.find(({ name }) => name === key.column);
  const traits = own.filter((column) => named === undefined || !isReadOff(column, named, firsts));
  const isNoLevel =
    traits.some((column) => isOwnQuantity(column, firsts)) ||
    traits.some((a, i) => traits.slice(i + 1).some((b) => areCrossed(a, b, firsts)));
  // Where nothing moves, equal values are rows written twice.
  const isOfThings = isNoLevel && isEven(key) && others.some((column) => !kept.includes(column) && agreement(column, pairs) < MOVES);
  return { constant: own.map(({ name }) => name), isOfThings };
}

/** Things are met about equally often; of kinds a few are met in most rows, and the rest in few (inverse Simpson index). */
function isEven({ codes, groups }: Key): boolean {
  const sizes = new Float64Array(groups);
  for (const code of codes) if (code >= 0) sizes[code] = (sizes[code] ?? 0) + 1;
  const [all, squares] = sizes.reduce<[number, number]>(([sum, square], size) => [sum + size, square + size ** 2], [0, 0]);
  return all ** 2 / squares >= EVEN * groups;
}

function pairsOf({ codes, groups }: Key): readonly Pair[] {
  const [first, last] = [new Int32Array(groups).fill(-1), new Int32Array(groups).fill(-1)];
  codes.forEach((code, row) => {
    if (code < 0) return;
    if (first[code] === -1) first[code] = row;
    last[code] = row;
  });
  const pairs = Array.from(first, (a, code) => ({ a, b: last[code] ?? -1 })).filter(({ a, b }) => b > a);
  return thinned(pairs);
}

/** Neighbours in the file of which one value ends and the next begins, where each stands in about one stretch: else the rows of a value are far apart, and what is near in the file tells nothing of them. */
function bordersOf({ codes, groups }: Key): readonly Pair[] {
  const borders: Pair[] = [];
  for (let row = 1; row < codes.length; row++) {
    const [a, b] = [codes[row - 1] ?? -1, codes[row] ?? -1];
    if (a >= 0 && b >= 0 && a !== b) borders.push({ a: row - 1, b: row });
  }
  return borders.length > MOST_STRETCHES * groups ? [] : thinned(borders);
}

/** As many as are looked at, evenly from all. */
function thinned(pairs: readonly Pair[]): readonly Pair[] {
  const step = Math.max(1, pairs.length / MOST_PAIRS);
  return pairs.length <= MOST_PAIRS ? pairs : Array.from({ length: MOST_PAIRS }, (_, i) => pairs[Math.floor(i * step)] ?? { a: 0, b: 0 });
}

function staysTheSame(column: Column, pairs: readonly Pair[], borders: readonly Pair[], rows: number, looks: number): boolean {
  let [held, same] = [0, 0];
  for (const { a, b } of pairs) {
    const [x, y] = [valueAt(column, a), valueAt(column, b)];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    held++;
    if (x === y) same++;
    else if (held - same > GIVEN_UP_AT + 2 * (1 - SAME) * held) return false;
  }
  if (held < LEAST_PAIRS || same < SAME * held) return false;
  const chance = Math.max(agreementOfAny(column, rows), agreement(column, borders));
  return binomialUpperTail(same, held, chance) * looks < BY_CHANCE;
}

function agreement(column: Column, pairs: readonly Pair[]): number {
  let [held, same] = [0, 0];
  for (const { a, b } of pairs) {
    const [x, y] = [valueAt(column, a), valueAt(column, b)];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    held++;
    same += Number(x === y);
  }
  return held === 0 ? 0 : same / held;
}

function agreementOfAny(column: Column, rows: number): number {
  const counts = new Map<number, number>();
  let present = 0;
  for (let row = 0; row < rows; row++) {
    const value = valueAt(column, row);
    if (Number.isNaN(value)) continue;
    present++;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  let sum = 0;
  for (const count of counts.values()) sum += (count / present) ** 2;
  return sum;
}

/** Text or whole numbers with as many values as there are things. */
function namesOtherwise(column: Column, things: readonly number[]): boolean {
  if (column.type === "date") return false;
  const values = things.map((row) => valueAt(column, row)).filter((value) => !Number.isNaN(value));
  return new Set(values).size > 0.95 * values.length && ("codes" in column || factsOf(column, column.values.length).integer);
}

/** Of things, so many have the value in their name. */
const READ_OFF = 0.9;

/** The name says the value: the gears of an "Auto(S8)". A kind is called by what it is made of; a thing is not. */
function isReadOff(column: Column, key: Column, things: readonly number[]): boolean {
  if (!("codes" in key)) return false;
  const held = things.filter((row) => textAt(column, row) !== null && textAt(key, row) !== null);
  const says = held.filter((row) => partsOf(textAt(key, row) ?? "").includes((textAt(column, row) ?? "").toLowerCase()));
  return held.length > 0 && says.length >= READ_OFF * held.length;
}

/** Runs of letters and of digits. */
function partsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}+|\p{N}+(?:\.\p{N}+)?/gu) ?? [];
}

function isOwnQuantity(column: Column, things: readonly number[]): boolean {
  if (!("values" in column)) return false;
  const values = things.map((row) => valueAt(column, row)).filter((value) => !Number.isNaN(value));
  return new Set(values).size >= Math.max(LEAST_PAIRS, OF_ITS_OWN * values.length);
}

function areCrossed(a: Column, b: Column, things: readonly number[]): boolean {
  return differWithin(a, b, things) && differWithin(b, a, things);
}

/** Whether things that agree in `a` differ in `b`. */
function differWithin(a: Column, b: Column, things: readonly number[]): boolean {
  const seen = new Map<number, number>();
  let [held, differ] = [0, 0];
  for (const row of things) {
    const [x, y] = [valueAt(a, row), valueAt(b, row)];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    const before = seen.get(x);
    seen.set(x, y);
    if (before === undefined) continue;
    held++;
    differ += Number(before !== y);
  }
  return differ >= 3 && differ >= CROSSED * held;
}
