import type { Column } from "../../core/column.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { finestFirst } from "../columns/finest-first.ts";

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
/** Share of the rows that have their pair with another row, and such pairs. */
const [LEAST_MET, LEAST_PAIRS] = [0.5, 10];
const HOLDS = 0.99;
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
        const one = agreement(column, cells.of, cells.count, rows);
        if (one === null || one.chance * looks > CHANCE) return [];
        const isGivenByOne = [a, b].some(({ codes, levels }) => agreement(column, codes, levels.length, rows) !== null);
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
          pairs: first.pairs,
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
  const several = counts.filter((count) => count > 1);
  const met = several.reduce((sum, count) => sum + count, 0);
  // Names that lie within each other make no more pairs than there are names.
  if (several.length < LEAST_PAIRS || met < LEAST_MET * rows || counts.length <= Math.max(a.levels.length, b.levels.length)) return null;
  return { of, count: counts.length };
}

/** Whether rows of one group have one value; null where more than one row in a hundred has another, or the column has few values. */
function agreement(column: Column, groups: Int32Array, count: number, rows: number) {
  const first = new Float64Array(count).fill(Number.NaN);
  /** Groups with one row, with several of one value, and of more. */
  const kinds = new Uint8Array(count);
  const values = new Map<number, number>();
  let [compared, held, present] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const [group, value] = [groups[row] ?? -1, valueAt(column, row)];
    if (group < 0 || Number.isNaN(value)) continue;
    present++;
    values.set(value, (values.get(value) ?? 0) + 1);
    const known = first[group] ?? Number.NaN;
    if (Number.isNaN(known)) {
      first[group] = value;
      continue;
    }
    compared++;
    held += Number(known === value);
    kinds[group] = known === value ? Math.max(ONE_VALUE, kinds[group] ?? 0) : MORE_VALUES;
    // The first rows refute nearly all.
    if (compared - held > (1 - HOLDS) * rows || (compared === FIRST_ROWS && held < FIRST_HELD * compared)) return null;
  }
  if (compared === 0 || held < HOLDS * compared || values.size < LEAST_VALUES) return null;
  let alike = 0;
  for (const own of values.values()) alike += (own / present) ** 2;
  const [agree, differ] = [ONE_VALUE, MORE_VALUES].map((kind) => kinds.reduce((sum, one) => sum + Number(one === kind), 0)) as [
    number,
    number,
  ];
  const pairs = agree + differ;
  return { compared, held, pairs, chance: Math.max(Number.MIN_VALUE, binomialUpperTail(agree, pairs, alike)) };
}

const [ONE_VALUE, MORE_VALUES] = [1, 2];

const [FIRST_ROWS, FIRST_HELD] = [50, 0.9];
