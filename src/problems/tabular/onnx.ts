import { createOnnxGraph } from "../../engine/onnx/graph.ts";
import { calibratorToOnnx, loadModel, modelToOnnx } from "../../model/index.ts";
import { loadRecipe, type OnnxInput } from "../../recipe/index.ts";
import { modelVersion, type NativeModel, writingsOf } from "./scorer.ts";

export interface ExportedModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly OnnxInput[];
  /** Name of the output tensor, [rows, outputs]. */
  readonly output: string;
}

/** The whole pipeline as one ONNX graph: repairs, encoding, model, calibration. */
export function exportOnnx(native: NativeModel): ExportedModel {
  const recipe = loadRecipe(native.recipe);
  const graph = createOnnxGraph("oldhand", { metadata: { oldhand: modelVersion(native), target: native.target, task: native.task.kind } });
  const { inputs, featureTensors } = recipe.toOnnx(graph, writingsOf(native.columns));
  const raw = modelToOnnx(graph, loadModel(native.model), recipe.features, featureTensors);
  const output = "prediction";
  graph.output(output, calibratorToOnnx(graph, native.calibrator, raw), "double", [
    "rows",
    native.task.kind === "multiclass" ? native.task.classes.length : 1,
  ]);
  return { bytes: graph.toBytes(), inputs, output };
}
