import type { Judged, Metric } from "../core/metric.ts";
import type { Task } from "../core/task.ts";
import { isMeanOfRows } from "./forms.ts";
import { logLoss } from "./log-loss.ts";
import { rmse } from "./squared-error.ts";

/**
 * One loss per row, lower is better, not weighted: log loss or squared error of a task, or what a metric averages (squared error for
 * rmse, 0 or 1 for accuracy). @throws RangeError for a metric that is not made of row losses, e.g. AUC.
 */
export function lossPerRow(of: Metric | Task, judged: Judged): Float64Array {
  const metric = "kind" in of ? (of.kind === "regression" ? rmse : logLoss) : of;
  if (!isMeanOfRows(metric)) throw new RangeError(`metric "${metric.name}" is not a mean of row losses`);
  return metric.rowLosses(judged);
}

/** Whether `lossPerRow` knows this metric. */
export function hasLossPerRow(metric: Metric): boolean {
  return isMeanOfRows(metric);
}
