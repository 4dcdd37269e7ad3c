import { type GivenOptions, type OptionValues, readOptions } from "../options.ts";

/** Limits of one tree. Names and defaults follow LightGBM; 0 means no limit where it says so. */
const TREE_RULES = {
  /** 0 = no limit. */
  maxLeaves: { type: "integer", value: 31, low: 0 },
  /** Splits from the root to a leaf; 0 = no limit. */
  maxDepth: { type: "integer", value: 0, low: 0 },
  minRowsPerLeaf: { type: "integer", value: 20, low: 1 },
  minHessianPerLeaf: { type: "real", value: 1e-3, low: 0 },
  /** A split must lower the loss by more than half of this. */
  minGain: { type: "real", value: 0, low: 0 },
  l1: { type: "real", value: 0, low: 0 },
  l2: { type: "real", value: 0, low: 0 },
  /** Share of the columns that each tree may use. */
  columnSample: { type: "real", value: 1, above: 0, high: 1 },
  /** Share of the tree's columns that each node may use. */
  columnSampleByNode: { type: "real", value: 1, above: 0, high: 1 },
  /** One random threshold per column and node instead of the best one. */
  extraTrees: { type: "flag", value: false },
  maxBins: { type: "integer", value: 255, low: 2, high: 255 },
  minRowsPerBin: { type: "integer", value: 3, low: 1 },
  binSampleRows: { type: "integer", value: 200_000, low: 2 },
  maxCatToOnehot: { type: "integer", value: 4, low: 1, high: 255 },
  catSmooth: { type: "real", value: 10, low: 0 },
  catL2: { type: "real", value: 10, low: 0 },
  maxCatThreshold: { type: "integer", value: 32, low: 1 },
  minRowsPerGroup: { type: "integer", value: 100, low: 1 },
} as const;

const BOOSTING_RULES = {
  ...TREE_RULES,
  rounds: { type: "integer", value: 100, low: 0 },
  learningRate: { type: "real", value: 0.1, above: 0 },
  /** Share of the rows that each round uses, drawn without replacement. */
  subsample: { type: "real", value: 1, above: 0, high: 1 },
  /** Stop when the validation loss has not fallen for this many rounds; 0 = never. Needs validation rows. */
  patience: { type: "integer", value: 50, low: 0 },
} as const;

const FOREST_RULES = {
  ...TREE_RULES,
  maxLeaves: { type: "integer", value: 0, low: 0 },
  minRowsPerLeaf: { type: "integer", value: 1, low: 1 },
  minHessianPerLeaf: { type: "real", value: 0, low: 0 },
  catSmooth: { type: "real", value: 0, low: 0 },
  catL2: { type: "real", value: 0, low: 0 },
  maxCatThreshold: { type: "integer", value: 255, low: 1 },
  minRowsPerGroup: { type: "integer", value: 1, low: 1 },
  trees: { type: "integer", value: 300, low: 1 },
  /** Share of the tree's columns that each node may use; 0 = the root of their number for classes, a third for numbers. */
  columnSampleByNode: { type: "real", value: 0, low: 0, high: 1 },
  /** Rows of each tree are drawn with replacement, in proportion to their weight. */
  bootstrap: { type: "flag", value: true },
} as const;

export type BoostingOptions = OptionValues<typeof BOOSTING_RULES>;
export type ForestOptions = OptionValues<typeof FOREST_RULES>;

/** @throws RangeError, TypeError for an option that does not exist or does not fit. */
export function boostingOptions(given: GivenOptions): BoostingOptions {
  return readOptions("boosting", BOOSTING_RULES, given);
}

/** @throws RangeError, TypeError for an option that does not exist or does not fit. */
export function forestOptions(given: GivenOptions): ForestOptions {
  return readOptions("forest", FOREST_RULES, given);
}
