import { type Column, type Frame, isMissing } from "../core/column.ts";

export type PlainRecord = Readonly<Record<string, string | number | null>>;

/** One row as it would be sent: named fields, null for missing, dates in ISO 8601. Null when a value has no place in JSON (infinite, a date out of range). */
export function recordOf(frame: Frame, row: number): PlainRecord | null {
  const fields = frame.columns.map((column): readonly [string, string | number | null | undefined] => [column.name, cellOf(column, row)]);
  if (fields.some(([, value]) => value === undefined)) return null;
  return Object.fromEntries(fields) as PlainRecord;
}

function cellOf(column: Column, row: number): string | number | null | undefined {
  if (isMissing(column, row)) return null;
  if (!("values" in column)) return column.levels[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? Number.NaN;
  if (!Number.isFinite(value)) return undefined;
  if (column.type === "number") return value;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
