import type { OnnxGraph } from "../engine/onnx/graph.ts";
import type { FittedModel } from "./estimators/family.ts";

/**
 * Adds a model to a graph behind its features; gives the tensor [rows, outputs] of doubles. features: as the fitted recipe makes them.
 * featureTensors: one [rows, 1] tensor for each, double or (categorical) int64 codes with -1 for missing.
 * @throws RangeError when there is not one tensor per feature, or the model wants a feature that is not there.
 */
export function modelToOnnx(
  graph: OnnxGraph,
  model: FittedModel,
  features: readonly { readonly name: string; readonly kind: "numeric" | "categorical" }[],
  featureTensors: readonly string[],
): string {
  if (features.length !== featureTensors.length) throw new RangeError(`${features.length} features, ${featureTensors.length} tensors`);
  return model.toOnnx(
    graph,
    features.map(({ name, kind }, i) => ({ name, kind, tensor: featureTensors[i] ?? "" })),
  );
}
