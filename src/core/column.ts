/** What a column holds. `date` is milliseconds since 1970 UTC; `text` is free text or names, kept like a category. */
export type ColumnType = "number" | "date" | "category" | "text";

/** One column of a frame. Missing is NaN in numbers and dates, -1 in codes. Arrays may lie on shared memory. */
export type Column =
  | { readonly name: string; readonly type: "number" | "date"; readonly values: Float64Array }
  | { readonly name: string; readonly type: "category" | "text"; readonly codes: Int32Array; readonly levels: readonly string[] };

/** Columns of equal length in memory. A frame is never changed; steps make new ones. */
export interface Frame {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Row number in the dataset version (0-based) of each row, when the frame is a sample of it; null when it is the whole. */
  readonly rowNumbers: Int32Array | null;
}

/** Up to so many a search is as fast as a table. */
const FEW_COLUMNS = 16;
const tables = new WeakMap<Frame, ReadonlyMap<string, Column>>();

function columnsByName(frame: Frame): ReadonlyMap<string, Column> {
  const known = tables.get(frame);
  if (known !== undefined) return known;
  const table = new Map(frame.columns.map((column) => [column.name, column]));
  tables.set(frame, table);
  return table;
}

/** The column called `name`. @throws RangeError if there is none (a defect: users' names are checked at the edge). */
export function columnOf(frame: Frame, name: string): Column {
  const column = frame.columns.length <= FEW_COLUMNS ? frame.columns.find((one) => one.name === name) : columnsByName(frame).get(name);
  if (column === undefined) throw new RangeError(`no column "${name}" in the frame`);
  return column;
}

export function isMissing(column: Column, row: number): boolean {
  return "values" in column ? Number.isNaN(column.values[row]) : (column.codes[row] ?? -1) < 0;
}

/** The given rows of a column, in that order. Levels are kept, so codes stay comparable. */
export function takeColumn(column: Column, rows: Int32Array): Column {
  if ("values" in column) return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN) };
  return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] ?? -1) };
}

export function takeRows(frame: Frame, rows: Int32Array): Frame {
  const { rowNumbers } = frame;
  return {
    rows: rows.length,
    columns: frame.columns.map((column) => takeColumn(column, rows)),
    rowNumbers: Int32Array.from(rows, (row) => (rowNumbers === null ? row : (rowNumbers[row] ?? row))),
  };
}

/** A column of the same kind without any value. */
export function emptied(column: Column): Column {
  return "values" in column
    ? { ...column, values: new Float64Array(column.values.length).fill(Number.NaN) }
    : { ...column, codes: new Int32Array(column.codes.length).fill(-1) };
}
