import { type Column, columnOf, type Frame, isMissing } from "../core/column.ts";

/** Whether both frames hold the same values in these columns, row by row. */
export function haveSameRows(a: Frame, b: Frame, names: readonly string[]): boolean {
  if (a.rows !== b.rows) return false;
  return names.every((name) => {
    const [valueOfA, valueOfB] = [reader(columnOf(a, name)), reader(columnOf(b, name))];
    for (let row = 0; row < a.rows; row++) if (valueOfA(row) !== valueOfB(row)) return false;
    return true;
  });
}

/** Codes of two frames need not be the same, so levels are compared. */
function reader(column: Column): (row: number) => number | string | null {
  if ("values" in column) return (row) => (isMissing(column, row) ? null : (column.values[row] ?? null));
  return (row) => (isMissing(column, row) ? null : (column.levels[column.codes[row] ?? -1] ?? null));
}
