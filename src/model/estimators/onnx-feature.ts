import type { OnnxGraph } from "../../engine/onnx/graph.ts";
import { ONNX_TYPE_NUMBER } from "../../engine/onnx/tensor.ts";

/**
 * A feature in an ONNX graph: a tensor of shape [rows, 1]. Numeric: double, NaN is missing. Categorical: int64 codes, -1 is missing or unseen.
 */
export interface OnnxFeature {
  readonly name: string;
  readonly kind: "numeric" | "categorical";
  readonly tensor: string;
}

/** The feature as [rows, 1] doubles; codes become whole numbers. */
function asDouble(graph: OnnxGraph, { kind, tensor }: OnnxFeature): string {
  return kind === "numeric" ? tensor : graph.node("Cast", [tensor], { to: { int: ONNX_TYPE_NUMBER.double } })[0];
}

/** [rows, 1] tensors side by side: [rows, features] doubles, in the order given. */
export function sideBySide(graph: OnnxGraph, features: readonly OnnxFeature[]): string {
  return graph.node(
    "Concat",
    features.map((feature) => asDouble(graph, feature)),
    { axis: { int: 1 } },
  )[0];
}

/** The feature called `name`. @throws RangeError if the graph has none (a defect). */
export function featureNamed(features: readonly OnnxFeature[], name: string): OnnxFeature {
  const found = features.find((feature) => feature.name === name);
  if (found === undefined) throw new RangeError(`the graph has no feature "${name}"`);
  return found;
}
