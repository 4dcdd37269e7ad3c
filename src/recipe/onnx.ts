import type { ColumnType, Frame } from "../core/column.ts";
import { type AmountWriting, isPlain } from "../core/written-amount.ts";
import type { OnnxGraph } from "../engine/onnx/graph.ts";
import type { OnnxTensor } from "../engine/onnx/tensor.ts";
import { amountToOnnx } from "./amount-onnx.ts";
import { levelsOfNumbers } from "./convert.ts";
import type { FittedRecipeJson } from "./fitted.ts";
import { readInputs, type ServingOptions } from "./inputs.ts";
import { MISSING_DATE } from "./onnx-ops.ts";
import type { OnnxColumn } from "./step.ts";
import { type FittedStep, stepToOnnx } from "./steps/index.ts";
import { createTable, isLevelColumn, type LevelColumn, type NumberColumn } from "./table.ts";

/** A raw column as an input [rows, 1] of a graph. `tensor` is its name there: the column's own, unless that is empty or taken. */
export interface OnnxInput {
  readonly name: string;
  readonly type: ColumnType;
  readonly tensor: string;
  /** The tensor of a number column holds texts: numbers as the training file writes them, or plain ones with its decimal mark. */
  readonly amount?: AmountWriting;
}

/** How the training file writes the numbers of its columns of texts, by column. */
export type Writings = ReadonlyMap<string, AmountWriting>;

export interface OnnxRecipe {
  readonly inputs: readonly OnnxInput[];
  /** One per feature, in order. */
  readonly featureTensors: readonly string[];
}

/**
 * Numbers are double (NaN = missing), categories and texts string ("" = missing), dates int64 milliseconds since 1970 UTC
 * (smallest int64 = missing). Numbers that the training file holds as texts come as these texts and are read in the graph.
 */
export function recipeToOnnx({ inputs, features, steps }: FittedRecipeJson, graph: OnnxGraph, writings: Writings): OnnxRecipe {
  const given = inputs.map(({ name, type }): OnnxInput => {
    const amount = type === "number" ? writings.get(name) : undefined;
    if (amount === undefined || isPlain(amount)) return { name, type, tensor: graph.input(name, TENSOR_TYPE[type], ["rows", 1]) };
    return { name, type, tensor: graph.input(name, "string", ["rows", 1]), amount };
  });
  const table = createTable<OnnxColumn>(given.map((input) => [input.name, columnOf(input, graph)]));
  const literals = literalsOf(steps);
  for (const [place, step] of steps.entries()) {
    if (step.op === "to-category") refuseReadingBack(step.column, steps.slice(place + 1));
    stepToOnnx(step, table, { graph, literals: (column) => literals.get(column) ?? [] });
  }
  const featureTensors = features.map(({ name }) => {
    const column = table.columns.get(name);
    if (column === undefined) throw new RangeError(`the exported recipe makes no feature "${name}"`);
    return column.tensor;
  });
  return { inputs: given, featureTensors };
}

function columnOf({ type, tensor, amount }: OnnxInput, graph: OnnxGraph): OnnxColumn {
  if (amount !== undefined) return { type: "number", tensor: amountToOnnx(graph, tensor, amount) };
  return { type: type === "category" ? "text" : type, tensor };
}

const TENSOR_TYPE = { number: "double", date: "int64", category: "string", text: "string" } as const;

function literalsOf(steps: readonly FittedStep[]): Map<string, string[]> {
  const literals = new Map<string, string[]>();
  for (const step of steps) {
    const sought = soughtBy(step);
    if (sought !== null) literals.set(sought.column, [...(literals.get(sought.column) ?? []), ...sought.texts]);
  }
  return literals;
}

function soughtBy(step: FittedStep): { readonly column: string; readonly texts: readonly string[] } | null {
  if (step.op === "map") return { column: step.column, texts: step.renames.map(([from]) => from) };
  if (step.op === "convert-unit" && "by" in step) return { column: step.by.column, texts: step.by.levels };
  return step.op === "null-out" ? step : null;
}

/** A number that training has not seen loses its value on becoming a category in a graph, so it cannot be read back. */
function refuseReadingBack(column: string, later: readonly FittedStep[]): void {
  const back = later.find((step) => (step.op === "to-number" || step.op === "to-date") && step.column === column);
  if (back === undefined) return;
  throw new RangeError(`"${column}" becomes a category and then a ${back.op === "to-date" ? "date" : "number again"}; drop both steps`);
}

/** A frame's columns as the tensors that an exported recipe wants. @throws OldhandError schema-mismatch as `transform`. */
export function onnxTensorsOf(inputs: readonly OnnxInput[], frame: Frame, options: ServingOptions = {}): Map<string, OnnxTensor> {
  const columns = readInputs(inputs, frame, null, options);
  const shape = [frame.rows, 1];
  return new Map(
    inputs.map(({ name, tensor, amount }): readonly [string, OnnxTensor] => {
      const column = columns.get(name);
      return [tensor, { values: column === undefined ? [] : tensorValues(column, amount), shape }];
    }),
  );
}

function tensorValues(column: NumberColumn | LevelColumn, amount: AmountWriting | undefined): OnnxTensor["values"] {
  if (!isLevelColumn(column) && amount !== undefined) return tensorValues(levelsOfNumbers(column.values, amount), undefined);
  if (isLevelColumn(column)) return Array.from(column.codes, (code) => column.levels[code] ?? "");
  if (column.type === "number") return new Float64Array(column.values);
  return BigInt64Array.from(column.values, (ms) => (Number.isFinite(ms) ? BigInt(ms) : MISSING_DATE));
}
