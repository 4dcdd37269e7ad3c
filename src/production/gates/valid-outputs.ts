import { digits } from "../../core/digits.ts";
import { outputsOf, type Task } from "../../core/task.ts";

const ROUNDING = 1e-6;

/** What is wrong with the outputs of so many rows, or null: finite numbers, probabilities in 0..1, those of one row together 1. */
export function outputFault(task: Task, outputs: Float64Array, rows: number): string | null {
  const width = outputsOf(task);
  if (outputs.length !== rows * width) return `${outputs.length} numbers for ${rows} rows of ${width}`;
  for (let row = 0; row < rows; row++) {
    const own = outputs.subarray(row * width, (row + 1) * width);
    const strange = own.find((value) => !Number.isFinite(value) || (task.kind !== "regression" && (value < 0 || value > 1)));
    if (strange !== undefined) return `${strange} in row ${row}`;
    const sum = own.reduce((total, value) => total + value, 0);
    if (task.kind === "multiclass" && Math.abs(sum - 1) > ROUNDING) return `probabilities of row ${row} sum to ${digits(sum)}`;
  }
  return null;
}

/**
 * Largest difference of two answers, relative to the largest of the answer, `least` and 1. Infinite when lengths differ or one is no number.
 */
export function largestDifference(a: Float64Array, b: Float64Array, least = 1): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (const [i, value] of a.entries()) {
    const other = b[i] ?? Number.NaN;
    if (Object.is(value, other)) continue;
    const off = Math.abs(value - other) / Math.max(1, least, Math.abs(value));
    if (Number.isNaN(off)) return Number.POSITIVE_INFINITY;
    most = Math.max(most, off);
  }
  return most;
}
