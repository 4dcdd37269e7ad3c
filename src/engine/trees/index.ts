export { fitBoosting } from "./boosting.ts";
export type { EnsembleFeature, TreeEnsemble } from "./ensemble.ts";
export { type ForestWithOutOfBag, fitForest, fitForestOutOfBag } from "./forest.ts";
export { type FeatureImportance, importanceOf } from "./importance.ts";
export type { Link, LossName } from "./losses.ts";
export type { BoostingOptions, ForestOptions } from "./options.ts";
export { predict, predictRaw } from "./predictor.ts";
export { loadEnsemble, saveEnsemble } from "./saved.ts";
export type { TreeTraining } from "./training.ts";
