import type { RecipeStep } from "../../core/recipe.ts";
import { scalar } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";

/** (value - mean) / deviation. Missing stays missing. */
export interface FittedScale {
  readonly op: "scale";
  readonly columns: readonly { readonly column: string; readonly mean: number; readonly deviation: number }[];
}

export const scale: StepKind<Extract<RecipeStep, { op: "scale" }>, FittedScale> = {
  fit: ({ columns }, table) => ({
    op: "scale",
    columns: [...new Set(columns)].flatMap((name) => {
      const column = table.columns.get(name);
      return column?.type === "number" ? [{ column: name, ...moments(column.values) }] : [];
    }),
  }),
  apply: ({ columns }, table) => {
    for (const { column: name, mean, deviation } of columns) {
      const column = table.columns.get(name);
      if (column?.type !== "number") continue;
      table.columns.set(name, { type: "number", values: column.values.map((value) => (value - mean) / deviation) });
    }
  },
  toOnnx: ({ columns }, table, { graph }) => {
    for (const { column: name, mean, deviation } of columns) {
      const column = table.columns.get(name);
      if (column?.type !== "number") continue;
      // Sum, because onnxruntime takes an Add or Sub of less than 1e-8 for nothing and leaves it out.
      const centred = graph.node("Sum", [column.tensor, scalar(graph, -mean)])[0];
      table.columns.set(name, { type: "number", tensor: graph.node("Div", [centred, scalar(graph, deviation)])[0] });
    }
  },
};

/** onnxruntime leaves a division by 1 +- 1e-5 out (NoopElimination); so do we, for the exported model must say the same. */
const AS_GOOD_AS_ONE = 2e-5;

/**
 * Mean and population standard deviation of the finite values, 1 for a column that is constant up to rounding (the test is that of
 * scikit-learn's StandardScaler: Chan, Golub & LeVeque 1983). Values too large to be squared are divided by the largest size.
 */
function moments(values: Float64Array): { mean: number; deviation: number } {
  const present = values.filter((value) => Number.isFinite(value));
  const n = present.length;
  if (n === 0) return { mean: 0, deviation: 1 };
  const rough = present.reduce((sum, value) => sum + value / n, 0);
  const mean = rough + present.reduce((sum, value) => sum + (value - rough) / n, 0);
  const variance = present.reduce((sum, value) => sum + ((value - mean) / n) * (value - mean), 0);
  if (!Number.isFinite(mean) || !Number.isFinite(variance)) return { mean: 0, deviation: largest(present) };
  const rounding = n * Number.EPSILON * variance + (n * mean * Number.EPSILON) ** 2;
  const deviation = variance > rounding ? Math.sqrt(variance) : 1;
  return { mean: mean + 0, deviation: Math.abs(deviation - 1) <= AS_GOOD_AS_ONE ? 1 : deviation };
}

function largest(values: Float64Array): number {
  return values.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
}
