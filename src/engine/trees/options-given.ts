// Made from option-rules.ts by test/engine/trees/options.test.ts: npx vitest run test/engine/trees/options -u
import type { BoostingNames, ForestNames, Spelled } from "./option-names.ts";
import type { SaidOptions } from "./option-said.ts";
import type { ClassWeight, InteractionConstraints, MetricChoice, MonotoneConstraints, OnRound } from "./option-shapes.ts";

/** Options of gradient boosting under their own names. */
export interface BoostingOwn {
  /** Rounds, at most; each grows one tree per output. Default 100; whole number, at least 0. */
  readonly numIterations?: number | undefined;
  /** Factor on every tree. auto: by rows, rounds and loss, as CatBoost does. Default 0.1; number, above 0; or "auto". */
  readonly learningRate?: number | "auto" | undefined;
  /** Most leaves of a tree; 0 = no limit. Default 31; whole number, at least 0 and not 1. */
  readonly numLeaves?: number | null | undefined;
  /** Most splits from the root to a leaf; 0 = no limit. Default 0; whole number, at least 0. */
  readonly maxDepth?: number | null | undefined;
  /** Which leaf is split next: the one with the largest gain, or level by level. numLeaves limits both; XGBoost's depthwise trees are those of numLeaves: 0. Default "leaf-wise"; "leaf-wise", "depth-wise". */
  readonly growth?: "leaf-wise" | "depth-wise" | "lossguide" | "Lossguide" | "depthwise" | "Depthwise" | undefined;
  /** Fewest rows of a leaf. A side's rows are told from its share of the node's hessians: rows of which the model is sure count less. Default 20; whole number, at least 1. */
  readonly minDataInLeaf?: number | undefined;
  /** Smallest sum of hessians of a leaf (of weights, in a forest). Default 0.001; number, at least 0. */
  readonly minSumHessianInLeaf?: number | undefined;
  /** L1 penalty on leaf values. Default 0; number, at least 0. */
  readonly lambdaL1?: number | undefined;
  /** L2 penalty on leaf values. Default 0; number, at least 0. */
  readonly lambdaL2?: number | undefined;
  /** A split must lower the loss by more than half of this. Default 0; number, at least 0. */
  readonly minGainToSplit?: number | undefined;
  /** Largest size of a leaf's value before the learning rate; 0 = no limit. Default 0; number, at least 0. */
  readonly maxDeltaStep?: number | null | undefined;
  /** Draws a node's value towards its parent's: weight n / (n + pathSmooth) for n rows. Default 0; number, at least 0. */
  readonly pathSmooth?: number | undefined;
  /** Share of the columns that each tree may use. Default 1; number, above 0 and at most 1. */
  readonly featureFraction?: number | undefined;
  /** Share of the tree's columns that each node may use; sqrt, log2: so many columns. As max_features also their number, from 2 (1 is all of them; scikit-learn's whole 1 is one column). Default 1; number, above 0 and at most 1; or "sqrt"; or "log2"; or as max_features a whole number, at least 2. */
  readonly featureFractionByNode?: number | "sqrt" | "log2" | null | undefined;
  /** One random threshold per column and node instead of the best one. Default false; true or false. */
  readonly extraTrees?: boolean | undefined;
  /** 1: the prediction may only rise with the feature, -1: only fall, 0: free. Numeric features only; not with several classes, absolute or quantile losses. Default null; an object from feature name to -1, 0 or 1, or a list of -1, 0 or 1. */
  readonly monotoneConstraints?: MonotoneConstraints | null | undefined;
  /** Sets of features; a path from root to leaf keeps to one of them. Features in no set stand alone. Default null; a list of lists of feature names or places. */
  readonly interactionConstraints?: InteractionConstraints | null | undefined;
  /** Most bins of a feature, that of missing not counted. Default 255; whole number, at least 2 and at most 65535. */
  readonly maxBin?: number | undefined;
  /** Fewest rows of a bin. Default 3; whole number, at least 1. */
  readonly minDataInBin?: number | undefined;
  /** Rows that bins are found on. Default 200000; whole number, at least 2. */
  readonly binSampleRows?: number | undefined;
  /** Joins columns of which no row is off the fullest bin in two, such as one-hot ones, into one. Speed only. Default true; true or false. */
  readonly enableBundle?: boolean | undefined;
  /** Splits of categories: by sets of levels sorted by gradient, or by their mean target taken in a random order of rows. auto: the latter above maxBin levels. Default "subsets"; "subsets", "ordered-target", "auto". */
  readonly categoricalEncoding?: "subsets" | "ordered-target" | "auto" | undefined;
  /** Up to so many levels: one level against the rest. Default 4; whole number, at least 1 and at most 255. */
  readonly maxCatToOnehot?: number | undefined;
  /** Added to a level's hessian when levels are sorted; levels with fewer rows are left out. Default 10; number, at least 0. */
  readonly catSmooth?: number | undefined;
  /** L2 penalty of splits by sets of levels, on top of lambdaL2. Default 10; number, at least 0. */
  readonly catL2?: number | undefined;
  /** Most levels on the smaller side of a split. Default 32; whole number, at least 1. */
  readonly maxCatThreshold?: number | undefined;
  /** Fewest rows between two cuts of sorted levels. Default 100; whole number, at least 1. */
  readonly minDataPerGroup?: number | undefined;
  /** The weight of each row times that of its class. balanced: rows / (classes * rows of its class), counted over the rows that are learned from, as scikit-learn does. Logistic and softmax loss only. Default null; "balanced", an object from class number to weight, or a list of one weight per class; weights above 0. */
  readonly classWeight?: ClassWeight | null | undefined;
  /** Learn from rows of one class alone, which gives a constant; else they are refused. Logistic and softmax loss. Default false; true or false. */
  readonly allowConstLabel?: boolean | undefined;
  /** Threads of one training; 0 = one per core. The trees are the same. Default 1; whole number, at least 0 and at most 256. */
  readonly numThreads?: number | null | undefined;
  /** Seed of all draws; "call" = the seed that the training was called with. Default "call"; whole number, at least 0 and at most 9007199254740991; or "call". */
  readonly seed?: number | "call" | null | undefined;
  /** Rows of a round: all, a random share, or those with large gradients and a share of the rest (GOSS). A fraction below 1 means bagging. Default "none"; "none", "bagging", "goss". */
  readonly sampling?: "none" | "bagging" | "goss" | undefined;
  /** Share of the rows (of the queries, in ranking) that a round uses, drawn without replacement. Default 1; number, above 0 and at most 1. */
  readonly baggingFraction?: number | undefined;
  /** Rows are drawn anew every so many rounds; 0 = no bagging. LightGBM's default of 0 leaves bagging off; here the fraction alone turns it on. Default 1; whole number, at least 0. */
  readonly baggingFreq?: number | undefined;
  /** Share of the rows of class 1 that a round uses. Logistic loss only. Default 1; number, above 0 and at most 1. */
  readonly posBaggingFraction?: number | undefined;
  /** Share of the rows of class 0 that a round uses. Logistic loss only. Default 1; number, above 0 and at most 1. */
  readonly negBaggingFraction?: number | undefined;
  /** GOSS: share of the rows, those with the largest gradients, that is kept. Default 0.2; number, at least 0 and at most 1. */
  readonly topRate?: number | undefined;
  /** GOSS: share of all rows that is drawn from the others. Default 0.1; number, above 0 and at most 1. */
  readonly otherRate?: number | undefined;
  /** Starts from the best constant; else from 0. Default true; true or false. */
  readonly boostFromAverage?: boolean | undefined;
  /** Factor on the weight of rows of class 1. Logistic loss only. Default 1; number, above 0. */
  readonly scalePosWeight?: number | undefined;
  /** Gives both classes the same total weight. Logistic loss only. Default false; true or false. */
  readonly isUnbalance?: boolean | undefined;
  /** Stops when the validation rows have not been judged better for so many rounds, and keeps the best round; 0 or false = never, and all rounds are kept; true, or scikit-learn's auto, is the default. Without validation rows the default has no part, and asking for it is refused: none are taken from the others. Beside a number under another name, true and auto say nothing more. Default 50; whole number, at least 0. */
  readonly earlyStoppingRounds?: number | null | boolean | "auto" | undefined;
  /** What validation rows are judged by (with trainingMetric the learned ones too); null = the loss. Default null; the name of one metric, or an object with name, higherIsBetter and score. */
  readonly earlyStoppingMetric?: MetricChoice | readonly [MetricChoice] | null | undefined;
  /** Only a change by more than this is better. Default 0; number, at least 0. */
  readonly earlyStoppingMinDelta?: number | undefined;
  /** Measures the rows that are learned from after each round too, for the trees' history and onRound. Validation rows are measured anyway. Default false; true or false. */
  readonly trainingMetric?: boolean | undefined;
  /** Called after each round with { round, rounds, metric, validation, training }; false ends the training. Default null; a function. */
  readonly onRound?: OnRound | null | undefined;
}

/** Options of gradient boosting. Each is read under its aliases and in snake_case too: docs/engine-options.md. */
export type BoostingGiven = Spelled<BoostingOwn, BoostingNames> & SaidOptions;

/** Options of a forest or a single tree under their own names. */
export interface ForestOwn {
  /** Trees, all of them grown. Default 300; whole number, at least 1. */
  readonly numTrees?: number | undefined;
  /** Most leaves of a tree; 0 = no limit. Default 0; whole number, at least 0 and not 1. */
  readonly numLeaves?: number | null | undefined;
  /** Most splits from the root to a leaf; 0 = no limit. Default 0; whole number, at least 0. */
  readonly maxDepth?: number | null | undefined;
  /** Which leaf is split next: the one with the largest gain, or level by level. numLeaves limits both; XGBoost's depthwise trees are those of numLeaves: 0. Default "leaf-wise"; "leaf-wise", "depth-wise". */
  readonly growth?: "leaf-wise" | "depth-wise" | "lossguide" | "Lossguide" | "depthwise" | "Depthwise" | undefined;
  /** Fewest rows of a leaf. A side's rows are told from its share of the node's hessians: rows of which the model is sure count less. Default 1; whole number, at least 1. */
  readonly minDataInLeaf?: number | undefined;
  /** Smallest sum of hessians of a leaf (of weights, in a forest). Default 0; number, at least 0. */
  readonly minSumHessianInLeaf?: number | undefined;
  /** L1 penalty on leaf values. Default 0; number, at least 0. */
  readonly lambdaL1?: number | undefined;
  /** L2 penalty on leaf values. Default 0; number, at least 0. */
  readonly lambdaL2?: number | undefined;
  /** A split must lower the loss by more than half of this. Default 0; number, at least 0. */
  readonly minGainToSplit?: number | undefined;
  /** Largest size of a leaf's value before the learning rate; 0 = no limit. Default 0; number, at least 0. */
  readonly maxDeltaStep?: number | null | undefined;
  /** Draws a node's value towards its parent's: weight n / (n + pathSmooth) for n rows. Default 0; number, at least 0. */
  readonly pathSmooth?: number | undefined;
  /** Share of the columns that each tree may use. Default 1; number, above 0 and at most 1. */
  readonly featureFraction?: number | undefined;
  /** Share of the tree's columns that each node may use; sqrt, log2: so many columns. auto: sqrt for classes, a third for numbers. As max_features also their number, from 2 (1 is all of them; scikit-learn's whole 1 is one column). Default "auto"; number, above 0 and at most 1; or "auto"; or "sqrt"; or "log2"; or as max_features a whole number, at least 2. */
  readonly featureFractionByNode?: number | "auto" | "sqrt" | "log2" | null | undefined;
  /** One random threshold per column and node instead of the best one. Default false; true or false. */
  readonly extraTrees?: boolean | undefined;
  /** 1: the prediction may only rise with the feature, -1: only fall, 0: free. Numeric features only; not with several classes, absolute or quantile losses. Default null; an object from feature name to -1, 0 or 1, or a list of -1, 0 or 1. */
  readonly monotoneConstraints?: MonotoneConstraints | null | undefined;
  /** Sets of features; a path from root to leaf keeps to one of them. Features in no set stand alone. Default null; a list of lists of feature names or places. */
  readonly interactionConstraints?: InteractionConstraints | null | undefined;
  /** Most bins of a feature, that of missing not counted. Default 255; whole number, at least 2 and at most 65535. */
  readonly maxBin?: number | undefined;
  /** Fewest rows of a bin. Default 3; whole number, at least 1. */
  readonly minDataInBin?: number | undefined;
  /** Rows that bins are found on. Default 200000; whole number, at least 2. */
  readonly binSampleRows?: number | undefined;
  /** Joins columns of which no row is off the fullest bin in two, such as one-hot ones, into one. Speed only. Default true; true or false. */
  readonly enableBundle?: boolean | undefined;
  /** Splits of categories: by sets of levels sorted by gradient, or by their mean target taken in a random order of rows. auto: the latter above 32 levels; sets with three classes and more, and on a dataset that was binned before. Default "auto"; "subsets", "ordered-target", "auto". */
  readonly categoricalEncoding?: "subsets" | "ordered-target" | "auto" | undefined;
  /** Up to so many levels: one level against the rest. Default 4; whole number, at least 1 and at most 255. */
  readonly maxCatToOnehot?: number | undefined;
  /** Added to a level's hessian when levels are sorted; levels with fewer rows are left out. Default 0; number, at least 0. */
  readonly catSmooth?: number | undefined;
  /** L2 penalty of splits by sets of levels, on top of lambdaL2. Default 0; number, at least 0. */
  readonly catL2?: number | undefined;
  /** Most levels on the smaller side of a split. Default 255; whole number, at least 1. */
  readonly maxCatThreshold?: number | undefined;
  /** Fewest rows between two cuts of sorted levels. Default 1; whole number, at least 1. */
  readonly minDataPerGroup?: number | undefined;
  /** The weight of each row times that of its class. balanced: rows / (classes * rows of its class), counted over the rows that are learned from, as scikit-learn does. Logistic and softmax loss only. Default null; "balanced", an object from class number to weight, or a list of one weight per class; weights above 0. */
  readonly classWeight?: ClassWeight | null | undefined;
  /** Learn from rows of one class alone, which gives a constant; else they are refused. Logistic and softmax loss. Default false; true or false. */
  readonly allowConstLabel?: boolean | undefined;
  /** Threads of one training; 0 = one per core. The trees are the same. Default 1; whole number, at least 0 and at most 256. */
  readonly numThreads?: number | null | undefined;
  /** Seed of all draws; "call" = the seed that the training was called with. Default "call"; whole number, at least 0 and at most 9007199254740991; or "call". */
  readonly seed?: number | "call" | null | undefined;
  /** Rows of each tree are drawn with replacement, in proportion to their weight. Default true; true or false. */
  readonly bootstrap?: boolean | undefined;
  /** Rows drawn for each tree, as a share of all; with bootstrap: false without replacement. Default 1; number, above 0 and at most 1. */
  readonly maxSamples?: number | null | undefined;
}

/** Options of a forest or a single tree. Each is read under its aliases and in snake_case too: docs/engine-options.md. */
export type ForestGiven = Spelled<ForestOwn, ForestNames> & SaidOptions;
