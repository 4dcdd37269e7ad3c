import { type Column, columnOf, type Frame } from "./column.ts";
import type { Task } from "./task.ts";

/** Class index or value of every row; NaN without a label or with a label that the task does not know. */
export function targetValues(frame: Frame, target: string, task: Task): Float64Array {
  const column = columnOf(frame, target);
  if (task.kind === "regression") return numbersOf(column);
  return classIndices(column, new Map(task.classes.map((name, i) => [name, i])));
}

function numbersOf(column: Column): Float64Array {
  if ("values" in column) return column.values;
  const ofLevel = column.levels.map((level) => (level.trim() === "" ? Number.NaN : Number(level)));
  return Float64Array.from(column.codes, (code) => ofLevel[code] ?? Number.NaN);
}

function classIndices(column: Column, index: ReadonlyMap<string, number>): Float64Array {
  if ("values" in column) return Float64Array.from(column.values, (value) => index.get(String(value)) ?? Number.NaN);
  const ofLevel = column.levels.map((level) => index.get(level) ?? Number.NaN);
  return Float64Array.from(column.codes, (code) => ofLevel[code] ?? Number.NaN);
}
