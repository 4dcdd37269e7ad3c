import type { OnnxGraph } from "../../engine/onnx/graph.ts";
import type { TreeEnsemble } from "../../engine/trees/index.ts";
import { ensembleToOnnx } from "../../engine/trees/to-onnx.ts";
import { featureNamed, type OnnxFeature } from "./onnx-feature.ts";

/** The trees and their link. Ways through the trees are exact; sums over trees are rounded to 32 bits by the runtime. */
export function treesToOnnx(graph: OnnxGraph, ensemble: TreeEnsemble, features: readonly OnnxFeature[]): string {
  return ensembleToOnnx(
    graph,
    ensemble,
    ensemble.features.map(({ name }) => featureNamed(features, name).tensor),
  );
}
