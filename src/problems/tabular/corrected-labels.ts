import type { Column, Frame } from "../../core/column.ts";
import type { Experiment } from "../../core/experiment.ts";
import { targetValues } from "../../core/target.ts";
import { int32From } from "../../core/typed-from.ts";

/**
 * The target of the rows of a frame with the recipe's corrections made: class index or value, NaN where the label was taken away. Only training may see it:
 * corrections that follow a model's opinion make every model look better on the rows that carry them.
 */
export function correctedTarget(
  { recipe, task, target }: Pick<Experiment, "recipe" | "task" | "target">,
  { rows, rowNumbers }: Pick<Frame, "rows" | "rowNumbers">,
  delivered: Float64Array,
): Float64Array {
  const step = recipe.find((candidate) => candidate.op === "correct-labels");
  if (step === undefined) return delivered;
  const labels: Column = {
    name: target,
    type: "category",
    levels: step.labels.map(({ label }) => label ?? ""),
    codes: int32From(step.labels, ({ label }, code) => (label === null ? -1 : code)),
  };
  const values = targetValues({ rows: step.labels.length, columns: [labels], rowNumbers: null }, target, task);
  const places = rowNumbers === null ? null : new Map(Array.from(rowNumbers, (row, place) => [row, place]));
  const corrected = delivered.slice();
  step.labels.forEach((one, k) => {
    for (const row of one.rows) {
      const place = places === null ? row : (places.get(row) ?? rows);
      if (place < rows) corrected[place] = values[k] ?? Number.NaN;
    }
  });
  return corrected;
}
