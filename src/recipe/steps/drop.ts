import type { RecipeStep } from "../../core/recipe.ts";
import type { StepKind } from "../step.ts";

export interface FittedDrop {
  readonly op: "drop";
  readonly columns: readonly string[];
}

export const drop: StepKind<Extract<RecipeStep, { op: "drop" }>, FittedDrop> = {
  fit: ({ columns }) => ({ op: "drop", columns }),
  apply: ({ columns }, table) => {
    for (const name of columns) table.columns.delete(name);
  },
  toOnnx: ({ columns }, table) => {
    for (const name of columns) table.columns.delete(name);
  },
};
