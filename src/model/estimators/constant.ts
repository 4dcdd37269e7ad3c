import type { Training } from "../../core/estimator.ts";
import { meanParts, outputsOfParts } from "./class-shares.ts";
import { type FittedModel, type ModelFamily, savedFields } from "./family.ts";
import { readParams } from "./params.ts";
import { answerToOnnx } from "./simple-onnx.ts";

const NAME = "constant";

/** Answers the same every time: the mean, or the shares of the classes. What any model must beat. */
export const constant: ModelFamily = {
  name: NAME,
  complexity: 0,
  extrapolates: false,
  tasks: ["binary", "multiclass", "regression"],
  fixed: () => ({}),
  create: (params) => ({
    name: NAME,
    complexity: 0,
    params: readParams(NAME, {}, params),
    prepare: () => [],
    fit: (training: Training) => constantModel(outputsOfParts(meanParts(training), training.task)),
  }),
  load: (saved) => constantModel(Float64Array.from(savedFields(saved, NAME).outputs as readonly number[])),
};

function constantModel(outputs: Float64Array): FittedModel {
  return {
    notes: {},
    reads: [],
    predict: ({ rows }) => Float64Array.from({ length: rows * outputs.length }, (_, i) => outputs[i % outputs.length] ?? 0),
    save: () => ({ family: NAME, outputs: [...outputs] }),
    toOnnx: (graph, features) => answerToOnnx(graph, outputs, features),
  };
}
