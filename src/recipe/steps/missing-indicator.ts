import type { RecipeStep } from "../../core/recipe.ts";
import { missingMask, toDouble } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";
import { derive, freeName, type StepColumn } from "../table.ts";

export interface FittedMissingIndicator {
  readonly op: "missing-indicator";
  readonly columns: readonly { readonly column: string; readonly name: string }[];
}

export const missingIndicator: StepKind<Extract<RecipeStep, { op: "missing-indicator" }>, FittedMissingIndicator> = {
  fit: ({ columns }, table) => ({
    op: "missing-indicator",
    columns: [...new Set(columns)]
      .filter((column) => table.columns.has(column))
      .map((column) => ({ column, name: freeName(table.columns, `${column}.missing`) })),
  }),
  apply: ({ columns }, table) => {
    for (const { column: source, name } of columns) {
      const column = table.columns.get(source);
      if (column !== undefined) derive(table, name, source, { type: "number", values: missingFlags(column) });
    }
  },
  toOnnx: ({ columns }, table, { graph }) => {
    for (const { column: source, name } of columns) {
      const column = table.columns.get(source);
      if (column !== undefined) derive(table, name, source, { type: "number", tensor: toDouble(graph, missingMask(graph, column)) });
    }
  },
};

function missingFlags(column: StepColumn): Float64Array {
  if ("values" in column) return column.values.map((value) => (Number.isNaN(value) ? 1 : 0));
  return new Float64Array(column.codes.map((code) => (code < 0 ? 1 : 0)));
}
