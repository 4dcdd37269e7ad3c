import type { OptionRules } from "../options.ts";
import { CLASS_WEIGHT, EARLY_STOPPING_METRIC, INTERACTION_CONSTRAINTS, MONOTONE_CONSTRAINTS, ON_ROUND } from "./option-shapes.ts";

/**
 * Every option of the trees, once: type, default, range, meaning and other names. Names and defaults follow LightGBM; aliases are those of
 * LightGBM, scikit-learn, XGBoost and CatBoost. docs/engine-options.md and options-given.ts are made from here.
 */
const TREE_RULES = {
  numLeaves: {
    type: "integer",
    value: 31,
    low: 0,
    noLimit: true,
    except: {
      value: 1,
      why: "trees of one leaf learn nothing; give 0 for no limit, at least 2 for a limit, or numIterations: 0 for the constant alone",
    },
    meaning: "Most leaves of a tree; 0 = no limit.",
    aliases: ["maxLeafNodes", "maxLeaves", "numLeaf", "maxLeaf"],
  },
  maxDepth: {
    type: "integer",
    value: 0,
    low: 0,
    noLimit: true,
    meaning: "Most splits from the root to a leaf; 0 = no limit.",
    aliases: ["depth"],
  },
  growth: {
    type: "choice",
    value: "leaf-wise",
    choices: ["leaf-wise", "depth-wise"],
    synonyms: { lossguide: "leaf-wise", Lossguide: "leaf-wise", depthwise: "depth-wise", Depthwise: "depth-wise" },
    meaning:
      "Which leaf is split next: the one with the largest gain, or level by level. numLeaves limits both; XGBoost's depthwise trees are those of numLeaves: 0.",
    aliases: ["growPolicy"],
  },
  minDataInLeaf: {
    type: "integer",
    value: 20,
    low: 1,
    meaning:
      "Fewest rows of a leaf. A side's rows are told from its share of the node's hessians: rows of which the model is sure count less.",
    aliases: ["minSamplesLeaf", "minChildSamples", "minDataPerLeaf", "minData"],
  },
  minSumHessianInLeaf: {
    type: "real",
    value: 1e-3,
    low: 0,
    meaning: "Smallest sum of hessians of a leaf (of weights, in a forest).",
    aliases: ["minChildWeight", "minSumHessianPerLeaf", "minSumHessian", "minHessian"],
  },
  lambdaL1: { type: "real", value: 0, low: 0, meaning: "L1 penalty on leaf values.", aliases: ["regAlpha", "l1Regularization", "l1"] },
  lambdaL2: {
    type: "real",
    value: 0,
    low: 0,
    meaning: "L2 penalty on leaf values.",
    aliases: ["regLambda", "l2Regularization", "lambda", "l2LeafReg", "l2"],
  },
  minGainToSplit: {
    type: "real",
    value: 0,
    low: 0,
    meaning: "A split must lower the loss by more than half of this.",
    aliases: ["minSplitGain", "gamma", "minSplitLoss"],
  },
  maxDeltaStep: {
    type: "real",
    value: 0,
    low: 0,
    noLimit: true,
    meaning: "Largest size of a leaf's value before the learning rate; 0 = no limit.",
    aliases: ["maxLeafOutput", "maxTreeOutput"],
  },
  pathSmooth: {
    type: "real",
    value: 0,
    low: 0,
    meaning: "Draws a node's value towards its parent's: weight n / (n + pathSmooth) for n rows.",
  },
  featureFraction: {
    type: "real",
    value: 1,
    above: 0,
    high: 1,
    meaning: "Share of the columns that each tree may use.",
    aliases: ["colsampleBytree", "colsampleByTree", "subFeature"],
  },
  featureFractionByNode: {
    type: "real",
    value: 1,
    above: 0,
    high: 1,
    words: ["sqrt", "log2"],
    absent: 1,
    counts: ["maxFeatures"],
    meaning:
      "Share of the tree's columns that each node may use; sqrt, log2: so many columns. As max_features also their number, from 2 (1 is all of them; scikit-learn's whole 1 is one column).",
    aliases: ["featureFractionBynode", "colsampleBynode", "colsampleByNode", "subFeatureBynode", "maxFeatures"],
  },
  extraTrees: {
    type: "flag",
    value: false,
    meaning: "One random threshold per column and node instead of the best one.",
    aliases: ["extraTree"],
  },
  monotoneConstraints: {
    ...MONOTONE_CONSTRAINTS,
    meaning:
      "1: the prediction may only rise with the feature, -1: only fall, 0: free. Numeric features only; not with several classes, absolute or quantile losses.",
    aliases: ["monotoneConstraint", "monotonicCst", "mc"],
  },
  interactionConstraints: {
    ...INTERACTION_CONSTRAINTS,
    meaning: "Sets of features; a path from root to leaf keeps to one of them. Features in no set stand alone.",
    aliases: ["interactionCst"],
  },
  maxBin: {
    type: "integer",
    value: 255,
    low: 2,
    high: 65_535,
    meaning: "Most bins of a feature, that of missing not counted.",
    aliases: ["maxBins"],
  },
  minDataInBin: { type: "integer", value: 3, low: 1, meaning: "Fewest rows of a bin." },
  binSampleRows: {
    type: "integer",
    value: 200_000,
    low: 2,
    meaning: "Rows that bins are found on.",
    aliases: ["binConstructSampleCnt", "subsampleForBin"],
  },
  enableBundle: {
    type: "flag",
    value: true,
    meaning: "Joins columns of which no row is off the fullest bin in two, such as one-hot ones, into one. Speed only.",
    aliases: ["bundle", "isEnableBundle"],
  },
  categoricalEncoding: {
    type: "choice",
    value: "subsets",
    choices: ["subsets", "ordered-target", "auto"],
    meaning:
      "Splits of categories: by sets of levels sorted by gradient, or by their mean target taken in a random order of rows. auto: the latter above maxBin levels.",
  },
  maxCatToOnehot: {
    type: "integer",
    value: 4,
    low: 1,
    high: 255,
    meaning: "Up to so many levels: one level against the rest.",
    aliases: ["oneHotMaxSize"],
  },
  catSmooth: {
    type: "real",
    value: 10,
    low: 0,
    meaning: "Added to a level's hessian when levels are sorted; levels with fewer rows are left out.",
  },
  catL2: { type: "real", value: 10, low: 0, meaning: "L2 penalty of splits by sets of levels, on top of lambdaL2." },
  maxCatThreshold: { type: "integer", value: 32, low: 1, meaning: "Most levels on the smaller side of a split." },
  minDataPerGroup: { type: "integer", value: 100, low: 1, meaning: "Fewest rows between two cuts of sorted levels." },
  classWeight: {
    ...CLASS_WEIGHT,
    meaning:
      "The weight of each row times that of its class. balanced: rows / (classes * rows of its class), counted over the rows that are learned from, as scikit-learn does. Logistic and softmax loss only.",
    aliases: ["classWeights"],
  },
  allowConstLabel: {
    type: "flag",
    value: false,
    meaning: "Learn from rows of one class alone, which gives a constant; else they are refused. Logistic and softmax loss.",
  },
  numThreads: {
    type: "integer",
    value: 1,
    low: 0,
    high: 256,
    noLimit: true,
    meaning: "Threads of one training; 0 = one per core. The trees are the same.",
    aliases: ["nJobs", "numThread", "nthreads", "nthread", "threadCount"],
  },
  seed: {
    type: "integer",
    value: "call",
    words: ["call"],
    absent: "call",
    low: 0,
    high: Number.MAX_SAFE_INTEGER,
    meaning: 'Seed of all draws; "call" = the seed that the training was called with.',
    aliases: ["randomState", "randomSeed"],
  },
} as const satisfies OptionRules;

export const BOOSTING_RULES = {
  numIterations: {
    type: "integer",
    value: 100,
    low: 0,
    meaning: "Rounds, at most; each grows one tree per output.",
    aliases: [
      "nEstimators",
      "maxIter",
      "numBoostRound",
      "numRounds",
      "numRound",
      "rounds",
      "numTrees",
      "numTree",
      "numIteration",
      "iterations",
      "nIter",
      "nrounds",
    ],
  },
  learningRate: {
    type: "real",
    value: 0.1,
    above: 0,
    words: ["auto"],
    meaning: "Factor on every tree. auto: by rows, rounds and loss, as CatBoost does.",
    aliases: ["eta", "lr", "shrinkageRate", "shrinkage"],
  },
  ...TREE_RULES,
  sampling: {
    type: "choice",
    value: "none",
    choices: ["none", "bagging", "goss"],
    meaning:
      "Rows of a round: all, a random share, or those with large gradients and a share of the rest (GOSS). A fraction below 1 means bagging.",
    aliases: ["dataSampleStrategy"],
  },
  baggingFraction: {
    type: "real",
    value: 1,
    above: 0,
    high: 1,
    meaning: "Share of the rows (of the queries, in ranking) that a round uses, drawn without replacement.",
    aliases: ["subsample", "bagging", "subRow"],
  },
  baggingFreq: {
    type: "integer",
    value: 1,
    low: 0,
    meaning:
      "Rows are drawn anew every so many rounds; 0 = no bagging. LightGBM's default of 0 leaves bagging off; here the fraction alone turns it on.",
    aliases: ["subsampleFreq"],
  },
  posBaggingFraction: {
    type: "real",
    value: 1,
    above: 0,
    high: 1,
    meaning: "Share of the rows of class 1 that a round uses. Logistic loss only.",
    aliases: ["posSubsample", "posBagging", "posSubRow"],
  },
  negBaggingFraction: {
    type: "real",
    value: 1,
    above: 0,
    high: 1,
    meaning: "Share of the rows of class 0 that a round uses. Logistic loss only.",
    aliases: ["negSubsample", "negBagging", "negSubRow"],
  },
  topRate: {
    type: "real",
    value: 0.2,
    low: 0,
    high: 1,
    meaning: "GOSS: share of the rows, those with the largest gradients, that is kept.",
  },
  otherRate: { type: "real", value: 0.1, above: 0, high: 1, meaning: "GOSS: share of all rows that is drawn from the others." },
  boostFromAverage: { type: "flag", value: true, meaning: "Starts from the best constant; else from 0." },
  scalePosWeight: { type: "real", value: 1, above: 0, meaning: "Factor on the weight of rows of class 1. Logistic loss only." },
  isUnbalance: {
    type: "flag",
    value: false,
    meaning: "Gives both classes the same total weight. Logistic loss only.",
    aliases: ["unbalance", "unbalancedSets"],
  },
  earlyStoppingRounds: {
    type: "integer",
    value: 50,
    low: 0,
    noLimit: true,
    flag: true,
    meaning:
      "Stops when the validation rows have not been judged better for so many rounds, and keeps the best round; 0 or false = never, and all rounds are kept; true, or scikit-learn's auto, is the default. Without validation rows the default has no part, and asking for it is refused: none are taken from the others. Beside a number under another name, true and auto say nothing more.",
    aliases: ["earlyStoppingRound", "earlyStopping", "nIterNoChange", "odWait"],
  },
  earlyStoppingMetric: {
    ...EARLY_STOPPING_METRIC,
    meaning: "What validation rows are judged by (with trainingMetric the learned ones too); null = the loss.",
    aliases: ["metric", "metrics", "metricTypes", "evalMetric"],
  },
  earlyStoppingMinDelta: {
    type: "real",
    value: 0,
    low: 0,
    meaning: "Only a change by more than this is better.",
    aliases: ["minDelta", "tol"],
  },
  trainingMetric: {
    type: "flag",
    value: false,
    meaning:
      "Measures the rows that are learned from after each round too, for the trees' history and onRound. Validation rows are measured anyway.",
    aliases: ["isProvideTrainingMetric", "isTrainingMetric", "trainMetric"],
  },
  onRound: {
    ...ON_ROUND,
    meaning: "Called after each round with { round, rounds, metric, validation, training }; false ends the training.",
    aliases: ["callback", "onIteration"],
  },
} as const satisfies OptionRules;

export const FOREST_RULES = {
  numTrees: {
    type: "integer",
    value: 300,
    low: 1,
    meaning: "Trees, all of them grown.",
    aliases: ["nEstimators", "numIterations", "ntree", "trees"],
  },
  ...TREE_RULES,
  numLeaves: { ...TREE_RULES.numLeaves, value: 0 },
  categoricalEncoding: {
    ...TREE_RULES.categoricalEncoding,
    value: "auto",
    meaning:
      "Splits of categories: by sets of levels sorted by gradient, or by their mean target taken in a random order of rows. auto: the latter above 32 levels; sets with three classes and more, and on a dataset that was binned before.",
  },
  minDataInLeaf: { ...TREE_RULES.minDataInLeaf, value: 1 },
  minSumHessianInLeaf: { ...TREE_RULES.minSumHessianInLeaf, value: 0 },
  catSmooth: { ...TREE_RULES.catSmooth, value: 0 },
  catL2: { ...TREE_RULES.catL2, value: 0 },
  maxCatThreshold: { ...TREE_RULES.maxCatThreshold, value: 255 },
  minDataPerGroup: { ...TREE_RULES.minDataPerGroup, value: 1 },
  featureFractionByNode: {
    ...TREE_RULES.featureFractionByNode,
    value: "auto",
    words: ["auto", "sqrt", "log2"],
    meaning:
      "Share of the tree's columns that each node may use; sqrt, log2: so many columns. auto: sqrt for classes, a third for numbers. As max_features also their number, from 2 (1 is all of them; scikit-learn's whole 1 is one column).",
  },
  bootstrap: { type: "flag", value: true, meaning: "Rows of each tree are drawn with replacement, in proportion to their weight." },
  maxSamples: {
    type: "real",
    value: 1,
    above: 0,
    high: 1,
    absent: 1,
    meaning: "Rows drawn for each tree, as a share of all; with bootstrap: false without replacement.",
    aliases: ["baggingFraction", "subsample", "sampleFraction", "bagging", "subRow"],
  },
} as const satisfies OptionRules;
