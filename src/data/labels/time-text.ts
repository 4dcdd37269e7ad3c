import { columnOf } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { amount } from "../findings/phrase.ts";

/** The day of a row by a column of dates, else what the column says of it. */
export function timeText({ frame }: Pick<AuditContext, "frame">, by: string, row: number): string {
  const column = columnOf(frame, by);
  const value = valueAt(column, row);
  if (column.type === "date" && Number.isFinite(value) && Math.abs(value) < 8.64e15) return new Date(value).toISOString().slice(0, 10);
  return `${by} ${"levels" in column ? (column.levels[value] ?? "") : amount(value)}`;
}
