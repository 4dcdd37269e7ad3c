import type { RecipeStep } from "../../core/recipe.ts";
import { fillMissing, fillMissingInOnnx } from "../missing.ts";
import type { StepKind } from "../step.ts";

export interface FittedFill {
  readonly op: "fill";
  readonly column: string;
  readonly value: string | number;
}

export const fill: StepKind<Extract<RecipeStep, { op: "fill" }>, FittedFill> = {
  fit: ({ column, value }) => ({ op: "fill", column, value }),
  apply: ({ column, value }, table) => fillMissing(table, column, value),
  toOnnx: ({ column, value }, table, { graph }) => fillMissingInOnnx(graph, table, column, value),
};
