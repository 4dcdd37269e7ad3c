import type { Task } from "../core/task.ts";
import type { OnnxGraph } from "../engine/onnx/graph.ts";
import type { StepColumn, Table } from "./table.ts";

/** What steps may learn from besides the columns. All arrays have one entry per training row. */
export interface StepTraining {
  readonly rows: number;
  /** Class index or value; null when there is no target to learn from. */
  readonly target: { readonly values: Float64Array; readonly task: Task } | null;
  readonly seed: number;
}

/** A column inside an ONNX graph, a tensor [rows, 1]: double, int64 (dates, missing = smallest), string (missing = ""), or int64 codes. */
export interface OnnxColumn {
  readonly type: "number" | "date" | "text" | "encoded";
  readonly tensor: string;
}

export interface OnnxStepContext {
  readonly graph: OnnxGraph;
  /** Texts that later steps of the recipe look for in a column. */
  literals(column: string): readonly string[];
}

/**
 * One kind of step. `Fitted` is plain JSON. `fit` sees training rows only: the caller gives it a table that holds no others.
 * A column that is absent, or of a type the step has no meaning for, is left alone.
 */
export interface StepKind<Step, Fitted> {
  fit(step: Step, table: Table<StepColumn>, training: StepTraining): Fitted;
  apply(fitted: Fitted, table: Table<StepColumn>): void;
  /** Where training rows are treated otherwise than new rows (out of fold). */
  applyTraining?(fitted: Fitted, table: Table<StepColumn>, training: StepTraining): void;
  toOnnx(fitted: Fitted, table: Table<OnnxColumn>, context: OnnxStepContext): void;
}
