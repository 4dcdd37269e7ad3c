import type { RecipeStep } from "../../core/recipe.ts";
import { type Between, splitNumbersOf, splitPattern } from "../../core/split-numbers.ts";
import type { OnnxGraph } from "../../engine/onnx/graph.ts";
import { scalar, toDouble, wholeScalar } from "../onnx-ops.ts";
import type { StepKind } from "../step.ts";
import { derive, freeName, isLevelColumn } from "../table.ts";

/** A text of several numbers becomes a column of each; a text that holds others is missing in all of them. */
export interface FittedSplitNumbers {
  readonly op: "split-numbers";
  readonly column: string;
  readonly between: Between;
  readonly names: readonly string[];
}

export const splitNumbers: StepKind<Extract<RecipeStep, { op: "split-numbers" }>, FittedSplitNumbers> = {
  fit: ({ column, between }, table) => {
    const names = between.slice(1).map((_, place) => freeName(table.columns, `${column}.${place + 1}`));
    return { op: "split-numbers", column, between, names };
  },
  apply: ({ column: name, between, names }, table) => {
    const column = table.columns.get(name);
    if (!isLevelColumn(column)) return;
    const numbers = column.levels.map((level) => splitNumbersOf(level, between));
    for (const [place, derived] of names.entries()) {
      const values = Float64Array.from(column.codes, (code) => numbers[code]?.[place] ?? Number.NaN);
      derive(table, derived, name, { type: "number", values });
    }
    table.columns.delete(name);
  },
  toOnnx: ({ column: name, between, names }, table, { graph }) => {
    const column = table.columns.get(name);
    if (column?.type !== "text") return;
    const isRead = graph.node("RegexFullMatch", [column.tensor], { pattern: { string: splitPattern(between) } })[0];
    const readable = graph.node("Where", [isRead, column.tensor, graph.constant([between.join("0")], [])])[0];
    const numbers = cut(graph, readable, between);
    for (const [place, derived] of names.entries()) {
      const tensor = graph.node("Where", [isRead, toDouble(graph, numbers[place] ?? ""), scalar(graph, Number.NaN)])[0];
      derive(table, derived, name, { type: "number", tensor });
    }
    table.columns.delete(name);
  },
};

/** The texts of the numbers: what stands before each sign, cut off one by one. Every text holds every sign. */
function cut(graph: OnnxGraph, text: string, between: Between): string[] {
  const numbers: string[] = [];
  let rest = text;
  for (const [place, sign] of between.entries()) {
    if (sign === "") {
      if (place > 0) numbers.push(rest);
      continue;
    }
    const [pieces] = graph.node("StringSplit", [rest], { delimiter: { string: sign }, maxsplit: { int: 1 } }, { outputs: 2 });
    const piece = (at: number) => graph.node("Gather", [pieces, wholeScalar(graph, at)], { axis: { int: -1 } })[0];
    if (place > 0) numbers.push(piece(0));
    rest = piece(1);
  }
  return numbers;
}
