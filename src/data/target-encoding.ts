import type { AuditContext } from "./check.ts";
import { type NumberColumn, valueCounts } from "./counts.ts";

/** A column whose values are means of the target over the rows that share them. */
export interface WholeEncoding {
  readonly column: string;
  /** Class whose share it is; -1 for the mean of numbers. */
  readonly classIndex: number;
  readonly values: number;
  /** Share of the rows whose value is the mean of their own group. */
  readonly exact: number;
}

const LEAST_VALUES = 4;
/** Groups of fewer rows on average hold no mean worth the name. */
const LEAST_PER_VALUE = 3;
const EXACT = 0.95;

/** The mean of the target over the rows of a value is that value: the encoding was learned on all rows, each row's own label among them. */
export function wholeEncoding(context: AuditContext, column: NumberColumn): WholeEncoding | null {
  if (context.frame.rowNumbers !== null || column.type !== "number") return null;
  const { values, counts, present } = valueCounts(context, column);
  const distinct = values.length;
  if (distinct < LEAST_VALUES || distinct * LEAST_PER_VALUE > present) return null;
  const classes = context.task.kind === "regression" ? [-1] : Array.from(context.task.classes.keys());
  if (classes[0] !== -1 && ((values[0] ?? 0) < 0 || (values.at(-1) ?? 0) > 1)) return null;
  const frequent = values[counts.reduce((top, rows, i) => (rows > (counts[top] ?? 0) ? i : top), 0)] ?? 0;
  for (const classIndex of classes) {
    // The most frequent value alone refutes most columns, at a fraction of the time.
    if (!isMeanOf(context, column.values, frequent, classIndex)) continue;
    const exact = exactShare(context, column.values, classIndex);
    if (exact >= EXACT) return { column: column.name, classIndex, values: distinct, exact };
  }
  return null;
}

/** Values may be written with few decimals. */
function isMean(mean: number, value: number): boolean {
  return Math.abs(mean - value) <= 1e-4 * Math.max(1, Math.abs(value));
}

function isMeanOf({ target }: AuditContext, values: Float64Array, value: number, classIndex: number): boolean {
  let [rows, sum] = [0, 0];
  for (let row = 0; row < target.length; row++) {
    const label = target[row] ?? Number.NaN;
    if (values[row] !== value || Number.isNaN(label)) continue;
    rows++;
    sum += classIndex < 0 ? label : Number(label === classIndex);
  }
  return rows > 0 && isMean(sum / rows, value);
}

function exactShare({ target }: AuditContext, values: Float64Array, classIndex: number): number {
  const groups = new Map<number, { rows: number; sum: number }>();
  let all = 0;
  for (let row = 0; row < target.length; row++) {
    const [label, value] = [target[row] ?? Number.NaN, values[row] ?? Number.NaN];
    if (Number.isNaN(label) || Number.isNaN(value)) continue;
    all++;
    const own = classIndex < 0 ? label : Number(label === classIndex);
    const held = groups.get(value);
    if (held === undefined) groups.set(value, { rows: 1, sum: own });
    else {
      held.rows++;
      held.sum += own;
    }
  }
  let exact = 0;
  for (const [value, { rows, sum }] of groups) {
    // Two rows or more, since the label itself is another trap.
    if (rows >= 2 && isMean(sum / rows, value)) exact += rows;
  }
  return all === 0 ? 0 : exact / all;
}
