import type { OnnxGraph } from "../../engine/onnx/graph.ts";
import { type KeptLevels, keptCodes, MISSING, UNSEEN } from "../levels.ts";
import { textIndex, toDouble, wholeScalar } from "../onnx-ops.ts";
import type { OnnxColumn } from "../step.ts";
import { derive, freeName, type LevelColumn, type StepColumn, type Table } from "../table.ts";

/** A 0/1 feature `COLUMN=level` for each kept level, and `COLUMN=other`. All 0 for missing, and for unseen without "other". */
export interface FittedOneHot extends KeptLevels {
  readonly method: "one-hot";
  readonly column: string;
  readonly names: readonly string[];
}

export function fitOneHot(kept: KeptLevels & { readonly column: string }, columns: ReadonlyMap<string, unknown>): FittedOneHot {
  const mine = new Set<string>();
  const taken = { has: (name: string) => mine.has(name) || columns.has(name) };
  const names = (kept.other ? [...kept.levels, "other"] : kept.levels).map((level) => {
    const name = freeName(taken, `${kept.column}=${level}`);
    mine.add(name);
    return name;
  });
  return { method: "one-hot", ...kept, names };
}

export function applyOneHot(fitted: FittedOneHot, column: LevelColumn, table: Table<StepColumn>): void {
  const codes = keptCodes(column, fitted);
  const flags = fitted.names.map(() => new Float64Array(codes.length));
  codes.forEach((code, row) => {
    const flag = flags[code];
    if (flag !== undefined) flag[row] = 1;
  });
  fitted.names.forEach((name, code) => {
    derive(table, name, fitted.column, { type: "number", values: flags[code] ?? new Float64Array(codes.length) });
  });
  table.columns.delete(fitted.column);
}

export function oneHotToOnnx(fitted: FittedOneHot, column: OnnxColumn, table: Table<OnnxColumn>, graph: OnnxGraph): void {
  const codes = textIndex(graph, column.tensor, fitted.levels, MISSING, fitted.other ? fitted.levels.length : UNSEEN);
  fitted.names.forEach((name, code) => {
    const equal = graph.node("Equal", [codes, wholeScalar(graph, code)])[0];
    derive(table, name, fitted.column, { type: "number", tensor: toDouble(graph, equal) });
  });
  table.columns.delete(fitted.column);
}
