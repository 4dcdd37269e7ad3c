import { type Column, columnOf, type Frame } from "../../core/column.ts";
import type { Task } from "../../core/task.ts";

/** Class index or value of every row; NaN without a label or with a label that the task does not know. */
export function targetValues(frame: Frame, target: string, task: Task): Float64Array {
  const column = columnOf(frame, target);
  if (task.kind === "regression")
    return "values" in column ? column.values : Float64Array.from(column.codes, (code) => Number(column.levels[code] ?? Number.NaN));
  const index = new Map(task.classes.map((name, i) => [name, i]));
  return classIndices(column, index);
}

function classIndices(column: Column, index: ReadonlyMap<string, number>): Float64Array {
  if ("values" in column) return Float64Array.from(column.values, (value) => index.get(String(value)) ?? Number.NaN);
  const ofLevel = column.levels.map((level) => index.get(level) ?? Number.NaN);
  return Float64Array.from(column.codes, (code) => ofLevel[code] ?? Number.NaN);
}

/** Weights of every row, or null when no weight column was named. Missing weights count 0. */
export function weightValues(frame: Frame, weight: string | null): Float64Array | null {
  if (weight === null) return null;
  const column = columnOf(frame, weight);
  return "values" in column ? Float64Array.from(column.values, (value) => (value > 0 ? value : 0)) : null;
}
