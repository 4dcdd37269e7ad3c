import type { OnnxGraph } from "../../engine/onnx/graph.ts";
import { type KeptLevels, keptCodes, MISSING } from "../levels.ts";
import { textIndex } from "../onnx-ops.ts";
import type { OnnxColumn } from "../step.ts";
import type { LevelColumn, StepColumn, Table } from "../table.ts";

/** One categorical feature under the column's own name: codes by place in `levels`, then "other"; -1 for missing and for unseen without "other". */
export interface FittedCodes extends KeptLevels {
  readonly method: "codes";
  readonly column: string;
}

export function applyCodes(fitted: FittedCodes, column: LevelColumn, table: Table<StepColumn>): void {
  const codes = keptCodes(column, fitted).map((code) => (code < 0 ? MISSING : code));
  table.columns.set(fitted.column, { type: "encoded", codes, levels: fitted.levels.length + Number(fitted.other) });
}

export function codesToOnnx(fitted: FittedCodes, column: OnnxColumn, table: Table<OnnxColumn>, graph: OnnxGraph): void {
  const tensor = textIndex(graph, column.tensor, fitted.levels, MISSING, fitted.other ? fitted.levels.length : MISSING);
  table.columns.set(fitted.column, { type: "encoded", tensor });
}
