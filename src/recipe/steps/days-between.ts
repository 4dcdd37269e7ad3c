import type { RecipeStep } from "../../core/recipe.ts";
import { missingMask, scalar, toDouble } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";
import { derive, freeName } from "../table.ts";

const DAY_MS = 86_400_000;

/** Days from one date to another of the row, with their fraction. The dates stay. */
export interface FittedDaysBetween {
  readonly op: "days-between";
  readonly pairs: readonly { readonly from: string; readonly to: string; readonly name: string }[];
}

export const daysBetween: StepKind<Extract<RecipeStep, { op: "days-between" }>, FittedDaysBetween> = {
  fit: ({ columns }, table) => {
    const dates = [...new Set(columns)].filter((name) => table.columns.get(name)?.type === "date");
    const taken = new Set(table.columns.keys());
    const pairs = dates.flatMap((from, place) =>
      dates.slice(place + 1).map((to) => {
        const name = freeName(taken, `${from}.to.${to}`);
        taken.add(name);
        return { from, to, name };
      }),
    );
    return { op: "days-between", pairs };
  },
  apply: ({ pairs }, table) => {
    for (const { from, to, name } of pairs) {
      const [start, end] = [table.columns.get(from), table.columns.get(to)];
      if (start?.type !== "date" || end?.type !== "date") continue;
      const values = start.values.map((ms, row) => ((end.values[row] ?? Number.NaN) - ms) / DAY_MS);
      derive(table, name, from, { type: "number", values });
    }
  },
  toOnnx: ({ pairs }, table, { graph }) => {
    for (const { from, to, name } of pairs) {
      const [start, end] = [table.columns.get(from), table.columns.get(to)];
      if (start?.type !== "date" || end?.type !== "date") continue;
      const missing = graph.node("Or", [missingMask(graph, start), missingMask(graph, end)])[0];
      const days = graph.node("Div", [toDouble(graph, graph.node("Sub", [end.tensor, start.tensor])[0]), scalar(graph, DAY_MS)])[0];
      derive(table, name, from, { type: "number", tensor: graph.node("Where", [missing, scalar(graph, Number.NaN), days])[0] });
    }
  },
};
