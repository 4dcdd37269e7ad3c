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

/** Each three columns once. @param isKnown tells whether the three are told as an identity. */
export function mostlySums(
  columns: readonly (NumberColumn & { readonly distinct: number })[],
  rows: number,
  isKnown: (names: readonly string[]) => boolean,
): readonly MostlySum[] {
  const some = columns
    .filter(({ distinct }) => distinct >= LEAST_DISTINCT)
    .sort((a, b) => b.distinct - a.distinct || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_COLUMNS);
  const usual = new Map(some.map((column) => [column, mostFrequent(column.values)]));
  const found: MostlySum[] = [];
  for (let i = 0; i < some.length; i++)
    for (let j = i + 1; j < some.length; j++)
      for (let k = j + 1; k < some.length; k++) {
        const three = [some[i], some[j], some[k]] as [NumberColumn, NumberColumn, NumberColumn];
        if (isKnown(three.map(({ name }) => name))) continue;
        const told = tellingRows(three, usual, rows);
        if (told.length < LEAST_ROWS) continue;
        for (const signs of SIGNS) {
          const one = holding(three, signs, told);
          if (one !== null) found.push(one);
        }
      }
  return found;
}

type Three = readonly [NumberColumn, NumberColumn, NumberColumn];

/** A column that is 0 in most rows adds nothing there: only where all three are otherwise than usual does a sum show. */
function tellingRows(three: Three, usual: ReadonlyMap<NumberColumn, number>, rows: number): Int32Array {
  const told: number[] = [];
  for (let row = 0; row < rows; row++) {
    const tells = three.every((column) => Number.isFinite(column.values[row]) && column.values[row] !== usual.get(column));
    if (tells) told.push(row);
  }
  return Int32Array.from(told);
}

function mostFrequent(values: Float64Array): number {
  const counts = new Map<number, number>();
  let most = Number.NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (count > (counts.get(most) ?? 0)) most = value;
  }
  return most;
}

/** If it is one constant in most of the rows, the constant is the middle value. */
function holding([x, y, z]: Three, [second, third]: readonly [1 | -1, 1 | -1], told: Int32Array): MostlySum | null {
  const sum = (row: number, other = row) => (x.values[row] ?? 0) - second * (y.values[row] ?? 0) - third * (z.values[other] ?? 0);
  const step = Math.max(1, Math.floor(told.length / PROBED));
  const probes = told.filter((_, place) => place % step === 0);
  const decimal = Math.max(...[x, y, z].map(({ values }) => lastDecimal(float64From(probes, (row) => values[row] ?? 0))));
  const sums = float64From(probes, (row) => sum(row)).sort();
  const constant = Math.round((sums[sums.length >> 1] ?? 0) / decimal) * decimal;
  const isEqual = (value: number) => Math.abs(value - constant) < 0.5 * decimal;
  const share = (of: Float64Array) => of.reduce((count, value) => count + Number(isEqual(value)), 0) / of.length;
  if (share(sums) < LEAST_SHARE - 0.1) return null;
  const all = share(float64From(told, (row) => sum(row)));
  const half = told.length >> 1;
  const byChance = share(Float64Array.from(told, (row, place) => sum(row, told[(place + half) % told.length])));
  if (all < LEAST_SHARE || byChance > MOST_BY_CHANCE) return null;
  const said = { compared: told.length, held: Math.round(all * told.length), byChance };
  if (second === 1 && third === -1) return { whole: y, parts: [x, z], signs: [1, 1], constant: -constant, ...said };
  if (second === -1 && third === 1) return { whole: z, parts: [x, y], signs: [1, 1], constant: -constant, ...said };
  return { whole: x, parts: [y, z], signs: [second, third], constant, ...said };
}
