import { columnOf } from "../../core/column.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { valueOrder } from "../columns/value-order.ts";
import { type ColumnShift, columnShift, sidesOf } from "./two-samples.ts";

/** Chance of taking one column for changed where none is, over all columns (Bonferroni). */
const FALSE_CALL = 0.05;
/** A column whose halves have hardly a value in common is a clock itself. */
const CLOCK = 0.9;

/** The column, target included, that differs most between the earlier and the later half of the rows by a date; null where none differs beyond chance. */
export function mostChanged(context: AuditContext, by: string): ColumnShift | null {
  const { frame, roles } = context;
  const dates = columnOf(frame, by);
  if (!("values" in dates)) return null;
  const { values } = dates;
  const order = valueOrder(context, dates);
  const cut = halfAt(float64From(order, (row) => values[row] ?? 0));
  const rows = placesUpTo(values.length);
  const [early, late] = [int32Where(rows, (row) => (values[row] ?? 0) < cut), int32Where(rows, (row) => (values[row] ?? 0) >= cut)];
  if (early.length === 0) return null;
  const compared = frame.columns.filter(
    ({ name, type }) => name !== by && type !== "date" && (name === roles.target || roles.features.includes(name)),
  );
  const sideOf = sidesOf(values.length, early, late);
  const shifts = compared
    .map((column) => columnShift(column, early, late, null, "values" in column ? { order: valueOrder(context, column), sideOf } : null))
    .filter(({ effect }) => effect < CLOCK);
  const [most] = shifts.sort((a, b) => a.p - b.p || b.effect - a.effect);
  return most !== undefined && most.p * compared.length <= FALSE_CALL ? most : null;
}

/** The value at which ascending values part most evenly: those below it and the others. */
function halfAt(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  const middle = sorted[half] ?? 0;
  const [first, end] = [sorted.indexOf(middle), sorted.lastIndexOf(middle) + 1];
  return half - first <= end - half || end === sorted.length ? middle : (sorted[end] ?? middle);
}
