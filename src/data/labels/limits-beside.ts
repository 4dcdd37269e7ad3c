import { isLimit } from "../../core/written-notes.ts";
import type { AuditContext } from "../check.ts";

/** A column that holds the numbers of the target and says of some that they are limits of measuring. */
export interface LimitsBeside {
  readonly column: string;
  readonly marks: readonly string[];
  readonly rows: number;
  readonly compared: number;
}

/** Rows with a limit, and the share of the rows with both in which the two columns are the same number. */
const [LEAST_LIMITS, SAME] = [5, 0.95];

/** "<0.006" in one column, 0.006 in the target. null: no column says so. */
export function limitsBeside({ dataset, frame, roles, target, task }: AuditContext): LimitsBeside | null {
  if (task.kind !== "regression") return null;
  for (const { name, noted = [] } of dataset.columns) {
    const limits = noted.filter(isLimit);
    const rows = limits.reduce((sum, one) => sum + one.rows, 0);
    const column = frame.columns.find((one) => one.name === name);
    if (rows < LEAST_LIMITS || name === roles.target || column === undefined || !("values" in column)) continue;
    let [compared, same] = [0, 0];
    for (let row = 0; row < target.length; row++) {
      const [a, b] = [target[row] ?? Number.NaN, column.values[row] ?? Number.NaN];
      if (Number.isNaN(a) || Number.isNaN(b)) continue;
      compared++;
      same += Number(a === b);
    }
    if (same >= SAME * compared && same > rows) return { column: name, marks: limits.map(({ text }) => text), rows, compared };
  }
  return null;
}
