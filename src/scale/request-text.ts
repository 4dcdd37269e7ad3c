import { columnOf, type Frame, isMissing } from "../core/column.ts";
import type { InputField } from "../core/scorer.ts";

/** The JSON text of a request for one row: every input under its name, null when missing, dates in ISO 8601. */
export function requestText(inputs: readonly Pick<InputField, "name">[], frame: Frame, row: number): string {
  const fields = inputs.map(({ name }) => `${JSON.stringify(name)}:${JSON.stringify(fieldOf(frame, name, row))}`);
  return `{${fields.join(",")}}`;
}

function fieldOf(frame: Frame, name: string, row: number): string | number | null {
  const column = columnOf(frame, name);
  if (isMissing(column, row)) return null;
  if (!("values" in column)) return column.levels[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? Number.NaN;
  if (column.type === "date") return new Date(value).toISOString();
  return Number.isFinite(value) ? value : null;
}
