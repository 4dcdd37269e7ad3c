import type { Column } from "../../core/column.ts";
import { groupsOf, rowHash } from "../columns/row-hash.ts";

/** So many columns at most tell copies apart: one of one more set of columns than that is whole in each pair. */
const MOST_APART = 3;
/** Rows that are compared with those before them in a set: the last, and a few more. */
const LOOKED_BACK = 3;
/** Of the pairs, those that a smaller set of columns explains: the column more is a slip. */
const NEARLY_ALL = 0.8;
/** Fewer pairs are no habit. */
const LEAST_PAIRS = 10;

/** Columns in which rows differ that are equal in all others, and how many such pairs were seen. */
export interface ApartColumns {
  readonly names: readonly string[];
  readonly pairs: number;
}

/**
 * Rows that are copies but for a few columns agree in all of one of four disjoint sets of the columns whichever three differ: rows of one hash of a set are compared with the few before them, which
 * takes one look at each cell and row. The columns in which the pairs differ that differ in few; null where hardly any do. columns: those of the most different values first. mayDiffer: those that may tell copies apart.
 */
export function apartColumns(columns: readonly Column[], mayDiffer: ReadonlySet<string>, rows: number): ApartColumns | null {
  const sets = Array.from({ length: MOST_APART + 1 }, (_, set) => columns.filter((_one, place) => place % (MOST_APART + 1) === set));
  const seen = new Map<string, Set<number>>();
  for (const set of sets) if (set.length > 0) lookIn(columns, set, rows, seen, mayDiffer);
  const within = [...seen.keys()].map((key) => {
    const places = key.split(" ").map(Number);
    return { places, pairs: subsetsOf(places).reduce((sum, some) => sum + (seen.get(some.join(" "))?.size ?? 0), 0) };
  });
  const most = within.reduce((largest, { pairs }) => Math.max(largest, pairs), 0);
  const [found] = within
    .filter(({ pairs }) => pairs >= NEARLY_ALL * most)
    .sort((a, b) => a.places.length - b.places.length || b.pairs - a.pairs);
  if (found === undefined || found.pairs < LEAST_PAIRS) return null;
  return { names: found.places.map((place) => columns[place]?.name ?? ""), pairs: found.pairs };
}

/** All but the empty one, of three at most. */
function subsetsOf(places: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** places.length - 1 }, (_, i) => places.filter((_place, at) => ((i + 1) >> at) % 2 === 1));
}

/** seen: by the places of the columns that differ, the later rows of such pairs. */
function lookIn(
  columns: readonly Column[],
  set: readonly Column[],
  rows: number,
  seen: Map<string, Set<number>>,
  mayDiffer: ReadonlySet<string>,
): void {
  const { group, sizes } = groupsOf(rowHash(set, rows));
  const last = new Int32Array(sizes.length).fill(-1);
  const before = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++) {
    const own = group[row] as number;
    before[row] = last[own] as number;
    last[own] = row;
    let other = before[row] as number;
    for (let back = 0; back < LOOKED_BACK && other >= 0; back++) {
      const places = differing(columns, row, other, mayDiffer);
      if (places !== null && places.length > 0) {
        const key = places.join(" ");
        seen.set(key, (seen.get(key) ?? new Set()).add(row));
        break;
      }
      other = before[other] as number;
    }
  }
}

/** null where too many columns differ, or one that does not tell copies apart. */
function differing(columns: readonly Column[], row: number, other: number, mayDiffer: ReadonlySet<string>): readonly number[] | null {
  const places: number[] = [];
  for (let place = 0; place < columns.length; place++) {
    const column = columns[place] as Column;
    const isEqual = "codes" in column ? column.codes[row] === column.codes[other] : Object.is(column.values[row], column.values[other]);
    if (isEqual) continue;
    if (places.length === MOST_APART || !mayDiffer.has(column.name)) return null;
    places.push(place);
  }
  return places;
}
