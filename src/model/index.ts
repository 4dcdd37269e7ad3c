export type { Calibration } from "./calibrate.ts";

export type { CalibrationCurve, Calibrator } from "./calibrator.ts";
export { calibrate, fitCalibrator, NO_CALIBRATION } from "./calibrator.ts";
export { calibratorToOnnx } from "./calibrator-onnx.ts";
export type { CardInput } from "./card.ts";
export { modelCard } from "./card.ts";
export type { Choice, ChoiceInput } from "./choose.ts";
export { chooseModel } from "./choose.ts";

export { estimatorNamed, FAMILIES, loadModel } from "./estimators/families.ts";
export type { FamilyEstimator, FittedModel, ModelFamily, Params, SavedModel } from "./estimators/family.ts";
export { answersFromZero } from "./estimators/never-negative.ts";
export { finalParams, foldParams } from "./final.ts";
export type { DropsOfFold, PermutationDrops, PermutationInput } from "./importance.ts";
export { importanceFrom, permutationDrops } from "./importance.ts";
export { modelToOnnx } from "./onnx.ts";
export { type Parts, partsOfRows } from "./partition.ts";
export type { CandidatePlan } from "./portfolio.ts";
export { isBaseline, leftOut, notTried, portfolio, repeatsWithin } from "./portfolio.ts";
export { cutRepeats, repeatsOf, withRepeats } from "./repeats.ts";
export { ONE_COLUMN_RULE, ruleInWords } from "./rule-words.ts";
