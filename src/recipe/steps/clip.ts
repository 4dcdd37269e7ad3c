import type { RecipeStep } from "../../core/recipe.ts";
import { scalar } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";

/** Limits are numbers of the training rows. Missing stays missing. */
export interface FittedClip {
  readonly op: "clip";
  readonly columns: readonly { readonly column: string; readonly low: number; readonly high: number }[];
}

export const clip: StepKind<Extract<RecipeStep, { op: "clip" }>, FittedClip> = {
  fit: ({ columns, share }, table) => ({
    op: "clip",
    columns: [...new Set(columns)].flatMap((name) => {
      const column = table.columns.get(name);
      if (column?.type !== "number") return [];
      const sorted = column.values.filter((value) => Number.isFinite(value)).sort();
      const cut = Math.floor(share * sorted.length);
      const [low, high] = [sorted[cut], sorted[sorted.length - 1 - cut]];
      return low === undefined || high === undefined ? [] : [{ column: name, low, high }];
    }),
  }),
  apply: ({ columns }, table) => {
    for (const { column: name, low, high } of columns) {
      const column = table.columns.get(name);
      if (column?.type !== "number") continue;
      const values = column.values.map((value) => (value < low ? low : value > high ? high : value));
      table.columns.set(name, { type: "number", values });
    }
  },
  toOnnx: ({ columns }, table, { graph }) => {
    for (const { column: name, low, high } of columns) {
      const column = table.columns.get(name);
      if (column?.type !== "number") continue;
      // Not Min and Max: what they make of a missing number is up to the runtime.
      const isHigh = graph.node("Greater", [column.tensor, scalar(graph, high)])[0];
      const lowered = graph.node("Where", [isHigh, scalar(graph, high), column.tensor])[0];
      const isLow = graph.node("Less", [column.tensor, scalar(graph, low)])[0];
      table.columns.set(name, { type: "number", tensor: graph.node("Where", [isLow, scalar(graph, low), lowered])[0] });
    }
  },
};
