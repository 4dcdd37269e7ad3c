import type { Training } from "../../core/estimator.ts";
import type { Json } from "../../core/json.ts";
import type { FittedModel, SavedModel } from "./family.ts";

/** A count or an amount: no training row of a regression has a target below 0. */
export function isNeverNegative({ task, target }: Pick<Training, "task" | "target">): boolean {
  return task.kind === "regression" && target.every((value) => value >= 0);
}

/** What the model answers, but 0 where that is below 0: in its predictions, in what it saves and in its graph alike. */
export function fromZero(model: FittedModel): FittedModel {
  return {
    notes: model.notes,
    ...(model.reads === undefined ? {} : { reads: model.reads }),
    predict: (matrix) => model.predict(matrix).map((value) => (value < 0 ? 0 : value)),
    // Where rather than Max, which need not keep what is no number.
    toOnnx: (graph, features) => {
      const answers = model.toOnnx(graph, features);
      const zero = graph.constant(Float64Array.of(0), []);
      return graph.node("Where", [graph.node("Less", [answers, zero])[0], zero, answers])[0];
    },
    save: (): SavedModel => ({ ...model.save(), least: 0 }),
  };
}

/** Whether a saved model answers 0 for what would be less. */
export function answersFromZero(saved: Json): boolean {
  return saved !== null && typeof saved === "object" && !Array.isArray(saved) && (saved as { readonly least?: Json }).least === 0;
}
