import { columnOf } from "../../core/column.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { valueOrder } from "../columns/value-order.ts";
import { type ColumnShift, columnShift } from "./two-samples.ts";

/** Chance of taking the target for changed where it is not. */
const FALSE_CALL = 0.01;
/** A target whose halves have hardly a value in common is a clock itself. */
const CLOCK = 0.9;

/**
 * How the target differs between the earlier and the later half of the rows by a date; null where it does not beyond chance. What else changes with time is no sign that rows near in time know
 * each other's labels.
 */
export function targetChanged(context: AuditContext, by: string): ColumnShift | null {
  const { frame, roles } = context;
  const [dates, target] = [columnOf(frame, by), columnOf(frame, roles.target)];
  if (!("values" in dates)) return null;
  const { values } = dates;
  const order = valueOrder(context, dates);
  const cut = halfAt(float64From(order, (row) => values[row] ?? 0));
  const rows = placesUpTo(values.length);
  const [early, late] = [int32Where(rows, (row) => (values[row] ?? 0) < cut), int32Where(rows, (row) => (values[row] ?? 0) >= cut)];
  if (early.length === 0) return null;
  const shift = columnShift(target, early, late, null);
  return shift.p <= FALSE_CALL && shift.effect < CLOCK ? shift : null;
}

/** The value at which ascending values part most evenly: those below it and the others. */
function halfAt(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  const middle = sorted[half] ?? 0;
  const [first, end] = [sorted.indexOf(middle), sorted.lastIndexOf(middle) + 1];
  return half - first <= end - half || end === sorted.length ? middle : (sorted[end] ?? middle);
}
