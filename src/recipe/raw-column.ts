import type { Column } from "../core/column.ts";
import { MISSING, renameLevels } from "./levels.ts";
import type { LevelColumn, NumberColumn } from "./table.ts";

/** A frame's column as steps want it: the given rows (null = all), dates whole, "" missing. */
export function rawColumn(column: Column, rows: Int32Array | null): NumberColumn | LevelColumn {
  if ("values" in column) {
    const values = rows === null ? column.values : gatherNumbers(column.values, rows);
    return { type: column.type, values: column.type === "date" ? values.map(Math.floor) : values };
  }
  const codes = rows === null ? column.codes : gatherCodes(column.codes, rows);
  const raw: LevelColumn = { type: column.type, codes, levels: column.levels };
  return column.levels.includes("") ? renameLevels(raw, (level) => level) : raw;
}

function gatherNumbers(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i] ?? -1] ?? Number.NaN;
  return taken;
}

function gatherCodes(codes: Int32Array, rows: Int32Array): Int32Array {
  const taken = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = codes[rows[i] ?? -1] ?? MISSING;
  return taken;
}
