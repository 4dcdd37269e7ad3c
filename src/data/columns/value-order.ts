import { float64From } from "../../core/typed-from.ts";
import { ascendingOrder } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "./counts.ts";

/** Of a wider table the orders of all columns would take more memory than sorting takes time. */
const MOST_BYTES = 2 ** 26;

/** Frame rows in which a number column has a value, in ascending order of it; equal ones by row. Sorted once per column and audit. */
export function valueOrder(context: AuditContext, column: NumberColumn): Int32Array {
  const make = () => orderedRows(column.values);
  return areKept(context) ? context.shared(`value-order:${column.name}`, make) : make();
}

/** Whether each column of the frame is sorted once only. */
export function areKept({ frame }: AuditContext): boolean {
  return Int32Array.BYTES_PER_ELEMENT * frame.rows * frame.columns.length <= MOST_BYTES;
}

function orderedRows(values: Float64Array): Int32Array {
  const rows = new Int32Array(values.length);
  let present = 0;
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) rows[present++] = row;
  const places = ascendingOrder(float64From(rows.subarray(0, present), (row) => values[row] ?? 0));
  for (let place = 0; place < present; place++) places[place] = rows[places[place] ?? 0] ?? 0;
  return places;
}
