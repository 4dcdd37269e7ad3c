import { columnOf, type Frame } from "../../core/column.ts";
import { OldhandError } from "../../core/error.ts";
import type { Task } from "../../core/task.ts";
import { float64Where } from "../../core/typed-from.ts";

/** Weights of every row, or null when no weight column was named. A missing weight counts 0. @throws OldhandError bad-option. */
export function weightValues(frame: Frame, weight: string | null): Float64Array | null {
  if (weight === null) return null;
  const column = columnOf(frame, weight);
  if (!("values" in column) || column.type !== "number" || column.values.some((value) => value < 0)) {
    throw new OldhandError("bad-option", {
      what: `The column "${weight}" cannot weigh rows.`,
      where: "--weight",
      expected: "numbers of 0 or more",
      got: column.type === "number" ? "negative numbers" : `a ${column.type} column`,
    });
  }
  return column.values.map((value) => (Number.isNaN(value) ? 0 : value));
}

/** Fewer rows cannot both teach and judge. */
const FEWEST = 2;

/**
 * Rows of weight 0 do not count, so enough others must have labels. labels: of the training rows, which are the first ones.
 * @throws OldhandError class-too-small, too-few-rows.
 */
export function refuseWeightless(labels: Float64Array, task: Task, weights: Float64Array | null, name: string | null): void {
  if (weights === null || name === null) return;
  const counting = float64Where(labels, (label, row) => !Number.isNaN(label) && (weights[row] ?? 0) > 0);
  const left = `rows whose weight in "${name}" is above 0`;
  if (task.kind === "regression") {
    if (counting.length >= FEWEST) return;
    throw new OldhandError("too-few-rows", {
      what: "Hardly any labelled row has a weight: rows of weight 0 do not count.",
      where: "--weight",
      expected: `at least ${FEWEST} ${left}`,
      got: String(counting.length),
      fix: "Check the weights, or leave --weight out.",
    });
  }
  const counts = task.classes.map((_, index) => float64Where(counting, (label) => label === index).length);
  const fewest = Math.min(...counts);
  if (fewest >= FEWEST) return;
  throw new OldhandError("class-too-small", {
    what: `The class "${task.classes[counts.indexOf(fewest)]}" has hardly any row with a weight: rows of weight 0 do not count.`,
    where: "--weight",
    expected: `at least ${FEWEST} ${left} of each class`,
    got: String(fewest),
    fix: "Check the weights, leave the rows of that class out of the data, or leave --weight out.",
  });
}
