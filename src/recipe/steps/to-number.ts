import type { RecipeStep } from "../../core/recipe.ts";
import { numbersOfLevels } from "../convert.ts";
import { NUMBER_PATTERN } from "../number-text.ts";
import { toDouble } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";
import { isLevelColumn } from "../table.ts";

export interface FittedToNumber {
  readonly op: "to-number";
  readonly column: string;
}

export const toNumber: StepKind<Extract<RecipeStep, { op: "to-number" }>, FittedToNumber> = {
  fit: ({ column }) => ({ op: "to-number", column }),
  apply: ({ column: name }, table) => {
    const column = table.columns.get(name);
    if (isLevelColumn(column)) table.columns.set(name, numbersOfLevels(column));
  },
  toOnnx: ({ column: name }, table, { graph }) => {
    const column = table.columns.get(name);
    if (column?.type !== "text") return;
    const matches = graph.node("RegexFullMatch", [column.tensor], { pattern: { string: NUMBER_PATTERN } })[0];
    const readable = graph.node("Where", [matches, column.tensor, graph.constant(["nan"], [])])[0];
    table.columns.set(name, { type: "number", tensor: toDouble(graph, readable) });
  },
};
