import { type Column, isMissing } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { scaledCount } from "../findings/affected-rows.ts";

/** Frame rows in which every column is missing, ascending. */
export function emptyRowNumbers(context: AuditContext): readonly number[] {
  return context.shared("empty-rows", () => rowsWithoutValue(context.frame.columns, context.frame.rows));
}

/** Rows in which all of the columns are missing, ascending. */
export function rowsWithoutValue(columns: readonly Column[], rows: number): number[] {
  let open = Array.from({ length: rows }, (_, row) => row);
  for (const column of columns) {
    if (open.length === 0) break;
    open = open.filter((row) => isMissing(column, row));
  }
  return open;
}

/** How many rows of the whole table have no value at all. */
export function emptyRows(context: AuditContext): number {
  return scaledCount(context, emptyRowNumbers(context).length);
}
