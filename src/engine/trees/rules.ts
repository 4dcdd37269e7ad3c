import type { BinningRules } from "./binning.ts";
import type { GrowthRules } from "./grower.ts";
import type { BoostingOptions, ForestOptions } from "./options.ts";

/** What the grower has to know of the options. columnSampleByNode: a share above 0. */
export function growthRules(options: BoostingOptions | ForestOptions, columnSampleByNode: number): GrowthRules {
  return {
    maxLeaves: options.numLeaves,
    maxDepth: options.maxDepth,
    columnSampleByNode,
    extraTrees: options.extraTrees,
    l1: options.lambdaL1,
    l2: options.lambdaL2,
    minRowsPerLeaf: options.minDataInLeaf,
    minHessianPerLeaf: options.minSumHessianInLeaf,
    minGain: options.minGainToSplit,
    maxCatToOnehot: options.maxCatToOnehot,
    catSmooth: options.catSmooth,
    catL2: options.catL2,
    maxCatThreshold: options.maxCatThreshold,
    minRowsPerGroup: options.minDataPerGroup,
  };
}

export function binningRules(options: BoostingOptions | ForestOptions): BinningRules {
  return { maxBins: options.maxBin, minRowsPerBin: options.minDataInBin, binSampleRows: options.binSampleRows };
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
