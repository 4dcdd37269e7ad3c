import type { Column, Frame } from "../../core/column.ts";
import { isMissing } from "../../core/column.ts";

/** Counts of one column of a frame, over the frame's rows. */
export interface ColumnFacts {
  readonly present: number;
  readonly distinct: number;
  readonly integer: boolean;
  /** Present values never fall (or never rise) from row to row. */
  readonly monotone: "rising" | "falling" | null;
}

/** Counts the present and the different values, and tells if they follow the rows. Levels without a row do not count. */
export function factsOf(column: Column, rows: number): ColumnFacts {
  const seen = new Set<number>();
  let present = 0;
  let integer = true;
  let rises = 0;
  let falls = 0;
  let before = Number.NaN;
  for (let row = 0; row < rows; row++) {
    if (isMissing(column, row)) continue;
    const value = valueAt(column, row);
    present++;
    seen.add(value);
    if (!Number.isInteger(value)) integer = false;
    if (value > before) rises++;
    if (value < before) falls++;
    before = value;
  }
  const numeric = "values" in column;
  const monotone = !numeric || rises + falls === 0 ? null : falls === 0 ? "rising" : rises === 0 ? "falling" : null;
  return { present, distinct: seen.size, integer: numeric && integer, monotone };
}

/** The number, milliseconds or code of a cell; NaN when missing. */
export function valueAt(column: Column, row: number): number {
  if ("values" in column) return column.values[row] ?? Number.NaN;
  const code = column.codes[row] ?? -1;
  return code < 0 ? Number.NaN : code;
}

/** The cell as text, null when missing. */
export function textAt(column: Column, row: number): string | null {
  const value = valueAt(column, row);
  if (Number.isNaN(value)) return null;
  return "values" in column ? String(value) : (column.levels[value] ?? null);
}

/** The columns whose names are given, in the order of the frame. */
export function columnsNamed(frame: Frame, names: readonly string[]): readonly Column[] {
  const wanted = new Set(names);
  return frame.columns.filter(({ name }) => wanted.has(name));
}
