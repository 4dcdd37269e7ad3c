import { columnOf } from "../../core/column.ts";
import type { Counterfactual, LinearSide } from "../../core/finding.ts";
import { float64From, float64Where } from "../../core/typed-from.ts";
import { inverse } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";

type Linear = Extract<Counterfactual, { change: "linear" }>;

/** Rows that are looked at, evenly spread. */
const MOST_ROWS = 4000;
const LEAST_ROWS = 40;
/**
 * Share of the squared error that has to change for experiments to be worth their time: a third of what counts for numbers (5 % of RMSE), and for two classes a change
 * of the AUC by 0.015 at 0.6, less above.
 */
const LEAST_CHANGE = { numbers: 0.03, classes: 0.01 } as const;
/** Of the training rows in five folds. */
const TRAINS = 0.8;

/**
 * Whether least squares (of classes: on their marks) see as much of a trap as would count, by two halves of the rows that answer for each other. Takes milliseconds where the two experiments
 * take a tenth of the audit; decides only whether these are made, and is no evidence itself.
 */
export function mayMatter(context: AuditContext, counterfactual: Linear): boolean {
  const rows = labelledRows(context);
  // What the logarithm of a target brings is not told by squared errors of one line.
  if (rows.length < LEAST_ROWS || counterfactual.honest.logTarget === true) return true;
  const [claimed, honest] = [counterfactual.claimed, counterfactual.honest].map((side) =>
    errorOf(context, counterfactual.features, side, rows),
  );
  if (claimed === undefined || honest === undefined || Number.isNaN(claimed + honest)) return true;
  const [worse, better] = counterfactual.flatters ? [honest, claimed] : [claimed, honest];
  return worse > better * (1 + LEAST_CHANGE[context.task.kind === "regression" ? "numbers" : "classes"]);
}

function labelledRows({ target }: AuditContext): Int32Array {
  const labelled: number[] = [];
  for (let row = 0; row < target.length; row++) if (!Number.isNaN(target[row])) labelled.push(row);
  const step = Math.max(1, labelled.length / MOST_ROWS);
  return Int32Array.from({ length: Math.floor(labelled.length / step) }, (_, i) => labelled[Math.floor(i * step)] ?? 0);
}

/** Sum of squared errors over all marks of the target, each half answered by the other. */
function errorOf(context: AuditContext, features: readonly string[], side: LinearSide, rows: Int32Array): number {
  const { frame, task, target } = context;
  const columns = features
    .filter((name) => side.without?.includes(name) !== true)
    .map((name) => standardised(cellsOf(columnOf(frame, name), name, side, rows)));
  const curvature = task.kind === "regression" ? 1 : 0.25;
  const penalties = Float64Array.from([0, ...columns.map(({ deviation }) => (side.scaled === false ? 1 / deviation ** 2 : 1) / curvature)]);
  // A penalty weighs as much against few rows as against all that train.
  const perRow = penalties.map((penalty) => penalty / (TRAINS * frame.rows));
  const design = [new Float64Array(rows.length).fill(1), ...columns.map(({ values }) => values)];
  const own = float64From(rows, (row) => target[row] ?? 0);
  const marks = task.kind === "regression" ? [own] : task.classes.map((_, label) => own.map((value) => Number(value === label)));
  const used = task.kind === "binary" ? marks.slice(1) : marks;
  return [0, 1].reduce((sum, half) => sum + halfError(design, used, perRow, half), 0);
}

function cellsOf(column: ReturnType<typeof columnOf>, name: string, { steps = [] }: LinearSide, rows: Int32Array): Float64Array {
  const cells = float64From(rows, (row) => ("values" in column ? (column.values[row] ?? Number.NaN) : Number.NaN));
  for (const step of steps) {
    if (!("columns" in step) || !step.columns.includes(name)) continue;
    const sorted = float64Where(cells, (value) => !Number.isNaN(value)).sort();
    if (step.op === "clip") {
      const cut = Math.floor(step.share * sorted.length);
      const [low, high] = [sorted[cut] ?? 0, sorted[sorted.length - 1 - cut] ?? 0];
      return cells.map((value) => (value < low ? low : value > high ? high : value));
    }
    const sizes = float64Where(sorted, (value) => value !== 0)
      .map(Math.abs)
      .sort();
    const unit = sizes[Math.floor(0.01 * sizes.length)] ?? 1;
    if (step.op === "log") return cells.map((value) => Math.sign(value) * Math.log1p(Math.abs(value) / unit));
  }
  return cells;
}

/** Mean 0 and deviation 1; gaps at 0. */
function standardised(cells: Float64Array): { readonly values: Float64Array; readonly deviation: number } {
  let [sum, squares, present] = [0, 0, 0];
  for (const value of cells) {
    if (Number.isNaN(value)) continue;
    sum += value;
    present++;
  }
  const mean = sum / Math.max(1, present);
  for (const value of cells) if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / Math.max(1, present)) || 1;
  return { values: cells.map((value) => (Number.isNaN(value) ? 0 : (value - mean) / deviation)), deviation };
}

/** Squared error on every second row of ridge regressions of the others. design: columns, the first of ones. */
function halfError(design: readonly Float64Array[], marks: readonly Float64Array[], perRow: Float64Array, half: number): number {
  const n = design.length;
  const rows = design[0]?.length ?? 0;
  const trained = Math.ceil((rows - (1 - half)) / 2);
  const equations = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const [a, b] = [design[i] ?? new Float64Array(0), design[j] ?? new Float64Array(0)];
      let sum = 0;
      for (let row = 1 - half; row < rows; row += 2) sum += (a[row] ?? 0) * (b[row] ?? 0);
      equations[i * n + j] = sum / trained;
      equations[j * n + i] = sum / trained;
    }
  for (let i = 0; i < n; i++) equations[i * n + i] = (equations[i * n + i] ?? 0) + (perRow[i] ?? 0) + 1e-9;
  const inverted = inverse(equations, n);
  if (inverted === null) return Number.NaN;
  return marks.reduce((sum, mark) => sum + markError(design, mark, inverted, half), 0);
}

function markError(design: readonly Float64Array[], mark: Float64Array, inverted: Float64Array, half: number): number {
  const n = design.length;
  const trained = Math.ceil((mark.length - (1 - half)) / 2);
  const right = design.map((column) => {
    let sum = 0;
    for (let row = 1 - half; row < mark.length; row += 2) sum += (column[row] ?? 0) * (mark[row] ?? 0);
    return sum / trained;
  });
  const weights = right.map((_, i) => right.reduce((sum, value, j) => sum + (inverted[i * n + j] ?? 0) * value, 0));
  let error = 0;
  for (let row = half; row < mark.length; row += 2) {
    let answer = 0;
    for (let i = 0; i < n; i++) answer += (weights[i] ?? 0) * (design[i]?.[row] ?? 0);
    error += ((mark[row] ?? 0) - answer) ** 2;
  }
  return error;
}
