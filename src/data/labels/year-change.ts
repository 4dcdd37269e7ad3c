import { columnOf } from "../../core/column.ts";
import { float64From } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { levelFeatures } from "../columns/features.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import { stepOverYears, type YearStep } from "./step-over-years.ts";

/** Groups whose own levels are taken out, those that tell most of the values first, so that a group that comes or goes makes no step. */
const [MOST_CATEGORIES, MOST_LEVELS] = [5, 50];

/** Where a number to be told is another multiple of what it was a year before, from a date on. */
export function yearChange(context: AuditContext): YearStep | null {
  const { by, rows } = rowOrderOf(context);
  if (context.task.kind !== "regression" || by === null) return null;
  const time = columnOf(context.frame, by);
  if (time.type !== "date") return null;
  const times = float64From(rows, (row) => valueAt(time, row));
  const known = rows.filter((_, i) => Number.isFinite(times[i]));
  const values = float64From(known, (row) => context.target[row] ?? Number.NaN);
  return stepOverYears(values, times.filter(Number.isFinite), withoutGroups(context, known, values));
}

/** Logarithms less the mean of their groups. */
function withoutGroups(context: AuditContext, rows: Int32Array, values: Float64Array): Float64Array {
  const logs = float64From(values, (value) => (value > 0 ? Math.log(value) : Number.NaN));
  const groups = levelFeatures(context)
    .filter(({ levels }) => levels.length > 1 && levels.length <= MOST_LEVELS)
    .map((column) => ({ column, left: spreadOf(lessGroups(column, rows, logs), column.levels.length) }))
    .sort((a, b) => a.left - b.left || (a.column.name < b.column.name ? -1 : 1));
  return groups.slice(0, MOST_CATEGORIES).reduce((left, { column }) => lessGroups(column, rows, left), logs);
}

/** Less the mean of all values of their level. */
function lessGroups({ codes, levels }: LevelColumn, rows: Int32Array, logs: Float64Array): Float64Array {
  // Behind the last level the rows without one.
  const placeOf = (i: number) => ((codes[rows[i] ?? -1] ?? -1) + levels.length + 1) % (levels.length + 1);
  const [sums, held] = [new Float64Array(levels.length + 1), new Int32Array(levels.length + 1)];
  logs.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    sums[placeOf(i)] = (sums[placeOf(i)] as number) + value;
    held[placeOf(i)] = (held[placeOf(i)] as number) + 1;
  });
  return logs.map((value, i) => value - (sums[placeOf(i)] as number) / (held[placeOf(i)] as number));
}

/** Variance of what is left by the means of so many levels. */
function spreadOf(left: Float64Array, levels: number): number {
  const known = left.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value ** 2, 0) / Math.max(1, known.length - levels);
}
