import type { RecipeStep } from "../../core/recipe.ts";
import { renameLevels } from "../levels.ts";
import { MISSING_DATE, replaceTexts, scalar, wholeScalar } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";

/** Strings hit levels, numbers hit values of numbers and dates. */
export interface FittedNullOut {
  readonly op: "null-out";
  readonly column: string;
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

export const nullOut: StepKind<Extract<RecipeStep, { op: "null-out" }>, FittedNullOut> = {
  fit: ({ column, values }) => ({
    op: "null-out",
    column,
    texts: values.filter((value) => typeof value === "string"),
    numbers: values.filter((value) => typeof value === "number").filter(Number.isFinite),
  }),
  apply: ({ column: name, texts, numbers }, table) => {
    const column = table.columns.get(name);
    if (column === undefined || column.type === "encoded") return;
    if ("values" in column) {
      const sought = new Set(numbers);
      table.columns.set(name, { type: column.type, values: column.values.map((value) => (sought.has(value) ? Number.NaN : value)) });
    } else {
      const sought = new Set(texts);
      table.columns.set(
        name,
        renameLevels(column, (level) => (sought.has(level) ? "" : level)),
      );
    }
  },
  toOnnx: ({ column: name, texts, numbers }, table, { graph }) => {
    const column = table.columns.get(name);
    if (column === undefined || column.type === "encoded") return;
    let { tensor } = column;
    if (column.type === "text") tensor = replaceTexts(graph, tensor, new Map(texts.map((text) => [text, ""])));
    else {
      const date = column.type === "date";
      const missing = date ? wholeScalar(graph, MISSING_DATE) : scalar(graph, Number.NaN);
      for (const value of date ? numbers.filter(Number.isSafeInteger) : numbers) {
        const equal = graph.node("Equal", [tensor, date ? wholeScalar(graph, value) : scalar(graph, value)])[0];
        tensor = graph.node("Where", [equal, missing, tensor])[0];
      }
    }
    table.columns.set(name, { type: column.type, tensor });
  },
};
