import { float64From, int32Where } from "../../core/typed-from.ts";
import { pearson, ranks } from "../../stats/index.ts";
import type { NumberColumn } from "../columns/counts.ts";

/** Columns of which each puts the rows in nearly the order of another one of them. */
export interface NearlySameOrder {
  readonly columns: readonly NumberColumn[];
  /** The pair that agrees most: Spearman's rank correlation, with its sign. */
  readonly closest: readonly [NumberColumn, NumberColumn];
  readonly correlation: number;
  /** Rows in which both of that pair are present, of those looked at. */
  readonly compared: number;
}

/** Of the variance of the ranks a tenth is left: a variance inflation of ten, the usual bound (Marquardt 1970). */
const NEARLY = Math.sqrt(0.9);
const MOST_COLUMNS = 120;
const MOST_ROWS = 2_000;
/** A rank correlation of the bound in so many rows without a bond: z above 9. */
const LEAST_ROWS = 30;
/** Of the rows with either column, so many have both. */
const LEAST_SHARE = 0.5;

interface Ranked {
  readonly column: NumberColumn;
  readonly ranks: Float64Array;
  readonly present: number;
}

/**
 * Families of columns, each of at least two, in the order of the table. Ranks are those among all rows that have the column, between evenly spread rows.
 * isKnown: pairs that are told already.
 */
export function nearlySameOrder(
  columns: readonly NumberColumn[],
  rows: number,
  isKnown: (first: NumberColumn, second: NumberColumn) => boolean,
): readonly NearlySameOrder[] {
  const step = Math.max(1, rows / MOST_ROWS);
  const places = Int32Array.from({ length: Math.floor(rows / step) }, (_, i) => Math.floor(i * step));
  const ranked = columns.slice(0, MOST_COLUMNS).map((column) => rankedOf(column, places));
  const family = ranked.map((_, i) => i);
  const pairs: { a: number; b: number; correlation: number; compared: number }[] = [];
  for (let b = 1; b < ranked.length; b++)
    for (let a = 0; a < b; a++) {
      const [first, second] = [ranked[a], ranked[b]];
      if (first === undefined || second === undefined || isKnown(first.column, second.column)) continue;
      const { correlation, compared } = agreement(first, second);
      if (Math.abs(correlation) < NEARLY) continue;
      pairs.push({ a, b, correlation, compared });
      const [kept, joined] = [family[a], family[b]];
      family.forEach((own, i) => {
        if (own === joined) family[i] = kept ?? a;
      });
    }
  const heads = [...new Set(pairs.map(({ a }) => family[a]))];
  return heads.flatMap((head) => {
    const own = pairs.filter(({ a }) => family[a] === head).sort((x, y) => Math.abs(y.correlation) - Math.abs(x.correlation));
    const [best] = own;
    const members = ranked.filter((_, i) => family[i] === head).map(({ column }) => column);
    const [first, second] = [ranked[best?.a ?? -1]?.column, ranked[best?.b ?? -1]?.column];
    if (best === undefined || first === undefined || second === undefined) return [];
    return [{ columns: members, closest: [first, second] as const, correlation: best.correlation, compared: best.compared }];
  });
}

function rankedOf(column: NumberColumn, places: Int32Array): Ranked {
  const present = int32Where(places, (row) => Number.isFinite(column.values[row]));
  const own = ranks(float64From(present, (row) => column.values[row] ?? 0));
  const spread = new Float64Array(places.length).fill(Number.NaN);
  let next = 0;
  places.forEach((row, i) => {
    if (Number.isFinite(column.values[row])) spread[i] = own[next++] ?? Number.NaN;
  });
  return { column, ranks: spread, present: present.length };
}

/** Pearson's correlation of the ranks in the rows that have both; 0 where these are too few, or all alike. */
function agreement({ ranks: x, present: hasX }: Ranked, { ranks: y, present: hasY }: Ranked): { correlation: number; compared: number } {
  const [first, second] = [new Float64Array(x.length), new Float64Array(x.length)];
  let compared = 0;
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i] ?? Number.NaN, y[i] ?? Number.NaN];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    first[compared] = a;
    second[compared++] = b;
  }
  if (compared < LEAST_ROWS || compared < LEAST_SHARE * (hasX + hasY - compared)) return { correlation: 0, compared };
  const correlation = pearson(first.subarray(0, compared), second.subarray(0, compared));
  return { correlation: Number.isNaN(correlation) ? 0 : correlation, compared };
}
