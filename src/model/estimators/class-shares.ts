import type { Training } from "../../core/estimator.ts";
import { outputsOf, type Task } from "../../core/task.ts";

/** Numbers that a mean over rows is taken of: the value, or one indicator per class. Binary has two. */
export function partsOf(task: Task): number {
  return task.kind === "regression" ? 1 : task.classes.length;
}

/** Weighted mean of the parts: [mean] or one share per class. Equal shares (or 0) when no row has weight. */
export function meanParts(training: Training): Float64Array {
  const { task, target, weight } = training;
  const parts = new Float64Array(partsOf(task));
  let total = 0;
  for (let row = 0; row < target.length; row++) {
    const w = weight === null ? 1 : (weight[row] ?? 0);
    addPart(parts, 0, task, target[row] ?? 0, w);
    total += w;
  }
  if (total > 0) return parts.map((part) => part / total);
  return parts.fill(task.kind === "regression" ? 0 : 1 / parts.length);
}

/** Adds one row's weighted value or class indicator to the parts that start at `offset`. */
export function addPart(parts: Float64Array, offset: number, task: Task, target: number, weight: number): void {
  if (task.kind === "regression") parts[offset] = (parts[offset] ?? 0) + weight * target;
  else parts[offset + target] = (parts[offset + target] ?? 0) + weight;
}

/** Parts as a model's outputs: P(positive), class probabilities or the value. */
export function outputsOfParts(parts: Float64Array, task: Task): Float64Array {
  return task.kind === "binary" ? parts.slice(1, 2) : parts.slice(0, outputsOf(task));
}
