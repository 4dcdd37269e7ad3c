import type { OnnxGraph } from "../engine/onnx/graph.ts";
import { missingMask, scalar, wholeScalar } from "./onnx-ops.ts";
import type { OnnxColumn } from "./step.ts";
import { isLevelColumn, type LevelColumn, type StepColumn, type Table } from "./table.ts";

/** Missing becomes `fill`: a text in level columns, a number in numbers, whole milliseconds in dates. Any other pair changes nothing. */
export function fillMissing(table: Table<StepColumn>, name: string, fill: number | string): void {
  const column = table.columns.get(name);
  if (column === undefined || column.type === "encoded") return;
  if (isLevelColumn(column)) {
    if (typeof fill === "string" && fill !== "") table.columns.set(name, fillLevels(column, fill));
  } else if (typeof fill === "number" && fits(column.type, fill)) {
    table.columns.set(name, { type: column.type, values: column.values.map((value) => (Number.isNaN(value) ? fill : value)) });
  }
}

export function fillMissingInOnnx(graph: OnnxGraph, table: Table<OnnxColumn>, name: string, fill: number | string): void {
  const column = table.columns.get(name);
  if (column === undefined || column.type === "encoded") return;
  const constant = constantOf(graph, column.type, fill);
  if (constant === null) return;
  const tensor = graph.node("Where", [missingMask(graph, column), constant, column.tensor])[0];
  table.columns.set(name, { type: column.type, tensor });
}

function constantOf(graph: OnnxGraph, type: "number" | "date" | "text", fill: number | string): string | null {
  if (type === "text") return typeof fill === "string" && fill !== "" ? graph.constant([fill], []) : null;
  if (typeof fill === "string" || !fits(type, fill)) return null;
  return type === "date" ? wholeScalar(graph, fill) : scalar(graph, fill);
}

function fits(type: "number" | "date", fill: number): boolean {
  return type === "date" ? Number.isSafeInteger(fill) : !Number.isNaN(fill);
}

function fillLevels({ type, codes, levels }: LevelColumn, fill: string): LevelColumn {
  const known = levels.indexOf(fill);
  const code = known < 0 ? levels.length : known;
  return { type, codes: codes.map((old) => (old < 0 ? code : old)), levels: known < 0 ? [...levels, fill] : levels };
}
