import type { Column, Frame } from "../core/column.ts";
import { takeRows } from "../core/column.ts";
import type { StepChange } from "../core/mended-data.ts";
import { isTableStep, type Recipe, type RecipeStep } from "../core/recipe.ts";
import { readLabels } from "../core/target.ts";
import { rawColumn } from "./raw-column.ts";
import { applyStep, type ColumnStep, fitStep } from "./steps/index.ts";
import { createTable, isLevelColumn, type StepColumn, type Table } from "./table.ts";

const REPAIRS: ReadonlySet<RecipeStep["op"]> = new Set([
  "drop",
  "null-out",
  "map",
  "to-number",
  "to-category",
  "to-date",
  "convert-unit",
  "fill",
]);

function isRepair(step: RecipeStep): step is ColumnStep {
  return REPAIRS.has(step.op);
}

/**
 * Rows of the frame that the row steps of a recipe keep, ascending. Steps run in order, so a spelling mended before counts when duplicates are
 * sought. Of equal rows the first is kept. Nothing is fitted.
 */
export function rowsKept(recipe: Recipe, frame: Frame): Int32Array {
  return mend(recipe, frame).rows;
}

/** A new frame after the steps that learn nothing: drop, null-out, map, to-number, to-category, to-date,
 * convert-unit, fill, the reading of labels and the row steps. Corrections of labels that nobody has checked are not made: they would judge there too. */
export function mendFrame(recipe: Recipe, frame: Frame): Frame {
  return mendAndTell(recipe, frame, null);
}

/** A step that was made, and what it changed. */
interface MadeStep {
  readonly step: RecipeStep;
  readonly change: StepChange;
}

/**
 * The same, and what changed step by step, for the steps that were made. Rows that an earlier step left out are not counted any more.
 * @returns changes in the order of the recipe
 */
export function mendWithChanges(recipe: Recipe, frame: Frame): { readonly frame: Frame; readonly changes: readonly MadeStep[] } {
  const changes: MadeStep[] = [];
  const mended = mendAndTell(recipe, frame, (step, before, after) => changes.push(changeOf(step, before, after)));
  return { frame: mended, changes };
}

function mendAndTell(recipe: Recipe, frame: Frame, onStep: OnStep | null): Frame {
  const { table, rows } = mend(recipe, frame, onStep);
  const columns = Array.from(table.columns, ([name, column]): Column => {
    if (column.type === "encoded") throw new RangeError(`"${name}" is encoded, which no repair does`);
    return { name, ...column };
  });
  const whole: Frame = { rows: frame.rows, columns, rowNumbers: frame.rowNumbers };
  return rows.length === frame.rows ? whole : takeRows(whole, rows);
}

/** The columns that a step names, before or after it. They are never changed in place. */
interface Between {
  readonly columns: ReadonlyMap<string, StepColumn>;
  readonly rows: Int32Array;
}

type OnStep = (step: RecipeStep, before: Between, after: Between) => void;

function changeOf(step: RecipeStep, before: Between, after: Between): MadeStep {
  let [cells, emptied] = [0, 0];
  const retyped: string[] = [];
  for (const [name, was] of before.columns) {
    const is = after.columns.get(name);
    if (is === undefined || is === was) continue;
    if (is.type !== was.type) retyped.push(name);
    const [from, to] = [cellTexts(was), cellTexts(is)];
    for (const row of after.rows) {
      const [old, now] = [from(row), to(row)];
      if (old === now) continue;
      cells++;
      emptied += Number(now === null);
    }
  }
  const change = {
    columnsGone: [...before.columns.keys()].filter((name) => !after.columns.has(name)),
    columnsRetyped: retyped,
    rowsGone: before.rows.length - after.rows.length,
    cells,
    emptied,
  };
  return { step, change };
}

function columnsOfStep(step: RecipeStep, { columns }: Table<StepColumn>): ReadonlyMap<string, StepColumn> {
  const names = "columns" in step ? step.columns : "column" in step ? [step.column] : step.op === "read-labels" ? [step.target] : [];
  return new Map(
    names.flatMap((name): [string, StepColumn][] => {
      const column = columns.get(name);
      return column === undefined ? [] : [[name, column]];
    }),
  );
}

/** A cell as it is written, so that a text and the number that it writes are one value; null = missing. */
function cellTexts(column: StepColumn): (row: number) => string | null {
  if ("values" in column)
    return (row) => {
      const value = column.values[row] ?? Number.NaN;
      return Number.isNaN(value) ? null : String(value);
    };
  return (row) => (isLevelColumn(column) ? (column.levels[column.codes[row] ?? -1] ?? null) : String(column.codes[row]));
}

function mend(recipe: Recipe, frame: Frame, onStep: OnStep | null = null): { table: Table<StepColumn>; rows: Int32Array } {
  const table = createTable<StepColumn>(frame.columns.map((column) => [column.name, rawColumn(column, null)]));
  let rows: Int32Array = Int32Array.from({ length: frame.rows }, (_, row) => row);
  for (const step of recipe) {
    const before = onStep === null ? null : { columns: columnsOfStep(step, table), rows };
    if (step.op === "read-labels") relabel(step, table);
    else if (step.op === "correct-labels") continue;
    else if (isTableStep(step)) rows = keep(step, table, rows);
    else if (isRepair(step)) applyStep(fitStep(step, table, { rows: frame.rows, target: null, seed: 0 }), table);
    else continue;
    if (before !== null) onStep?.(step, before, { columns: columnsOfStep(step, table), rows });
  }
  return { table, rows };
}

function relabel(step: Extract<RecipeStep, { op: "read-labels" }>, { columns }: Table<StepColumn>): void {
  const target = columns.get(step.target);
  if (target === undefined || target.type === "encoded") return;
  const beside = Array.from(columns).flatMap(([name, column]): Column[] => (column.type === "encoded" ? [] : [{ name, ...column }]));
  const { name: _, ...read } = readLabels({ name: step.target, ...target }, step, beside);
  columns.set(step.target, read);
}

function keep(
  step: Extract<RecipeStep, { op: "drop-duplicate-rows" | "drop-unlabelled-rows" }>,
  table: Table<StepColumn>,
  rows: Int32Array,
) {
  if (step.op === "drop-duplicate-rows") {
    const ignored = new Set(step.ignoring);
    return firstOfEqual(
      Array.from(table.columns).flatMap(([name, column]) => (ignored.has(name) ? [] : [column])),
      rows,
    );
  }
  const target = table.columns.get(step.target);
  if (target === undefined) return rows;
  return rows.filter((row) => ("values" in target ? !Number.isNaN(target.values[row]) : (target.codes[row] ?? -1) >= 0));
}

/** Parts the rows into groups by one column after the other, until every row is alone or the columns end. */
function firstOfEqual(columns: readonly StepColumn[], rows: Int32Array): Int32Array {
  let groups = new Float64Array(rows.length);
  let count = Math.min(1, rows.length);
  for (const column of columns) {
    if (count === rows.length) break;
    const { ids, size } = valueIds(column, rows);
    const index = new Map<number, number>();
    groups = groups.map((group, place) => placeIn(index, group * size + (ids[place] ?? 0)));
    count = index.size;
  }
  if (count === rows.length) return rows;
  const seen = new Set<number>();
  return rows.filter((_, place) => {
    const group = groups[place] ?? 0;
    const first = !seen.has(group);
    seen.add(group);
    return first;
  });
}

/** A whole number below `size` for each row; equal values have equal numbers, and missing is a value. */
function valueIds(column: StepColumn, rows: Int32Array): { ids: Float64Array; size: number } {
  if ("values" in column) {
    const index = new Map<number, number>();
    const ids = Float64Array.from(rows, (row) => placeIn(index, column.values[row] ?? Number.NaN));
    return { ids, size: index.size };
  }
  const texts = new Map<string, number>();
  const idOfCode = isLevelColumn(column) ? column.levels.map((level) => placeIn(texts, level) + 1) : [];
  return { ids: Float64Array.from(rows, (row) => idOfCode[column.codes[row] ?? -1] ?? 0), size: texts.size + 1 };
}

function placeIn<K>(index: Map<K, number>, key: K): number {
  const known = index.get(key);
  if (known !== undefined) return known;
  index.set(key, index.size);
  return index.size - 1;
}
