export type { Feature, Matrix } from "../../core/matrix.ts";
export type { WrongUse, WrongUseError } from "../wrong-use.ts";
export { fitBoosting } from "./boosting.ts";
export { createTreeDataset, type DatasetGiven } from "./dataset/create.ts";
export { openTreeDataset, type TreeDataset, type TreeDatasetHandle } from "./dataset/dataset.ts";
export type { EnsembleFeature, TreeEnsemble } from "./ensemble.ts";
export { dumpTree, treeJson } from "./explain/dump.ts";
export { type PermutationImportance, type PermutationOptions, permutationImportance } from "./explain/permutation.ts";
export { type ShapInteractions, type ShapOptions, type ShapValues, shapInteractions, shapValues } from "./explain/shap.ts";
export { treeSvg } from "./explain/tree-svg.ts";
export type { TreeNames } from "./explain/words.ts";
export { type ForestWithOutOfBag, fitForest, fitForestOutOfBag, fitTree } from "./forest.ts";
export type { ForeignModel } from "./formats/foreign.ts";
export { readLightGbm } from "./formats/lightgbm-read.ts";
export { type LightGbmOptions, writeLightGbm } from "./formats/lightgbm-write.ts";
export { readXgboost } from "./formats/xgboost-read.ts";
export { type FeatureImportance, importanceOf } from "./importance.ts";
export type { CustomGradient, Link, LossGiven, LossName } from "./losses/index.ts";
export {
  columnsOfRows,
  compileRowReader,
  matrixFromRows,
  type TableColumn,
  type TableColumnsGiven,
  type TableRows,
} from "./matrix-from-rows.ts";
export type { MetricName } from "./metrics/names.ts";
export type { Numbers } from "./numbers.ts";
export type {
  ClassWeight,
  CustomMetric,
  InteractionConstraints,
  MetricChoice,
  MonotoneConstraints,
  OnRound,
  RoundScore,
} from "./option-shapes.ts";
export { type BoostingOptions, boostingOptions, type ForestOptions, forestOptions } from "./options.ts";
export type { BoostingGiven, ForestGiven } from "./options-given.ts";
export type { PredictOptions } from "./predict/options.ts";
export { firstRounds } from "./predict/rounds.ts";
export { compileScorer, type RowScorer, type RowScorerOptions } from "./predict/scorer.ts";
export { predict, predictLeaves, predictRaw, stagedPredict } from "./predictor.ts";
export type { TrainingHistory } from "./round-scores.ts";
export { loadEnsemble, saveEnsemble } from "./saved.ts";
export { toOnnx } from "./to-onnx.ts";
export type { TreeSource, TreeTraining } from "./training.ts";
