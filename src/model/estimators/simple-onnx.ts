import type { OnnxGraph } from "../../engine/onnx/graph.ts";
import { ONNX_TYPE_NUMBER } from "../../engine/onnx/tensor.ts";
import type { Cells } from "./cells.ts";
import type { RuleTable } from "./one-column-rule.ts";
import { featureNamed, type OnnxFeature } from "./onnx-feature.ts";

/** The same answer for as many rows as the features have: [rows, outputs] doubles. */
export function answerToOnnx(graph: OnnxGraph, answer: Float64Array, features: readonly OnnxFeature[]): string {
  const [first] = features;
  if (first === undefined) throw new RangeError("a graph without features does not know its number of rows");
  const shape = graph.node("Shape", [first.tensor], { start: { int: 0 }, end: { int: 1 } })[0];
  const width = graph.constant(BigInt64Array.of(BigInt(answer.length)), [1]);
  const wanted = graph.node("Concat", [shape, width], { axis: { int: 0 } })[0];
  return graph.node("Expand", [graph.constant(answer, [1, answer.length]), wanted])[0];
}

/** Cell number by comparison with all edges, or by a table of codes; then one lookup. Exact. */
export function ruleToOnnx(graph: OnnxGraph, table: RuleTable, features: readonly OnnxFeature[]): string {
  const { column, cells, answers, outputs } = table;
  if (column === null || cells === null) return answerToOnnx(graph, answers, features);
  const feature = featureNamed(features, column);
  const cell = cells.kind === "numeric" ? rangeCell(graph, feature.tensor, cells) : levelCell(graph, feature.tensor, cells);
  const flat = graph.node("Reshape", [cell, graph.constant(BigInt64Array.of(-1n), [1])])[0];
  return graph.node("Gather", [graph.constant(answers, [cells.count, outputs]), flat], { axis: { int: 0 } })[0];
}

function rangeCell(graph: OnnxGraph, values: string, { edges, count }: Extract<Cells, { kind: "numeric" }>): string {
  const missing = graph.node("IsNaN", [values])[0];
  const last = graph.constant(BigInt64Array.of(BigInt(count - 1)), [1, 1]);
  const above =
    edges.length === 0
      ? graph.constant(BigInt64Array.of(0n), [1, 1])
      : countAbove(graph, values, graph.constant(Float64Array.from(edges), [1, edges.length]));
  return graph.node("Where", [missing, last, above])[0];
}

function countAbove(graph: OnnxGraph, values: string, edges: string): string {
  const isAbove = graph.node("Greater", [values, edges])[0];
  const ones = graph.node("Cast", [isAbove], { to: { int: ONNX_TYPE_NUMBER.int64 } })[0];
  return graph.node("ReduceSum", [ones, graph.constant(BigInt64Array.of(1n), [1])], { keepdims: { int: 1 } })[0];
}

function levelCell(graph: OnnxGraph, codes: string, { cellOfCode, count }: Extract<Cells, { kind: "categorical" }>): string {
  const scalar = (value: number) => graph.constant(BigInt64Array.of(BigInt(value)), []);
  const known = graph.node("Clip", [codes, scalar(-1), scalar(cellOfCode.length)])[0];
  const place = graph.node("Add", [known, scalar(1)])[0];
  const table = BigInt64Array.from([count - 1, ...cellOfCode, count - 1], BigInt);
  return graph.node("Gather", [graph.constant(table, [table.length]), place], { axis: { int: 0 } })[0];
}
