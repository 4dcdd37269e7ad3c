import type { DatePart, RecipeStep } from "../../core/recipe.ts";
import { datePart, PLAIN_ARITHMETIC } from "../calendar.ts";
import { integerArithmetic, missingMask, scalar, toDouble, wholeScalar } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";
import { derive, freeName } from "../table.ts";

export interface FittedDateParts {
  readonly op: "date-parts";
  readonly column: string;
  readonly parts: readonly { readonly part: DatePart; readonly name: string }[];
}

export const dateParts: StepKind<Extract<RecipeStep, { op: "date-parts" }>, FittedDateParts> = {
  fit: ({ column, parts }, table) => {
    const names = [...new Set(parts)].map((part) => ({ part, name: freeName(table.columns, `${column}.${part}`) }));
    return { op: "date-parts", column, parts: names };
  },
  apply: ({ column: name, parts }, table) => {
    const column = table.columns.get(name);
    if (column?.type !== "date") return;
    for (const { part, name: derived } of parts) {
      const values = column.values.map((ms) => (Number.isNaN(ms) ? ms : datePart(PLAIN_ARITHMETIC, ms, part)));
      derive(table, derived, name, { type: "number", values });
    }
    table.columns.delete(name);
  },
  toOnnx: ({ column: name, parts }, table, { graph }) => {
    const column = table.columns.get(name);
    if (column?.type !== "date") return;
    const missing = missingMask(graph, column);
    const ms = graph.node("Where", [missing, wholeScalar(graph, 0), column.tensor])[0];
    for (const { part, name: derived } of parts) {
      const whole = datePart(integerArithmetic(graph), ms, part);
      const tensor = graph.node("Where", [missing, scalar(graph, Number.NaN), toDouble(graph, whole)])[0];
      derive(table, derived, name, { type: "number", tensor });
    }
    table.columns.delete(name);
  },
};
