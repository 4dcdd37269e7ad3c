import { availableParallelism } from "node:os";
import { interactionSets, monotoneDirections, placeOf } from "./constraints.ts";
import type { DatasetRules } from "./dataset/build.ts";
import type { TreeDataset } from "./dataset/dataset.ts";
import type { Constraints, GrowthRules } from "./growth/part.ts";
import type { LossName } from "./losses/index.ts";
import type { BoostingOptions, ForestOptions } from "./options.ts";
import type { TreeTraining } from "./training.ts";

/** What the grower has to know of the options. featureFractionByNode: a share above 0. */
export function growthRules(options: BoostingOptions | ForestOptions, featureFractionByNode: number): GrowthRules {
  const { growth, numLeaves, maxDepth, minDataInLeaf, minSumHessianInLeaf, minGainToSplit, lambdaL1, lambdaL2, maxDeltaStep } = options;
  const { pathSmooth, extraTrees, maxCatToOnehot, catSmooth, catL2, maxCatThreshold, minDataPerGroup } = options;
  return {
    growth,
    numLeaves,
    maxDepth,
    minDataInLeaf,
    minSumHessianInLeaf,
    minGainToSplit,
    lambdaL1,
    lambdaL2,
    maxDeltaStep,
    pathSmooth,
    featureFractionByNode,
    extraTrees,
    maxCatToOnehot,
    catSmooth,
    catL2,
    maxCatThreshold,
    minDataPerGroup,
  };
}

export function binningRules({ maxBin, minDataInBin, binSampleRows, enableBundle }: BoostingOptions | ForestOptions): DatasetRules {
  return { maxBin, minDataInBin, binSampleRows, enableBundle };
}

/** Columns of the dataset that the training may use, ascending. @throws RangeError for a feature that is not there. */
export function columnsFor({ columns = null }: Pick<TreeTraining, "columns">, dataset: TreeDataset): Int32Array {
  if (columns === null) return Int32Array.from(dataset.columns.keys());
  const wanted = new Set(columns.map((name) => placeOf("columns", name, dataset.features, "bad-training")));
  return Int32Array.from(dataset.columns.keys()).filter((column) => wanted.has(dataset.columns[column]!.source));
}

/** Constraints by column of the dataset. @throws RangeError for features that are not there or cannot be constrained. */
export function constraintsFor(
  { monotoneConstraints, interactionConstraints }: Pick<BoostingOptions | ForestOptions, "monotoneConstraints" | "interactionConstraints">,
  dataset: TreeDataset,
  loss: LossName,
): Constraints {
  const directions = monotoneDirections(monotoneConstraints, dataset.features, loss);
  const sets = interactionSets(interactionConstraints, dataset.features);
  const places = Int32Array.from(dataset.columns, ({ source }) => source);
  const columns = Int32Array.from(places.keys());
  return {
    monotone: directions === null ? null : places.map((place) => directions[place]!),
    interactions: sets === null ? null : sets.map((set) => columns.filter((column) => set.includes(places[column]!))),
  };
}

/** Starting a thread takes as long as counting so many entries (a row in a column, once in each tree). */
const ENTRIES_OF_ONE_THREAD = 2e7;

/** Threads of one training; 0 asks for one per core. Those that would not earn their start are left out. */
export function threadsFor({ numThreads }: Pick<BoostingOptions | ForestOptions, "numThreads">, entries: number): number {
  const wanted = numThreads === 0 ? availableParallelism() : numThreads;
  return entries < ENTRIES_OF_ONE_THREAD ? 1 : wanted;
}

/**
 * Share of `columns` that each node looks at. Above 1: so many columns. "sqrt", "log2": so many columns, at least one. "auto" is Breiman's choice: the root of their
 * number for classes, a third of them for numbers.
 */
export function nodeShare(asked: (BoostingOptions | ForestOptions)["featureFractionByNode"], columns: number, isClass: boolean): number {
  if (typeof asked === "number") return asked > 1 ? Math.min(1, asked / Math.max(1, columns)) : asked;
  const word = asked === "auto" ? (isClass ? "sqrt" : "third") : asked;
  const wanted = word === "sqrt" ? Math.sqrt(columns) : word === "log2" ? Math.log2(columns) : columns / 3;
  return Math.min(1, Math.max(1, wanted) / Math.max(1, columns));
}
