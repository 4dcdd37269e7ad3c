import { availableParallelism } from "node:os";
import { closest } from "fastest-levenshtein";
import type { DatasetRules } from "./dataset/build.ts";
import type { TreeDataset } from "./dataset/dataset.ts";
import type { Constraints, GrowthRules } from "./growth/part.ts";
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
  const wanted = new Set(columns.map((name) => placeOf(name, dataset)));
  return Int32Array.from(dataset.columns.keys()).filter((column) => wanted.has(dataset.columns[column]!.source));
}

/** Constraints by column of the dataset. Features in no interaction set stand alone. @throws RangeError for a feature that is not there or not numeric. */
export function constraintsFor(
  { monotoneConstraints, interactionConstraints }: Pick<BoostingOptions | ForestOptions, "monotoneConstraints" | "interactionConstraints">,
  dataset: TreeDataset,
): Constraints {
  const byPlace = monotoneSigns(monotoneConstraints, dataset);
  const monotone = byPlace.every((sign) => sign === 0) ? null : Int32Array.from(dataset.columns, ({ source }) => byPlace[source]!);
  if (interactionConstraints === null) return { monotone, interactions: null };
  const sets = interactionConstraints.map((set) => new Set(set.map((feature) => placeOf(feature, dataset))));
  const named = new Set(sets.flatMap((set) => [...set]));
  const alone = dataset.features.flatMap((_, place) => (named.has(place) ? [] : [new Set([place])]));
  const columns = Int32Array.from(dataset.columns.keys());
  const interactions = [...sets, ...alone].map((set) => columns.filter((column) => set.has(dataset.columns[column]!.source)));
  return { monotone, interactions };
}

function monotoneSigns(given: BoostingOptions["monotoneConstraints"], dataset: TreeDataset): number[] {
  const { features } = dataset;
  const signs = features.map(() => 0);
  if (given === null) return signs;
  if (Array.isArray(given) && given.length !== features.length) {
    throw new RangeError(`monotoneConstraints has ${given.length} entries, the matrix ${features.length} features`);
  }
  for (const [key, sign] of Object.entries(given as Readonly<Record<string, number>>)) {
    const place = Array.isArray(given) ? Number(key) : placeOf(key, dataset);
    if (sign !== 0 && features[place]!.kind !== "numeric")
      throw new RangeError(`feature "${features[place]!.name}" is categorical; it cannot be monotone`);
    signs[place] = sign;
  }
  return signs;
}

function placeOf(feature: string | number, { features }: TreeDataset): number {
  const place = typeof feature === "number" ? feature : features.findIndex(({ name }) => name === feature);
  if (features[place] !== undefined) return place;
  if (typeof feature === "number") throw new RangeError(`there is no feature at place ${feature}; the matrix has ${features.length}`);
  const names = features.map(({ name }) => name);
  throw new RangeError(`there is no feature "${feature}"${names.length === 0 ? "" : `; did you mean "${closest(feature, names)}"?`}`);
}

/** Threads of one training; 0 asks for one per core. */
export function threadsFor({ numThreads }: BoostingOptions | ForestOptions): number {
  return numThreads === 0 ? availableParallelism() : numThreads;
}

/**
 * Share of `columns` that each node looks at. "sqrt", "log2": so many columns, at least one. "auto" is Breiman's choice: the root of their
 * number for classes, a third of them for numbers.
 */
export function nodeShare(asked: ForestOptions["featureFractionByNode"], columns: number, isClass: boolean): number {
  if (typeof asked === "number") return asked;
  const word = asked === "auto" ? (isClass ? "sqrt" : "third") : asked;
  const wanted = word === "sqrt" ? Math.sqrt(columns) : word === "log2" ? Math.log2(columns) : columns / 3;
  return Math.min(1, Math.max(1, wanted) / Math.max(1, columns));
}
