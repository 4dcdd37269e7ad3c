import { float64Where, int32From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import type { LevelColumn, NumberColumn } from "./counts.ts";

/** A column of few kinds each of which holds one stretch of a number's values: "under 25", "25 to 45", "over 45" of an age. */
export interface IntervalLevels {
  readonly number: NumberColumn;
  readonly coarse: LevelColumn;
  readonly levels: number;
  /** Rows in which both are present, and those of them that lie in the stretch of their kind. */
  readonly compared: number;
  readonly held: number;
}

const MOST_LEVELS = 20;
/** Different values of a kind, and its rows: fewer stand in one stretch by chance. */
const LEAST_VALUES = 3;
const LEAST_ROWS = 10;
/** Kinds of fewer values, as "none" is, may be half of them, two others at least beside; kinds of fewer rows are passed over where they hold next to nothing. */
const [MOST_SHORT, LEAST_LONG, MOST_RARE] = [0.5, 2, 0.02];
/** Share of the rows that may break it: errors of entry, and values at a bound that some gave to either side. */
const HOLDS = 0.99;
/** Of the rarest kind so many rows may stray at most: a rare one strays as a whole and is still few. */
const STRAYS_OF_RAREST = 0.1;
/** Rows that are looked at first, evenly spread. */
const PROBED = 500;
const MOST_COLUMNS = 60;

/** Each coarse column once, beside the number that holds it best. @param rows of the frame. */
export function intervalLevels(numbers: readonly NumberColumn[], levels: readonly LevelColumn[], rows: number): readonly IntervalLevels[] {
  const step = Math.max(1, Math.floor(rows / PROBED));
  const probes = Int32Array.from({ length: Math.floor(rows / step) }, (_, i) => i * step);
  const all = placesUpTo(rows);
  const some = numbers.slice(0, MOST_COLUMNS).map((number) => ({ number, sorted: sortedBy(number, probes) }));
  return levels.slice(0, MOST_COLUMNS).flatMap((coarse) => {
    const holding = some.flatMap(({ number, sorted }) => {
      if (stretches(number, coarse, sorted, 1) === null) return [];
      return stretches(number, coarse, sortedBy(number, all), LEAST_ROWS) ?? [];
    });
    return holding.sort((a, b) => b.held / b.compared - a.held / a.compared || (a.number.name < b.number.name ? -1 : 1)).slice(0, 1);
  });
}

function sortedBy({ values }: NumberColumn, rows: Int32Array): Int32Array {
  return int32Where(rows, (row) => !Number.isNaN(values[row])).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
}

/** null when some kind has no stretch of its own. leastRows: of each kind. */
function stretches(number: NumberColumn, coarse: LevelColumn, sorted: Int32Array, leastRows: number): IntervalLevels | null {
  const counts = new Float64Array(coarse.levels.length);
  const all = int32Where(sorted, (row) => (coarse.codes[row] ?? -1) >= 0);
  for (const row of all) counts[coarse.codes[row] ?? 0] = (counts[coarse.codes[row] ?? 0] ?? 0) + 1;
  const present = int32Where(all, (row) => (counts[coarse.codes[row] ?? 0] ?? 0) >= leastRows);
  if (all.length - present.length > MOST_RARE * all.length) return null;
  counts.forEach((count, kind) => {
    if (count < leastRows) counts[kind] = 0;
  });
  const kinds = float64Where(counts, (count) => count > 0).length;
  if (kinds < 2 || kinds > MOST_LEVELS) return null;
  const distinct = new Float64Array(coarse.levels.length);
  let [held, changes, before] = [0, 0, -1];
  for (let from = 0; from < present.length; ) {
    const { to, best, most } = majority(number, coarse, present, from);
    held += most;
    distinct[best] = (distinct[best] ?? 0) + 1;
    if (best !== before && before >= 0) changes++;
    before = best;
    // More changes than bounds, or more strays than may be: nothing further can mend it.
    if (changes >= kinds || to - held > (1 - HOLDS) * present.length) return null;
    from = to;
  }
  const rarest = Math.min(...float64Where(counts, (count) => count > 0));
  if (leastRows > 1 && present.length - held > STRAYS_OF_RAREST * rarest) return null;
  const long = float64Where(distinct, (values, kind) => (counts[kind] ?? 0) > 0 && values >= LEAST_VALUES).length;
  const isOfNothing = kinds === 2 && held === present.length && isZeroAndMore(number, coarse, present, distinct);
  const isLong = leastRows === 1 || isOfNothing || (long >= LEAST_LONG && kinds - long <= MOST_SHORT * kinds);
  if (changes !== kinds - 1 || !isLong) return null;
  return { number, coarse, levels: kinds, compared: present.length, held };
}

/** Values of the other kind, where one holds nothing but 0. */
const LEAST_MORE = 10;

/** A flag that says where the number is more than 0: the ones at 0 have one kind, all others the other. */
function isZeroAndMore({ values }: NumberColumn, { codes }: LevelColumn, present: Int32Array, distinct: Float64Array): boolean {
  const first = present[0] ?? 0;
  const kind = codes[first] ?? -1;
  const most = distinct.reduce((sum, count) => sum + count, 0) - 1;
  return values[first] === 0 && distinct[kind] === 1 && most >= LEAST_MORE;
}

/** The kind that most of the rows from `from` on have that share one value, and where they end. */
function majority({ values }: NumberColumn, { codes }: LevelColumn, present: Int32Array, from: number) {
  const value = values[present[from] ?? 0];
  const seen = new Map<number, number>();
  let to = from;
  for (; to < present.length && values[present[to] ?? 0] === value; to++) {
    const code = codes[present[to] ?? 0] ?? -1;
    seen.set(code, (seen.get(code) ?? 0) + 1);
  }
  let [best, most] = [-1, 0];
  for (const [code, count] of seen) if (count > most) [best, most] = [code, count];
  return { to, best, most };
}

/** Numbers of few values as kinds. */
export function fewAsLevels(column: NumberColumn, values: Float64Array): LevelColumn {
  const places = new Map([...values].map((value, place) => [value, place]));
  return {
    name: column.name,
    type: "category",
    codes: int32From(column.values, (value) => places.get(value) ?? -1),
    levels: [...values].map(String),
  };
}
