import type { Training } from "../../core/estimator.ts";
import type { Task } from "../../core/task.ts";
import type { LossName, TreeTraining } from "../../engine/trees/index.ts";

function lossOf(task: Task): LossName {
  if (task.kind === "binary") return { loss: "logistic" };
  if (task.kind === "multiclass") return { loss: "softmax", classes: task.classes.length };
  return { loss: "squared" };
}

export function treeTraining({ task, matrix, target, weight }: Training, validation: Int32Array | null): TreeTraining {
  return { matrix, target, weight, validation, loss: lossOf(task) };
}

/** Rows that may be learned from. */
export function learningRows({ matrix, validation }: Training, rowsHeldBack: boolean): number {
  return Math.max(1, matrix.rows - (rowsHeldBack ? (validation?.length ?? 0) : 0));
}

/**
 * Limits that follow the number of rows. LightGBM's 20 rows per leaf and 100 per group of categories are made for large data; on 100 rows
 * they leave a stump. Regression takes smaller leaves: the tuned defaults of pytabkit have 3 rows against 40 (Holzmueller et al. 2024).
 */
export function limitsFor(task: Task, rows: number): { minRowsPerLeaf: number; minRowsPerGroup: number } {
  return {
    minRowsPerLeaf: clamp(Math.floor(rows / 40), 2, task.kind === "regression" ? 5 : 20),
    minRowsPerGroup: clamp(Math.floor(rows / 20), 5, 100),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
