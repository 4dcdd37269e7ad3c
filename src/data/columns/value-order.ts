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
  const cells = new Float64Array(values.length);
  const present = gather(values, rows, cells);
  const places = ascendingOrder(cells.subarray(0, present));
  if (present < values.length) rowsOf(places, rows);
  return places;
}

/** The rows that have a value, and the values; how many. */
function gather(values: Float64Array, rows: Int32Array, cells: Float64Array): number {
  let present = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    rows[present] = row;
    cells[present++] = value;
  }
  return present;
}

function rowsOf(places: Int32Array, rows: Int32Array): void {
  for (let i = 0; i < places.length; i++) places[i] = rows[places[i] as number] as number;
}
