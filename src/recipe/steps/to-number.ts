import type { RecipeStep } from "../../core/recipe.ts";
import { type AmountWriting, isPlain } from "../../core/written-amount.ts";
import { amountToOnnx } from "../amount-onnx.ts";
import { numbersOfLevels } from "../convert.ts";
import { NUMBER_PATTERN } from "../number-text.ts";
import { toDouble } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";
import { isLevelColumn } from "../table.ts";

export interface FittedToNumber {
  readonly op: "to-number";
  readonly column: string;
  /** Absent: plain numbers. */
  readonly amount?: AmountWriting;
}

export const toNumber: StepKind<Extract<RecipeStep, { op: "to-number" }>, FittedToNumber> = {
  fit: ({ column, amount }) => ({ op: "to-number", column, ...(amount === undefined || isPlain(amount) ? {} : { amount }) }),
  apply: ({ column: name, amount }, table) => {
    const column = table.columns.get(name);
    if (isLevelColumn(column)) table.columns.set(name, numbersOfLevels(column, amount));
  },
  toOnnx: ({ column: name, amount }, table, { graph }) => {
    const column = table.columns.get(name);
    if (column?.type !== "text") return;
    if (amount !== undefined) {
      table.columns.set(name, { type: "number", tensor: amountToOnnx(graph, column.tensor, amount) });
      return;
    }
    const matches = graph.node("RegexFullMatch", [column.tensor], { pattern: { string: NUMBER_PATTERN } })[0];
    const readable = graph.node("Where", [matches, column.tensor, graph.constant(["nan"], [])])[0];
    table.columns.set(name, { type: "number", tensor: toDouble(graph, readable) });
  },
};
