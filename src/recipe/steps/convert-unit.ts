import type { RecipeStep } from "../../core/recipe.ts";
import { scalar } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";

type ConvertUnit = Extract<RecipeStep, { op: "convert-unit" }>;

/** Nothing is learned: the step says it all. */
export type FittedConvertUnit = ConvertUnit;

export const convertUnit: StepKind<ConvertUnit, FittedConvertUnit> = {
  fit: (step) => ({ ...step }),
  apply: ({ column: name, where, limit, factor, offset }, table) => {
    const column = table.columns.get(name);
    if (column?.type !== "number") return;
    const isMeant = where === "below" ? (value: number) => value < limit : (value: number) => value > limit;
    const values = column.values.map((value) => (isMeant(value) ? value * factor + offset : value));
    table.columns.set(name, { type: "number", values });
  },
  toOnnx: ({ column: name, where, limit, factor, offset }, table, { graph }) => {
    const column = table.columns.get(name);
    if (column?.type !== "number") return;
    const isMeant = graph.node(where === "below" ? "Less" : "Greater", [column.tensor, scalar(graph, limit)])[0];
    const times = graph.node("Mul", [column.tensor, scalar(graph, factor)])[0];
    // Sum, because onnxruntime leaves out an Add of less than 1e-8.
    const converted = graph.node("Sum", [times, scalar(graph, offset)])[0];
    table.columns.set(name, { type: "number", tensor: graph.node("Where", [isMeant, converted, column.tensor])[0] });
  },
};
