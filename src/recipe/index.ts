export { parseDate } from "./date-format.ts";
export { describeRecipe, describeStep } from "./describe.ts";
export { type FeatureTarget, featureInWords } from "./feature-words.ts";
export { fitRecipe, type RecipeTarget } from "./fit.ts";
export { type FeatureInfo, type FittedRecipe, type FittedRecipeJson, loadRecipe, type TrainedRecipe } from "./fitted.ts";
export type { ServingOptions } from "./inputs.ts";
export { mendFrame, mendWithChanges, rowsKept } from "./mend.ts";
export { type OnnxInput, type OnnxRecipe, onnxTensorsOf } from "./onnx.ts";
export { type InputRecord, recordsToFrame } from "./records.ts";
