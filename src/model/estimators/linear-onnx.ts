import type { LinearModel } from "../../engine/linear/index.ts";
import type { OnnxGraph } from "../../engine/onnx/graph.ts";
import { featureNamed, type OnnxFeature, sideBySide } from "./onnx-feature.ts";

/** [rows, features] x coefficients + intercepts, then the link. Doubles throughout. */
export function linearToOnnx(graph: OnnxGraph, model: LinearModel, features: readonly OnnxFeature[]): string {
  const { link, outputs, features: names, coefficients, intercepts } = model;
  const chosen = names.map((name) => featureNamed(features, name));
  const at = (feature: number, output: number) => coefficients[output * names.length + feature] ?? 0;
  const byFeature = Float64Array.from({ length: coefficients.length }, (_, i) => at(Math.floor(i / outputs), i % outputs));
  const weights = graph.constant(byFeature, [names.length, outputs], "coefficients");
  const product = graph.node("MatMul", [sideBySide(graph, chosen), weights])[0];
  const scores = graph.node("Add", [product, graph.constant(intercepts, [1, outputs], "intercepts")])[0];
  if (link === "identity") return scores;
  return link === "logistic" ? graph.node("Sigmoid", [scores])[0] : graph.node("Softmax", [scores], { axis: { int: 1 } })[0];
}
