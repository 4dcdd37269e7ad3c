import type { Column } from "../../core/column.ts";
import { float64From, float64Where, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { variance } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed, factsOf, valueAt } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { halfDecimal } from "../columns/written-decimals.ts";

/** Within each level of a column the target is another one times a number of that level, or plus one: a share of the first value of each battery, a distance from the mean of each school. */
export interface ScaledWithin {
  readonly column: string;
  readonly within: string;
  readonly operation: "times" | "plus";
  readonly levels: number;
  /** Share of the rows of these levels in which it holds. */
  readonly share: number;
}

const MOST_COLUMNS = 40;
const MOST_PARTINGS = 20;
/** Rows of one level, below which it shows nothing, levels, and the share of the rows that they must hold. */
const LEAST_IN_LEVEL = 4;
const LEAST_LEVELS = 2;
const LEAST_HELD = 0.9;
const LEAST_ROWS = 50;
const EXACT_SHARE = 0.99;
/** How many tolerances wide the target's deviation within levels is at least. */
const LEAST_SPREAD = 20;
const RELATIVE = 1e-6;
/** Share of the rows that one number gives for all levels, from which the levels have no part in it. */
const BY_ONE = 0.5;

/** The first of each column, those of most values first; empty for classes. Where one number serves all levels, the column is the target itself, and told elsewhere. */
export function scaledWithin(context: AuditContext, numbers: readonly NumberColumn[]): readonly ScaledWithin[] {
  const { task, target, frame, roles } = context;
  if (task.kind !== "regression") return [];
  const labelled = int32Where(placesUpTo(target.length), (row) => !Number.isNaN(target[row]));
  if (labelled.length < LEAST_ROWS) return [];
  const half = halfDecimal(float64Where(target, (value) => !Number.isNaN(value)));
  const offered = columnsNamed(frame, [...roles.features, ...roles.ids]).filter((column) => isParting(column, frame.rows));
  const distinctOf = (column: Column) => factsOf(column, frame.rows).distinct;
  const partings = finestFirst(offered, distinctOf)
    .slice(0, MOST_PARTINGS)
    .map((column) => ({ column, parts: partsOf(column, labelled) }))
    .filter(({ parts }) => parts.length >= LEAST_LEVELS && heldBy(parts) >= LEAST_HELD * labelled.length);
  return finestFirst(numbers, distinctOf)
    .slice(0, MOST_COLUMNS)
    .flatMap((column) => {
      for (const { column: within, parts } of partings)
        for (const operation of ["times", "plus"] as const) {
          const share = within.name === column.name ? 0 : shareOf(target, half, column, parts, operation);
          if (share >= EXACT_SHARE) return [{ column: column.name, within: within.name, operation, levels: parts.length, share }];
        }
      return [];
    });
}

function isParting(column: Column, rows: number): boolean {
  const { distinct, integer } = factsOf(column, rows);
  return distinct >= LEAST_LEVELS && distinct <= rows / LEAST_IN_LEVEL && ("codes" in column || (column.type === "number" && integer));
}

function partsOf(column: Column, rows: Int32Array): readonly (readonly number[])[] {
  const parts = new Map<number, number[]>();
  for (const row of rows) {
    const level = valueAt(column, row);
    if (Number.isNaN(level)) continue;
    const part = parts.get(level);
    if (part === undefined) parts.set(level, [row]);
    else part.push(row);
  }
  return [...parts.values()].filter(({ length }) => length >= LEAST_IN_LEVEL);
}

function heldBy(parts: readonly (readonly number[])[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** A column in the units of the target, and those of one row. */
interface Unit {
  readonly values: Float64Array;
  /** Half of the last written decimal of the column, and of the target. */
  readonly own: number;
  readonly half: number;
  readonly operation: ScaledWithin["operation"];
}

function isExact(y: number, x: number, number: number, unit: Unit): boolean {
  const made = unit.operation === "times" ? number * x : number + x;
  // The number is off by rounding too.
  return Math.abs(made - y) <= 2 * toleranceOf(number, unit) + RELATIVE * Math.abs(y);
}

function toleranceOf(number: number, { own, half, operation }: Unit): number {
  return half + (operation === "times" ? Math.abs(number) : 1) * own;
}

function numberOf(target: Float64Array, { values, operation }: Unit, rows: readonly number[]): number {
  const made = rows.map((row) =>
    operation === "times" ? (target[row] ?? 0) / (values[row] ?? 0) : (target[row] ?? 0) - (values[row] ?? 0),
  );
  const sorted = made.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** 0 where it does not hold, where the levels have no number of their own, or where the target hardly varies within them. */
function shareOf(
  target: Float64Array,
  half: number,
  { values }: NumberColumn,
  parts: readonly (readonly number[])[],
  operation: ScaledWithin["operation"],
): number {
  const unit: Unit = { values, operation, half, own: halfDecimal(float64Where(values, (value) => !Number.isNaN(value))) };
  const held = parts.map((part) => part.filter((row) => Number.isFinite(values[row]))).filter(({ length }) => length >= LEAST_IN_LEVEL);
  const rows = held.flat();
  if (rows.length < LEAST_HELD * heldBy(parts)) return 0;
  let [exact, seen, squares, tolerances] = [0, 0, 0, 0];
  for (const part of held) {
    const number = numberOf(target, unit, part);
    for (const row of part) exact += Number(isExact(target[row] ?? 0, values[row] ?? 0, number, unit));
    seen += part.length;
    if (seen - exact > 1 + (1 - EXACT_SHARE) * rows.length) return 0;
    squares += variance(float64From(part, (row) => target[row] ?? 0)) * part.length;
    tolerances += toleranceOf(number, unit) * part.length;
  }
  if (!(Math.sqrt(squares / seen) > (LEAST_SPREAD * tolerances) / seen)) return 0;
  const ofAll = numberOf(target, unit, rows);
  const byOne = rows.filter((row) => isExact(target[row] ?? 0, values[row] ?? 0, ofAll, unit)).length;
  return byOne >= BY_ONE * rows.length ? 0 : exact / seen;
}
