import type { Judged } from "../core/metric.ts";
import { outputsOf } from "../core/task.ts";

/** Class each row is given: P(positive) >= 0.5, or the most probable class (the first of equals). */
export function decisions(judged: Judged): Int32Array {
  const { task, outputs, truth } = judged;
  const width = outputsOf(task);
  const decided = new Int32Array(truth.length);
  for (let row = 0; row < decided.length; row++) {
    if (width === 1) decided[row] = outputs[row]! >= 0.5 ? 1 : 0;
    else {
      let best = 0;
      for (let k = 1; k < width; k++) if (outputs[row * width + k]! > outputs[row * width + best]!) best = k;
      decided[row] = best;
    }
  }
  return decided;
}

/** Number of classes; 0 for regression. */
export function classCount(judged: Judged): number {
  return judged.task.kind === "regression" ? 0 : judged.task.classes.length;
}

/** One probability of each row: column `k` of the outputs, or P(positive) and its complement for a binary task. */
export function probabilitiesOf(judged: Judged, k: number): Float64Array {
  const width = outputsOf(judged.task);
  if (width > 1) return Float64Array.from(judged.truth, (_, row) => judged.outputs[row * width + k]!);
  return k === 1 ? judged.outputs : judged.outputs.map((p) => 1 - p);
}

/** 1 where the row is of class k, else 0. */
export function membership(judged: Judged, k: number): Float64Array {
  return judged.truth.map((label) => (label === k ? 1 : 0));
}

/** Weights of the rows, all 1 when there are none. */
export function weightsOf(judged: Judged): Float64Array {
  return judged.weight ?? new Float64Array(judged.truth.length).fill(1);
}

/** The given rows, in that order. */
export function takeJudged(judged: Judged, rows: Int32Array): Judged {
  const width = outputsOf(judged.task);
  const outputs = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    for (let k = 0; k < width; k++) outputs[i * width + k] = judged.outputs[row * width + k]!;
  });
  const { truth, weight, answeredBy } = judged;
  return {
    task: judged.task,
    truth: Float64Array.from(rows, (row) => truth[row]!),
    outputs,
    weight: weight === null ? null : Float64Array.from(rows, (row) => weight[row]!),
    answeredBy: answeredBy == null ? null : Int32Array.from(rows, (row) => answeredBy[row]!),
  };
}
