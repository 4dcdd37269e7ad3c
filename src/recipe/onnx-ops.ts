import type { OnnxGraph } from "../engine/onnx/graph.ts";
import { ONNX_TYPE_NUMBER } from "../engine/onnx/tensor.ts";
import type { IntegerArithmetic } from "./calendar.ts";
import type { OnnxColumn } from "./step.ts";

/** A missing date in a graph. */
export const MISSING_DATE = -(2n ** 63n);

export const ML = { domain: "ai.onnx.ml" } as const;

export function scalar(graph: OnnxGraph, value: number): string {
  return graph.constant(Float64Array.of(value), []);
}

export function wholeScalar(graph: OnnxGraph, value: number | bigint): string {
  return graph.constant(BigInt64Array.of(BigInt(value)), []);
}

export function toDouble(graph: OnnxGraph, tensor: string): string {
  return graph.node("Cast", [tensor], { to: { int: ONNX_TYPE_NUMBER.double } })[0];
}

/** Boolean tensor: is the cell missing? */
export function missingMask(graph: OnnxGraph, { type, tensor }: OnnxColumn): string {
  if (type === "number") return graph.node("IsNaN", [tensor])[0];
  if (type === "text") return graph.node("Equal", [tensor, graph.constant([""], [])])[0];
  return graph.node("Equal", [tensor, wholeScalar(graph, type === "date" ? MISSING_DATE : -1)])[0];
}

/** string -> int64: place in `texts`, `missing` for "", `unseen` for the rest. */
export function textIndex(graph: OnnxGraph, tensor: string, texts: readonly string[], missing: number, unseen: number): string {
  const keys = ["", ...texts];
  const values = keys.map((_, i) => (i === 0 ? missing : i - 1));
  return graph.node(
    "LabelEncoder",
    [tensor],
    { keys_strings: { strings: keys }, values_int64s: { ints: values }, default_int64: { int: unseen } },
    ML,
  )[0];
}

/** Texts that are a key of `renames` are replaced; others stay. */
export function replaceTexts(graph: OnnxGraph, tensor: string, renames: ReadonlyMap<string, string>): string {
  if (renames.size === 0) return tensor;
  const place = textIndex(graph, tensor, [...renames.keys()], -1, -1);
  const zero = wholeScalar(graph, 0);
  const renamed = graph.node("Gather", [graph.constant([...renames.values()], [renames.size]), graph.node("Max", [place, zero])[0]])[0];
  return graph.node("Where", [graph.node("Less", [place, zero])[0], tensor, renamed])[0];
}

/** int64 tensors. ONNX divides toward zero but takes the remainder with the sign of the divisor, hence a - mod(a). */
export function integerArithmetic(graph: OnnxGraph): IntegerArithmetic<string> {
  const binary = (op: string) => (a: string, b: string) => graph.node(op, [a, b])[0];
  const constant = (value: number) => wholeScalar(graph, value);
  const mod = (a: string, by: number) => graph.node("Mod", [a, constant(by)])[0];
  return {
    constant,
    mod,
    add: binary("Add"),
    sub: binary("Sub"),
    mul: binary("Mul"),
    div: (a, by) => graph.node("Div", [graph.node("Sub", [a, mod(a, by)])[0], constant(by)])[0],
    whereBelow: (value, limit, a, b) => graph.node("Where", [graph.node("Less", [value, constant(limit)])[0], a, b])[0],
  };
}
