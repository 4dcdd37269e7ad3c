import type { Column, Frame } from "../../core/column.ts";
import { differentNumbers } from "./different-numbers.ts";

/** Counts of one column of a frame, over the frame's rows. */
export interface ColumnFacts {
  readonly present: number;
  readonly distinct: number;
  readonly integer: boolean;
  /** Present values never fall (or never rise) from row to row. */
  readonly monotone: "rising" | "falling" | null;
}

/** By the cells, which nobody changes: many checks ask for the same. */
const known = new WeakMap<Float64Array | Int32Array, { readonly rows: number; readonly facts: ColumnFacts }>();

/** Counts the present and the different values, and tells if they follow the rows. Levels without a row do not count. */
export function factsOf(column: Column, rows: number): ColumnFacts {
  const cells = "values" in column ? column.values : column.codes;
  const before = known.get(cells);
  if (before?.rows === rows) return before.facts;
  const facts = "values" in column ? factsOfNumbers(column.values, rows) : factsOfLevels(column.codes, column.levels.length, rows);
  known.set(cells, { rows, facts });
  return facts;
}

function factsOfNumbers(values: Float64Array, rows: number): ColumnFacts {
  let [present, integer, rises, falls, before] = [0, true, 0, 0, Number.NaN];
  for (let row = 0; row < rows; row++) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    present++;
    if (!Number.isInteger(value)) integer = false;
    if (value > before) rises++;
    if (value < before) falls++;
    before = value;
  }
  const monotone = rises + falls === 0 ? null : falls === 0 ? "rising" : rises === 0 ? "falling" : null;
  return { present, distinct: differentNumbers(values, rows), integer, monotone };
}

function factsOfLevels(codes: Int32Array, levels: number, rows: number): ColumnFacts {
  const seen = new Uint8Array(levels);
  let [present, distinct] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const code = codes[row] ?? -1;
    if (code < 0) continue;
    present++;
    if (seen[code] === 1) continue;
    seen[code] = 1;
    distinct++;
  }
  return { present, distinct, integer: false, monotone: null };
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
