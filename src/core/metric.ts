import type { Task } from "./task.ts";

/** Truth and prediction of n rows. outputs: n x outputsOf(task), row-major. */
export interface Judged {
  readonly task: Task;
  /** Class index or value, n. */
  readonly truth: Float64Array;
  readonly outputs: Float64Array;
  readonly weight: Float64Array | null;
  /**
   * Which of several models answered each row, those of the folds for instance. What one says of its rows is higher where the rows that it did not see, and
   * the others did, have a lower truth, so answers of two are in no common order: metrics of the order compare rows of one model alone. Absent or null: one
   * model answered all.
   */
  readonly answeredBy?: Int32Array | null;
}

export interface Metric {
  /** Stable id, e.g. "auc", "log-loss", "rmse". */
  readonly name: string;
  /** For people, e.g. "ROC AUC". */
  readonly label: string;
  readonly better: "higher" | "lower";
  /** Best and worst possible value; worst may be infinite. */
  readonly best: number;
  readonly worst: number;
  /** Score of a model that knows nothing, where it is a constant of the metric (AUC 0.5); else null. */
  readonly chance: number | null;
  readonly tasks: readonly Task["kind"][];
  /** NaN when undefined on these rows (AUC with one class). */
  score(judged: Judged): number;
}
