import type { Task } from "../../core/task.ts";

/** What split policies look at. Rows are rows of the frame. */
export interface SplitInput {
  readonly rows: number;
  /** Class index or value of every row; NaN = no label, and the row is in no fold. */
  readonly target: Float64Array;
  readonly task: Task;
  /** Dense group id of every row, numbered by first appearance; -1 = no key, the row is a group of its own. `cut`: see SplitPolicy. */
  readonly groupKeys: (by: readonly string[], cut?: string) => Int32Array;
  /** Sort key of every row; null = the order of the rows. NaN = unknown place in the order. */
  readonly order: (by: string | null) => Float64Array;
}

/** Rows with a label, ascending. */
export function labelledRows(input: SplitInput): Int32Array {
  const rows = new Int32Array(input.rows);
  let count = 0;
  for (let row = 0; row < input.rows; row++) if (!Number.isNaN(input.target[row] ?? Number.NaN)) rows[count++] = row;
  return rows.slice(0, count);
}
