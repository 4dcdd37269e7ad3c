import { float64From } from "../../core/typed-from.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { lastDecimal } from "../columns/written-decimals.ts";

/** Three numbers whose sum or difference is one constant in most of the rows: a total that somebody else wrote down beside its parts. */
export interface MostlySum {
  /** The total, or the first of three shares. */
  readonly whole: NumberColumn;
  readonly parts: readonly [NumberColumn, NumberColumn];
  /** +1 or -1 for each part. */
  readonly signs: readonly [1 | -1, 1 | -1];
  readonly constant: number;
  /** Rows in which all three differ from their most frequent value, and those in which it holds. */
  readonly compared: number;
  readonly held: number;
  /** It holds in every row in which all three are present. */
  readonly isEverywhere: boolean;
  /** The share in which it would hold if rows of the one stood beside other rows of the others. */
  readonly byChance: number;
}

/** Of more the triples are too many. */
const MOST_COLUMNS = 16;
/** Of fewer values sums come together by chance. */
const LEAST_DISTINCT = 15;
const PROBED = 101;
/** Most rows, and so many; below nearly all, where it is an identity. */
const [LEAST_SHARE, LEAST_ROWS] = [0.75, 50];
const MOST_BY_CHANCE = 0.15;
/** Whole = a + b, whole = a - b, and shares of one whole: whole = constant - a - b. */
const SIGNS = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const;

/** A column with its rows in ascending order of its values, those of one value as they stand. */
export type OrderedColumn = NumberColumn & { readonly distinct: number; readonly order: () => Int32Array };

/** Each three columns once. @param isKnown tells whether the three are told as an identity. */
export function mostlySums(
  columns: readonly OrderedColumn[],
  rows: number,
  isKnown: (names: readonly string[]) => boolean,
): readonly MostlySum[] {
  const some = columns
    .filter(({ distinct }) => distinct >= LEAST_DISTINCT)
    .sort((a, b) => b.distinct - a.distinct || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_COLUMNS);
  const told = some.map(({ values, order }) => tellsOf(values, mostFrequent(values, order())));
  const room = new Uint32Array(Math.ceil(rows / 32));
  const found: MostlySum[] = [];
  for (let i = 0; i < some.length; i++)
    for (let j = i + 1; j < some.length; j++)
      for (let k = j + 1; k < some.length; k++) {
        const three = [some[i], some[j], some[k]] as [NumberColumn, NumberColumn, NumberColumn];
        if (isKnown(three.map(({ name }) => name))) continue;
        const [a, b, c] = [told[i], told[j], told[k]] as [Uint32Array, Uint32Array, Uint32Array];
        const count = inCommon(a, b, c, room);
        if (count >= LEAST_ROWS) found.push(...holding(three, room, count));
      }
  return found;
}

type Three = readonly [NumberColumn, NumberColumn, NumberColumn];

/** A column that is 0 in most rows adds nothing there: only where all three are otherwise than usual does a sum show. A bit for each row. */
function tellsOf(values: Float64Array, usual: number): Uint32Array {
  const tells = new Uint32Array(Math.ceil(values.length / 32));
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isFinite(value) && value !== usual) tells[row >>> 5] = (tells[row >>> 5] as number) | (1 << (row & 31));
  }
  return tells;
}

/** How many bits all three have; these come into the room. */
function inCommon(a: Uint32Array, b: Uint32Array, c: Uint32Array, room: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < room.length; i++) {
    const bits = (a[i] as number) & (b[i] as number) & (c[i] as number);
    room[i] = bits;
    count += bitsOf(bits);
  }
  return count;
}

/** Of 32 bits those that are set, summed in pairs, in fours, in bytes. */
function bitsOf(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Places of every step-th of the `count` bits that are set, from the first on. */
function everyOf(marked: Uint32Array, count: number, step: number): Int32Array {
  const places = new Int32Array(Math.ceil(count / step));
  let [found, seen] = [0, 0];
  for (let i = 0; i < marked.length && found < places.length; i++) {
    const next = seen + bitsOf(marked[i] as number);
    if (found * step < next)
      for (let bits = marked[i] as number; bits !== 0; bits &= bits - 1, seen++)
        if (seen === found * step) places[found++] = 32 * i + 31 - Math.clz32(bits & -bits);
    seen = next;
  }
  return places;
}

/** Of several the one whose last row comes first. */
function mostFrequent(values: Float64Array, order: Int32Array): number {
  let [most, held, last] = [Number.NaN, 0, 0];
  for (let start = 0, end = 0; start < order.length; start = end) {
    const value = values[order[start] as number] as number;
    while (end < order.length && values[order[end] as number] === value) end++;
    const own = order[end - 1] as number;
    if (end - start > held || (end - start === held && own < last)) [most, held, last] = [value, end - start, own];
  }
  return most;
}

/** Where a sum is one constant in most of the rows: that is the middle value. told: marks `count` rows. */
function holding(three: Three, told: Uint32Array, count: number): readonly MostlySum[] {
  const probes = everyOf(told, count, Math.max(1, Math.floor(count / PROBED)));
  const decimal = Math.max(...three.map(({ values }) => lastDecimal(float64From(probes, (row) => values[row] ?? 0))));
  return SIGNS.flatMap((signs) => {
    const sums = sumsOf(three, signs, probes, 0).sort();
    const constant = Math.round((sums[sums.length >> 1] ?? 0) / decimal) * decimal;
    if (shareAt(sums, constant, decimal) < LEAST_SHARE - 0.1) return [];
    const rows = everyOf(told, count, 1);
    const all = shareAt(sumsOf(three, signs, rows, 0), constant, decimal);
    const byChance = shareAt(sumsOf(three, signs, rows, count >> 1), constant, decimal);
    if (all < LEAST_SHARE || byChance > MOST_BY_CHANCE) return [];
    const isEverywhere = all === 1 && holdsEverywhere(three, signs, constant, decimal);
    return [sumBy(three, signs, constant, { compared: count, held: Math.round(all * count), isEverywhere, byChance })];
  });
}

function holdsEverywhere([x, y, z]: Three, [second, third]: (typeof SIGNS)[number], constant: number, decimal: number): boolean {
  return x.values.every((value, row) => {
    const sum = value - second * (y.values[row] ?? 0) - third * (z.values[row] ?? 0);
    return Number.isNaN(sum) || Math.abs(sum - constant) < 0.5 * decimal;
  });
}

/** The third of each is so many rows farther on. */
function sumsOf([x, y, z]: Three, [second, third]: (typeof SIGNS)[number], rows: Int32Array, apart: number): Float64Array {
  const [first, other, last] = [x.values, y.values, z.values];
  const sums = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] as number;
    const shifted = rows[(place + apart) % rows.length] as number;
    sums[place] = (first[row] as number) - second * (other[row] as number) - third * (last[shifted] as number);
  }
  return sums;
}

function shareAt(sums: Float64Array, constant: number, decimal: number): number {
  let count = 0;
  for (let i = 0; i < sums.length; i++) if (Math.abs((sums[i] as number) - constant) < 0.5 * decimal) count++;
  return count / sums.length;
}

function sumBy(
  [x, y, z]: Three,
  [second, third]: (typeof SIGNS)[number],
  constant: number,
  said: Pick<MostlySum, "compared" | "held" | "isEverywhere" | "byChance">,
): MostlySum {
  if (second === 1 && third === -1) return { whole: y, parts: [x, z], signs: [1, 1], constant: -constant, ...said };
  if (second === -1 && third === 1) return { whole: z, parts: [x, y], signs: [1, 1], constant: -constant, ...said };
  return { whole: x, parts: [y, z], signs: [second, third], constant, ...said };
}
