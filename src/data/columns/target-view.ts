import { createRandom } from "../../core/random.ts";
import type { Task } from "../../core/task.ts";
import { float64From } from "../../core/typed-from.ts";
import { ranks } from "../../stats/index.ts";

/** Folds in which a column's encoding is judged out of fold. */
export const FOLDS = 5;

/** Rows that associations look at: labelled, at most `most`, with their folds. */
export interface TargetView {
  readonly kind: Task["kind"];
  /** Frame rows, ascending. */
  readonly rows: Int32Array;
  /** Fold of each of these rows. */
  readonly folds: Uint8Array;
  /** Class index (the last ones are put together beyond MOST_CLASSES), or mid-rank of the value, per row. */
  readonly values: Float64Array;
  /** 1 for regression. */
  readonly classes: number;
  readonly classCounts: Float64Array;
  /** Index in the task of each of these classes, -1 of those put together; empty for regression. */
  readonly classIndexes: readonly number[];
}

/** Classes that are scored one against the rest; rarer ones are not. */
const MOST_CLASSES = 20;

export function targetView(target: Float64Array, task: Task, most: number, seed: number): TargetView {
  const labelled: number[] = [];
  for (let row = 0; row < target.length; row++) if (!Number.isNaN(target[row])) labelled.push(row);
  const step = Math.max(1, labelled.length / most);
  const rows = Int32Array.from({ length: Math.floor(labelled.length / step) }, (_, i) => labelled[Math.floor(i * step)] ?? 0);
  const folds = new Uint8Array(rows.length);
  for (let i = 0; i < folds.length; i++) folds[i] = i % FOLDS;
  createRandom(seed, "association folds").shuffle(folds);
  const raw = float64From(rows, (row) => target[row] ?? Number.NaN);
  if (task.kind === "regression")
    return { kind: task.kind, rows, folds, values: ranks(raw), classes: 1, classCounts: new Float64Array(0), classIndexes: [] };
  const frequent = frequentClasses(raw, task.classes.length, task.kind === "binary");
  return { kind: task.kind, rows, folds, classes: frequent.classCounts.length, ...frequent };
}

function frequentClasses(
  raw: Float64Array,
  classes: number,
  keepOrder: boolean,
): Pick<TargetView, "values" | "classCounts" | "classIndexes"> {
  const counts = new Float64Array(classes);
  for (const value of raw) counts[value] = (counts[value] ?? 0) + 1;
  if (keepOrder) return { values: raw, classCounts: counts, classIndexes: [...counts.keys()] };
  const order = Array.from(counts.keys()).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const kept = Math.min(MOST_CLASSES, order.length);
  const place = new Float64Array(classes);
  const classCounts = new Float64Array(kept);
  order.forEach((value, i) => {
    place[value] = Math.min(i, kept - 1);
    classCounts[Math.min(i, kept - 1)] = (classCounts[Math.min(i, kept - 1)] ?? 0) + (counts[value] ?? 0);
  });
  const classIndexes = order.slice(0, kept).map((value, i) => (i === kept - 1 && order.length > kept ? -1 : value));
  return { values: float64From(raw, (value) => place[value] ?? 0), classCounts, classIndexes };
}
