import type { RecipeStep } from "../../core/recipe.ts";
import { scalar } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";

/** unit: what is small beside it stays as it is but for the unit, what is large beside it becomes its logarithm. Missing stays missing. */
export interface FittedLog {
  readonly op: "log";
  readonly columns: readonly { readonly column: string; readonly unit: number }[];
}

/** Beyond these a quotient by the unit would leave the range of doubles for ordinary numbers. */
const SMALLEST = 1e-150;
const LARGEST = 1e150;

export const log: StepKind<Extract<RecipeStep, { op: "log" }>, FittedLog> = {
  fit: ({ columns }, table) => ({
    op: "log",
    columns: [...new Set(columns)].flatMap((name) => {
      const column = table.columns.get(name);
      return column?.type === "number" ? [{ column: name, unit: unitOf(column.values) }] : [];
    }),
  }),
  apply: ({ columns }, table) => {
    for (const { column: name, unit } of columns) {
      const column = table.columns.get(name);
      if (column?.type !== "number") continue;
      const values = column.values.map((value) => Math.sign(value) * Math.log(1 + Math.abs(value) / unit));
      table.columns.set(name, { type: "number", values });
    }
  },
  toOnnx: ({ columns }, table, { graph }) => {
    for (const { column: name, unit } of columns) {
      const column = table.columns.get(name);
      if (column?.type !== "number") continue;
      const size = graph.node("Div", [graph.node("Abs", [column.tensor])[0], scalar(graph, unit)])[0];
      const logged = graph.node("Log", [graph.node("Sum", [size, scalar(graph, 1)])[0]])[0];
      table.columns.set(name, { type: "number", tensor: graph.node("Mul", [graph.node("Sign", [column.tensor])[0], logged])[0] });
    }
  },
};

/** A power of two near the size below which a hundredth of them is: dividing by it is exact. 1 without any number. */
function unitOf(values: Float64Array): number {
  const sizes = values
    .filter((value) => Number.isFinite(value) && value !== 0)
    .map(Math.abs)
    .sort();
  const small = sizes[Math.floor(0.01 * sizes.length)];
  if (small === undefined) return 1;
  return 2 ** Math.round(Math.log2(Math.min(LARGEST, Math.max(SMALLEST, small))));
}
