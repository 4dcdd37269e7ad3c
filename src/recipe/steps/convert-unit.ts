import type { RecipeStep } from "../../core/recipe.ts";
import type { OnnxGraph } from "../../engine/onnx/graph.ts";
import { scalar, textIndex, wholeScalar } from "../onnx-ops.ts";
import type { OnnxColumn, StepKind } from "../step.ts";
import { isLevelColumn, type StepColumn, type Table } from "../table.ts";

type ConvertUnit = Extract<RecipeStep, { op: "convert-unit" }>;

/** Nothing is learned: the step says it all. */
export type FittedConvertUnit = ConvertUnit;

export const convertUnit: StepKind<ConvertUnit, FittedConvertUnit> = {
  fit: (step) => ({ ...step }),
  apply: (step, table) => {
    const column = table.columns.get(step.column);
    const isMeant = column?.type === "number" ? meantRows(step, column.values, table) : null;
    if (column?.type !== "number" || isMeant === null) return;
    const values = column.values.map((value, row) => (isMeant(row) ? value * step.factor + step.offset : value));
    table.columns.set(step.column, { type: "number", values });
  },
  toOnnx: (step, table, { graph }) => {
    const column = table.columns.get(step.column);
    const isMeant = column?.type === "number" ? meantInOnnx(step, column.tensor, table, graph) : null;
    if (column?.type !== "number" || isMeant === null) return;
    const times = graph.node("Mul", [column.tensor, scalar(graph, step.factor)])[0];
    // Sum, because onnxruntime leaves out an Add of less than 1e-8.
    const converted = graph.node("Sum", [times, scalar(graph, step.offset)])[0];
    table.columns.set(step.column, { type: "number", tensor: graph.node("Where", [isMeant, converted, column.tensor])[0] });
  },
};

/** null: the column that tells is not there, or holds no texts. */
function meantRows(step: ConvertUnit, values: Float64Array, { columns }: Table<StepColumn>): ((row: number) => boolean) | null {
  if (!("by" in step)) {
    const { where, limit } = step;
    return where === "below" ? (row) => (values[row] as number) < limit : (row) => (values[row] as number) > limit;
  }
  const by = columns.get(step.by.column);
  if (!isLevelColumn(by)) return null;
  const sought = new Set(step.by.levels);
  const isSought = by.levels.map((level) => sought.has(level));
  return (row) => isSought[by.codes[row] as number] ?? false;
}

/** As `meantRows`, a boolean tensor. */
function meantInOnnx(step: ConvertUnit, tensor: string, { columns }: Table<OnnxColumn>, graph: OnnxGraph): string | null {
  if (!("by" in step)) return graph.node(step.where === "below" ? "Less" : "Greater", [tensor, scalar(graph, step.limit)])[0];
  const by = columns.get(step.by.column);
  if (by?.type !== "text") return null;
  const levels = step.by.levels.filter((level) => level !== "");
  return graph.node("GreaterOrEqual", [textIndex(graph, by.tensor, levels, -1, -1), wholeScalar(graph, 0)])[0];
}
