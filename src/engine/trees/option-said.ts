import { camelCase, type SnakeCase } from "../options.ts";
import { shown } from "../shown.ts";
import { wrongValue } from "../wrong-use.ts";
import { type LossName, lossWord } from "./losses/index.ts";

const CATEGORIES = 'features say their kind, as in { name, kind: "categorical", codes, levels }; columnsOfRows takes categorical: [names]';

/**
 * Options of other libraries that can say what is so anyway, by camelCase name. With one of these values they are passed over, since nothing else is asked for;
 * any other value is refused with the reason. Words count in upper and lower case alike.
 */
export const SAID = {
  verbose: { values: [-1, 0, false], why: "the engine prints nothing; onRound is called after each round" },
  verbosity: { values: [-1, 0, false], why: "the engine prints nothing; onRound is called after each round" },
  verboseEval: { values: [-1, 0, false], why: "the engine prints nothing; onRound is called after each round" },
  silent: { values: [true], why: "the engine prints nothing; onRound is called after each round" },
  loggingLevel: { values: ["silent"], why: "the engine prints nothing; onRound is called after each round" },
  allowWritingFiles: { values: [false], why: "the engine writes no files" },
  deterministic: { values: [true, false], why: "the trees are always the same" },
  forceColWise: { values: [true, false], why: "the layout of histograms is not chosen; the trees are the same" },
  forceRowWise: { values: [true, false], why: "the layout of histograms is not chosen; the trees are the same" },
  histogramPoolSize: { values: [-1], aliases: ["histPoolSize"], why: "histograms take at most 256 MB" },
  device: { values: ["cpu"], why: "the engine runs on the processor" },
  deviceType: { values: ["cpu"], why: "the engine runs on the processor" },
  taskType: { values: ["cpu", "train"], why: "the engine runs on the processor, and trains" },
  gpuId: { values: [-1], aliases: ["gpuDeviceId", "gpuPlatformId"], why: "the engine runs on the processor" },
  numGpu: { values: [1], why: "the engine runs on the processor" },
  gpuUseDp: { values: [false], why: "the engine runs on the processor" },
  useRmm: { values: [false], why: "the engine runs on the processor" },
  gpuDeviceIdList: { values: [null], why: "the engine runs on the processor" },
  treeMethod: { values: ["hist", "auto"], why: "all trees are grown on histograms" },
  boosting: {
    values: ["gbdt", "gbrt"],
    aliases: ["boost"],
    why: 'fitBoosting boosts gradients (gbdt), fitForest is rf; dart is not built, goss is sampling: "goss"',
  },
  boostingType: {
    values: ["gbdt", "gbrt", "plain"],
    why: 'fitBoosting boosts gradients (gbdt), fitForest is rf; dart is not built, goss is sampling: "goss"',
  },
  booster: { values: ["gbtree"], why: "trees are grown (gbtree); dart and gblinear are not built" },
  linearTree: { values: [false], why: "leaves are constants" },
  linearTrees: { values: [false], why: "leaves are constants" },
  useQuantizedGrad: {
    values: [false],
    why: "gradients are whole numbers of 32 bits, which lose next to nothing; coarser ones are not built",
  },
  numParallelTree: { values: [1], why: "fitForest grows trees side by side" },
  colsampleBylevel: { values: [1], why: "columns are drawn by tree (featureFraction) and by node (featureFractionByNode)" },
  minSamplesSplit: { values: [2], why: "minDataInLeaf limits both sides of a split" },
  minImpurityDecrease: { values: [0], why: "minGainToSplit is in units of the loss, summed over rows" },
  minWeightFractionLeaf: { values: [0], why: "minSumHessianInLeaf is a sum of weights" },
  ccpAlpha: { values: [0], why: "trees are not pruned; numLeaves, maxDepth and minGainToSplit limit them" },
  warmStart: { values: [false], why: "a training starts anew" },
  oobScore: { values: [false], why: "fitForestOutOfBag gives the predictions out of bag" },
  enableCategorical: { values: [true], why: "features say their kind" },
  zeroAsMissing: { values: [false], why: "missing values are NaN, or the code -1 of a category" },
  useMissing: { values: [true], why: "missing values are NaN, or the code -1 of a category" },
  missing: { values: [Number.NaN, null], why: "missing values are NaN, or the code -1 of a category" },
  categoricalFeature: { values: ["auto", null], why: CATEGORIES },
  categoricalFeatures: { values: ["from_dtype", null], why: CATEGORIES },
  scoring: { values: ["loss", null], why: "earlyStoppingMetric names the metric" },
  firstMetricOnly: { values: [true, false], why: "one metric is followed" },
  predictor: { values: ["auto", "cpu_predictor"], why: "the engine runs on the processor" },
  task: { values: ["train"], why: "predict predicts" },
  treeLearner: { values: ["serial"], aliases: ["tree", "treeType", "treeLearnerType"], why: "trees are grown on one machine" },
  numMachines: { values: [1], aliases: ["numMachine"], why: "trees are grown on one machine" },
  twoRound: { values: [true, false], aliases: ["twoRoundLoading", "useTwoRoundLoading"], why: "the engine reads no files" },
  header: { values: [true, false], aliases: ["hasHeader"], why: "the engine reads no files" },
  snapshotFreq: { values: [-1], aliases: ["savePeriod"], why: "onRound is called after each round; the engine writes no files" },
  useBestModel: { values: [true], why: "the best round is kept whenever early stopping is on" },
  samplingMethod: { values: ["uniform"], why: "sampling says how rows are drawn" },
  monotoneConstraintsMethod: {
    values: ["basic"],
    aliases: ["monotoneConstrainingMethod", "mcMethod"],
    why: "bounds of monotone splits are kept as LightGBM's basic method does",
  },
  monotonePenalty: { values: [0], aliases: ["monotoneSplitsPenalty", "mcPenalty", "msPenalty"], why: "monotone splits are not penalised" },
  regSqrt: { values: [false], why: "take the root of the target yourself" },
  randomStrength: { values: [0], why: "scores of splits are not disturbed; extraTrees draws thresholds" },
  callbacks: { values: [null], why: "onRound is called after each round; earlyStoppingRounds and earlyStoppingMetric say when to stop" },
  baseScore: { values: [null], why: "boostFromAverage: false starts from 0; a custom loss has a base" },
  initScore: { values: [null], why: "boostFromAverage: false starts from 0; a custom loss has a base" },
  linearLambda: { values: [0], why: "leaves are constants" },
  numGradQuantBins: { values: [4], why: "gradients are whole numbers of 32 bits; coarser ones are not built" },
  quantTrainRenewLeaf: { values: [false], why: "gradients are whole numbers of 32 bits; coarser ones are not built" },
  stochasticRounding: { values: [true, false], why: "gradients are whole numbers of 32 bits; coarser ones are not built" },
  cegbTradeoff: { values: [1], why: "features have no costs" },
  cegbPenaltySplit: { values: [0], why: "features have no costs; minGainToSplit is that of any split" },
  cegbPenaltyFeatureLazy: { values: [null], why: "features have no costs" },
  cegbPenaltyFeatureCoupled: { values: [null], why: "features have no costs" },
  lambdarankPositionBiasRegularization: { values: [0], why: "the bias of positions is not learned" },
  multiErrorTopK: { values: [1], why: "the metric error looks at the likeliest class" },
  metricFreq: { values: [1], aliases: ["outputFreq", "metricPeriod"], why: "each round is judged" },
  featurePreFilter: { values: [true, false], why: "a feature that no split suits is never asked about" },
  isEnableSparse: {
    values: [true, false],
    aliases: ["enableSparse", "isSparse", "sparse"],
    why: "the layout of columns is not chosen; enableBundle joins those that are hardly ever not 0",
  },
  xgboostDartMode: { values: [false], why: "dart is not built" },
  uniformDrop: { values: [false], why: "dart is not built" },
  prePartition: { values: [true, false], aliases: ["isPrePartition"], why: "trees are grown on one machine" },
  saveBinary: { values: [false], aliases: ["isSaveBinary", "isSaveBinaryFile"], why: "the engine writes no files" },
  preciseFloatParser: { values: [true, false], why: "the engine reads no files" },
  initModel: { values: [null], why: "a training starts anew" },
  init: { values: [null], why: "boostFromAverage: false starts from 0; a custom loss has a base" },
  useLabelEncoder: { values: [false], why: "classes are numbers, 0, 1, .., in the target" },
  processType: { values: ["default"], why: "trees are grown; those of a model are not updated" },
  refreshLeaf: { values: [true, 1], why: "trees are grown; those of a model are not updated" },
  validateParameters: { values: [true, 1], why: "options are always checked" },
  keepTrainingBooster: { values: [true, false], why: "the trees can always be trained, saved and shown" },
  freeRawData: { values: [true, false], aliases: ["keepRawData"], why: "the matrix stays yours; the engine keeps bins of it" },
  goss: { values: [false], why: 'sampling: "goss" draws rows so' },
  splitter: { values: ["best"], why: "extraTrees draws thresholds at random" },
  seedPerIteration: { values: [true, false], why: "the draws of a round hang on the seed and the round" },
  singlePrecisionHistogram: { values: [true, false], why: "sums of histograms are whole numbers of 64 bits" },
  multiStrategy: { values: ["one_output_per_tree"], why: "boosting grows a tree for each output of a round" },
  disableDefaultEvalMetric: { values: [true, false, 0, 1], why: "one metric is followed; earlyStoppingMetric names it" },
  leafEstimationMethod: { values: ["newton"], why: "leaves take one Newton step" },
  leafEstimationIterations: { values: [1], why: "leaves take one Newton step" },
  leafEstimationBacktracking: { values: ["no"], why: "leaves take one Newton step" },
  langevin: { values: [false], why: "gradients have no noise" },
  posteriorSampling: { values: [false], why: "gradients have no noise" },
  modelShrinkRate: { values: [0], why: "earlier rounds are not shrunk" },
  saveSnapshot: { values: [false], why: "onRound is called after each round; the engine writes no files" },
  maxConflictRate: { values: [0], why: "bundled columns never conflict" },
} as const satisfies Readonly<Record<string, Said>>;

export interface Said {
  readonly values: readonly (string | number | boolean | null)[];
  readonly aliases?: readonly string[];
  readonly why: string;
}

/** What is so anyway in a forest, where it is not what is so in boosting. */
const OF_FORESTS = { boosting: ["rf", "random_forest"], boostingType: ["rf", "random_forest"] } as const;

/** Options that say the training's loss again. */
export const OF_LOSS = {
  objective: "the training says its loss",
  objectiveType: "the training says its loss",
  application: "the training says its loss",
  app: "the training says its loss",
  loss: "the training says its loss",
  lossFunction: "the training says its loss",
  criterion: "the training says its loss, which decides the criterion: Gini impurity of classes, squared error of numbers",
  numClass: "the training's loss says its classes",
  numClasses: "the training's loss says its classes",
} as const;

type AliasOf<S> = S extends { readonly aliases: readonly (infer A extends string)[] } ? A : never;
type Spellings<K extends string> = K | SnakeCase<K>;

/** By alias: the name in the table. */
const PROPER: ReadonlyMap<string, string> = new Map(
  Object.entries<Said>(SAID).flatMap(([name, { aliases = [] }]) => [name, ...aliases].map((alias) => [alias, name])),
);

/** Options of other libraries, with the values under which they are passed over. docs/engine-options.md lists them. */
export type SaidOptions = {
  readonly [K in keyof typeof SAID as Spellings<K | AliasOf<(typeof SAID)[K]>>]?:
    | (typeof SAID)[K]["values"][number]
    | (K extends keyof typeof OF_FORESTS ? (typeof OF_FORESTS)[K][number] : never)
    | undefined;
} & { readonly [K in keyof typeof OF_LOSS as Spellings<K>]?: string | number | undefined };

/**
 * Whether an option only says what is so anyway. as: its spelling, for the message; name: in camelCase. loss: null where no training is known yet.
 * @throws RangeError for one that asks for something else.
 */
export function isSaid(what: "boosting" | "forest", as: string, name: string, value: unknown, loss: LossName | null): boolean {
  if (Object.hasOwn(OF_LOSS, name)) {
    const why = OF_LOSS[name as keyof typeof OF_LOSS];
    if (loss === null) throw wrongValue("bad-option", `trees have no option "${as}": ${why}`);
    if (agrees(name, value, loss)) return true;
    throw wrongValue("bad-option", `${what} option "${as}" is ${shown(value)}, but the training's loss is "${loss.loss}": ${why}`);
  }
  const proper = PROPER.get(name);
  if (proper === undefined) return false;
  const { values, why }: Said = SAID[proper as keyof typeof SAID];
  const own = what === "forest" && Object.hasOwn(OF_FORESTS, proper) ? OF_FORESTS[proper as keyof typeof OF_FORESTS] : values;
  const word = typeof value === "string" ? value.toLowerCase() : value;
  if (own.some((one) => Object.is(one, word))) return true;
  throw wrongValue(
    "bad-option",
    `trees have no option "${as}": ${why}. Only ${own.map((one) => JSON.stringify(one)).join(" or ")} is passed over`,
  );
}

/** What options say of a loss that the training lacks, for its message. */
export function lossAmong(given: object): string {
  const found = Object.entries(given).find(([name]) => Object.hasOwn(OF_LOSS, camelCase(name)) && !camelCase(name).startsWith("num"));
  return found === undefined ? "" : `; the options have ${found[0]}: ${shown(found[1])}, which belongs there, as loss`;
}

function agrees(name: string, value: unknown, loss: LossName): boolean {
  if (name === "numClass" || name === "numClasses")
    return loss.loss === "softmax" ? value === loss.classes : value === 1 || (value === 2 && loss.loss === "logistic");
  if (typeof value !== "string") return false;
  if (name !== "criterion") return lossWord(value) === loss.loss;
  return loss.loss === "squared"
    ? lossWord(value) === "squared"
    : value === "gini" && (loss.loss === "logistic" || loss.loss === "softmax");
}
