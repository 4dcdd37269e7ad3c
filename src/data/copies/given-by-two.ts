import type { Column } from "../../core/column.ts";
import { factsOf } from "../columns/column-facts.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { groupAgreement } from "./group-agreement.ts";

/** Columns that two columns of names give together and neither gives alone: the distance of two towns, a tariff by zone and class. */
export interface GivenByTwo {
  readonly names: readonly [LevelColumn, LevelColumn];
  readonly given: readonly Column[];
  /** Pairs of names with two rows or more. */
  readonly pairs: number;
  readonly compared: number;
  readonly held: number;
  /** That the rows of so many pairs would agree if the values were dealt anew (binomial). */
  readonly chance: number;
}

/** Columns of names, and columns that may be given. */
const [MOST_NAMES, MOST_GIVEN] = [10, 40];
const MOST_LEVELS = 1000;
/** Share of the rows that have their pair with another row. */
const LEAST_MET = 0.5;
/** Fewer values come together by chance. */
const LEAST_VALUES = 5;
/** Over all pairs and columns. */
const CHANCE = 1e-9;

/** Each given column once, beside the pair with the fewest pairs of names. One comparison counts for each pair, as its rows may be of one thing. */
export function givenByTwo(names: readonly LevelColumn[], columns: readonly Column[], rows: number): readonly GivenByTwo[] {
  const some = names
    .filter(({ levels }) => levels.length >= 3 && levels.length <= MOST_LEVELS)
    .sort((a, b) => a.levels.length - b.levels.length || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_NAMES);
  // What nearly every row has of its own is given by no pair that comes back; of the others the finest say most.
  const distinctOf = (column: Column) => factsOf(column, rows).distinct;
  const wholes = finestFirst(
    columns.filter((column) => distinctOf(column) >= LEAST_VALUES && 2 * distinctOf(column) <= rows),
    distinctOf,
  ).slice(0, MOST_GIVEN);
  const looks = Math.max(1, ((some.length * (some.length - 1)) / 2) * wholes.length);
  const told = new Set<Column>();
  return some.flatMap((a, place) =>
    some.slice(place + 1).flatMap((b): GivenByTwo[] => {
      const cells = cellsOf(a, b, rows);
      if (cells === null) return [];
      const found = wholes.flatMap((column) => {
        if (told.has(column) || column.name === a.name || column.name === b.name) return [];
        const one = groupAgreement(column, cells.of, cells.count, rows);
        if (one === null || one.values < LEAST_VALUES || one.chance * looks > CHANCE) return [];
        const isGivenByOne = [a, b].some(({ codes, levels }) => groupAgreement(column, codes, levels.length, rows) !== null);
        return isGivenByOne ? [] : [{ column, ...one }];
      });
      const [first] = found;
      if (first === undefined) return [];
      for (const { column } of found) told.add(column);
      const given = found.map(({ column }) => column);
      return [
        {
          names: [a, b],
          given,
          pairs: first.groups,
          compared: first.compared,
          held: first.held,
          chance: first.chance,
        },
      ];
    }),
  );
}

/** Numbers of the pairs of names, by row; null where they hardly come back. */
function cellsOf(a: LevelColumn, b: LevelColumn, rows: number): { readonly of: Int32Array; readonly count: number } | null {
  const places = new Map<number, number>();
  const counts: number[] = [];
  const of = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++) {
    const [x, y] = [a.codes[row] ?? -1, b.codes[row] ?? -1];
    if (x < 0 || y < 0) continue;
    const key = x * b.levels.length + y;
    const place = places.get(key) ?? counts.length;
    if (place === counts.length) {
      places.set(key, place);
      counts.push(0);
    }
    of[row] = place;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const met = counts.reduce((sum, count) => sum + (count > 1 ? count : 0), 0);
  // Names that lie within each other make no more pairs than there are names.
  if (met < LEAST_MET * rows || counts.length <= Math.max(a.levels.length, b.levels.length)) return null;
  return { of, count: counts.length };
}
