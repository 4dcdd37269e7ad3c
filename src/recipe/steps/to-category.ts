import type { RecipeStep } from "../../core/recipe.ts";
import { levelsOfNumbers } from "../convert.ts";
import { ML, missingMask } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";

/** `values`: numbers seen in training, ascending. Only the exported model needs them: it cannot write any number as JavaScript does. */
export interface FittedToCategory {
  readonly op: "to-category";
  readonly column: string;
  readonly values: readonly number[];
}

/** What the exported model calls a number that no training row and no later step knows: longer than any number's text. */
const UNKNOWN_NUMBER = "a number not seen in training";

export const toCategory: StepKind<Extract<RecipeStep, { op: "to-category" }>, FittedToCategory> = {
  fit: ({ column: name }, table) => {
    const column = table.columns.get(name);
    const present = column?.type === "number" ? new Set(column.values.filter((value) => Number.isFinite(value))) : [];
    return { op: "to-category", column: name, values: Array.from(present, (value) => value + 0).sort((a, b) => a - b) };
  },
  apply: ({ column: name }, table) => {
    const column = table.columns.get(name);
    if (column?.type === "number") table.columns.set(name, levelsOfNumbers(column.values));
    else if (column?.type === "text") table.columns.set(name, { ...column, type: "category" });
  },
  toOnnx: ({ column: name, values }, table, { graph, literals }) => {
    const column = table.columns.get(name);
    if (column?.type !== "number") return;
    const named = literals(name)
      .map(Number)
      .filter((value) => !Number.isNaN(value));
    const keys = [...new Set([0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, ...values, ...named])];
    const texts = graph.node(
      "LabelEncoder",
      [column.tensor],
      {
        keys_tensor: { tensor: { values: Float64Array.from(keys), shape: [keys.length] } },
        values_tensor: { tensor: { values: keys.map(String), shape: [keys.length] } },
        default_tensor: { tensor: { values: [UNKNOWN_NUMBER], shape: [1] } },
      },
      ML,
    )[0];
    const tensor = graph.node("Where", [missingMask(graph, column), graph.constant([""], []), texts])[0];
    table.columns.set(name, { type: "text", tensor });
  },
};
