import type { Column } from "../../core/column.ts";
import { createRandom } from "../../core/random.ts";
import { float64From, int32From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { variance } from "../../stats/index.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { drawnRows } from "../columns/drawn-rows.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { type GroupAgreement, groupAgreement } from "./group-agreement.ts";

/** A number with one value for each combination of a few answers: a score of a questionnaire, a factor of several items. */
export interface ScoreOfItems extends Pick<GroupAgreement, "compared" | "held" | "chance"> {
  readonly score: NumberColumn;
  readonly items: readonly Column[];
  /** Combinations with two rows or more. */
  readonly cells: number;
  /** Share of the score's variance that the items tell each for itself (main effects, 0..1): traits that merely name a thing together tell little so. */
  readonly additive: number;
}

/** Rows in which items are sought; scores, and items of each, that are looked at. */
const [MOST_ROWS, MOST_SCORES, MOST_ITEMS, SHORT_LIST] = [6_000, 12, 200, 30];
/** Different values of a score and of an item; rows of a value and of a combination on average. */
const [LEAST_VALUES, MOST_LEVELS, ROWS_EACH] = [10, 20, 3];
/** Of two columns of names that give a third given-by-two.ts tells. */
const [LEAST_ITEMS, MOST_OF_SCORE] = [2, 8];
/** Share of the variance that is left within the combinations where nothing is: but for rounding. */
const NOTHING = 1e-9;
/** Rows that have another row of their combination. */
const MET = 0.5;
const ADDITIVE = 0.8;
/** Combinations for each main effect. */
const CELLS_EACH = 2;
const CHANCE = 1e-9;
const ROUNDS = 30;

/** An item in the rows that are looked at: a number for each different value, the last for "missing". */
interface Coded {
  readonly column: Column;
  readonly codes: Int32Array;
  readonly levels: number;
}

interface Cells {
  readonly of: Int32Array;
  readonly count: number;
}

/** The score with most different values first; each with the fewest items. Items are sought step by step, the one first that leaves least of the score. */
export function scoresOfItems(scores: readonly NumberColumn[], columns: readonly Column[], rows: number): readonly ScoreOfItems[] {
  const distinctOf = (column: Column) => factsOf(column, rows).distinct;
  const some = scores.filter((column) => distinctOf(column) >= LEAST_VALUES && ROWS_EACH * distinctOf(column) <= rows);
  const items = columns.filter((column) => distinctOf(column) >= 2 && distinctOf(column) <= MOST_LEVELS).slice(0, MOST_ITEMS);
  if (items.length < LEAST_ITEMS) return [];
  const drawn = drawnRows(placesUpTo(rows), MOST_ROWS, createRandom(1, "scores of items"));
  const coded = items.map((column) => codedIn(column, drawn));
  const looks = some.length * items.length ** 2;
  return finestFirst(some, distinctOf)
    .slice(0, MOST_SCORES)
    .flatMap((score) => scoreOf(score, coded, drawn, rows, looks) ?? []);
}

function codedIn(column: Column, rows: Int32Array): Coded {
  const places = new Map<number, number>();
  const codes = int32From(rows, (row) => {
    const value = valueAt(column, row);
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    return places.size - 1;
  });
  return { column, codes, levels: places.size };
}

function scoreOf(score: NumberColumn, items: readonly Coded[], drawn: Int32Array, rows: number, looks: number): ScoreOfItems | null {
  const present = int32Where(placesUpTo(drawn.length), (place) => Number.isFinite(score.values[drawn[place] ?? 0]));
  const values = float64From(present, (place) => score.values[drawn[place] ?? 0] ?? 0);
  const own = items
    .filter(({ column }) => column !== score)
    .map((item) => ({ ...item, codes: int32From(present, (place) => item.codes[place] ?? 0) }));
  const chosen = itemsOf(values, own);
  if (chosen === null || chosen.length < LEAST_ITEMS) return null;
  if (chosen.length === 2 && chosen.every(({ column }) => "codes" in column)) return null;
  const additive = mainEffects(values, chosen);
  if (additive < ADDITIVE) return null;
  const columns = chosen.map(({ column }) => column);
  const every = placesUpTo(rows);
  const cells = cellsOf(
    columns.map((column) => codedIn(column, every)),
    rows,
  );
  const found = groupAgreement(score, cells.of, cells.count, rows);
  const effects = chosen.reduce((sum, { levels }) => sum + levels - 1, 0);
  if (found === null || found.chance * looks > CHANCE || found.groups < CELLS_EACH * effects) return null;
  if (found.compared < MET * factsOf(score, rows).present) return null;
  return { score, items: columns, cells: found.groups, additive, compared: found.compared, held: found.held, chance: found.chance };
}

/** null where no few items leave nothing of the values, with several rows for each combination. */
function itemsOf(values: Float64Array, items: readonly Coded[]): readonly Coded[] | null {
  const all = variance(values) * (values.length - 1);
  if (!(all > 0)) return null;
  const left = (cells: Cells, item: Coded) => {
    const joint = cells.count * item.levels;
    const own = withinCells(values, joint, (place) => (cells.of[place] ?? 0) * item.levels + (item.codes[place] ?? 0));
    return { ...own, each: own.squares / Math.max(1, values.length - own.filled) };
  };
  let cells: Cells = { of: new Int32Array(values.length), count: 1 };
  const least = (some: readonly Coded[]) =>
    some
      .map((item) => ({ item, ...left(cells, item) }))
      .sort((a, b) => a.each - b.each || (a.item.column.name < b.item.column.name ? -1 : 1));
  let open = least(items)
    .slice(0, SHORT_LIST)
    .map(({ item }) => item);
  const chosen: Coded[] = [];
  while (chosen.length < MOST_OF_SCORE) {
    const [best] = least(open);
    if (best === undefined || ROWS_EACH * best.filled > values.length) return null;
    chosen.push(best.item);
    if (best.squares <= NOTHING * all) return withoutIdle(values, chosen, all);
    open = open.filter((item) => item !== best.item);
    cells = cellsOf(chosen, values.length);
  }
  return null;
}

/** Without those that the others make idle. */
function withoutIdle(values: Float64Array, chosen: readonly Coded[], all: number): readonly Coded[] {
  let kept = chosen;
  for (const item of chosen) {
    const others = kept.filter((one) => one !== item);
    const { of, count } = cellsOf(others, values.length);
    if (withinCells(values, count, (place) => of[place] ?? 0).squares <= NOTHING * all) kept = others;
  }
  return kept;
}

/** Sum of squares of the values about the mean of their cell, and cells that hold any. */
function withinCells(values: Float64Array, count: number, cellOf: (place: number) => number): { squares: number; filled: number } {
  const [sums, squares, held] = [new Float64Array(count), new Float64Array(count), new Int32Array(count)];
  // Beside a middle value the sums lose no digits.
  const middle = values[0] ?? 0;
  values.forEach((value, place) => {
    const cell = cellOf(place);
    sums[cell] = (sums[cell] ?? 0) + value - middle;
    squares[cell] = (squares[cell] ?? 0) + (value - middle) ** 2;
    held[cell] = (held[cell] ?? 0) + 1;
  });
  let [left, filled] = [0, 0];
  for (let cell = 0; cell < count; cell++) {
    const own = held[cell] ?? 0;
    if (own === 0) continue;
    filled++;
    left += Math.max(0, (squares[cell] ?? 0) - (sums[cell] ?? 0) ** 2 / own);
  }
  return { squares: left, filled };
}

/** The combinations of the items, numbered as they are met. */
function cellsOf(items: readonly Coded[], rows: number): Cells {
  let of: Int32Array = new Int32Array(rows);
  let count = 1;
  for (const { codes, levels } of items) {
    const places = new Map<number, number>();
    of = int32From(of, (cell, row) => {
      const joint = cell * levels + (codes[row] ?? 0);
      const known = places.get(joint);
      if (known !== undefined) return known;
      places.set(joint, places.size);
      return places.size - 1;
    });
    count = places.size;
  }
  return { of, count };
}

/** Share of the variance that sums of one number for each level of each item tell, fitted one item after the other until they stand. */
function mainEffects(values: Float64Array, items: readonly Coded[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const left = values.map((value) => value - mean);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { codes, levels } of items) {
      const [sums, held] = [new Float64Array(levels), new Int32Array(levels)];
      left.forEach((value, place) => {
        sums[codes[place] ?? 0] = (sums[codes[place] ?? 0] ?? 0) + value;
        held[codes[place] ?? 0] = (held[codes[place] ?? 0] ?? 0) + 1;
      });
      // What each round takes away adds up to the effect of the level.
      left.forEach((value, place) => {
        const code = codes[place] ?? 0;
        left[place] = value - (sums[code] ?? 0) / (held[code] ?? 1);
      });
    }
  }
  return 1 - variance(left) / variance(values);
}
