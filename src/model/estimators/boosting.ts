import type { Training } from "../../core/estimator.ts";
import { fitBoosting, loadEnsemble, predict, saveEnsemble, type TreeEnsemble } from "../../engine/trees/index.ts";
import { type FittedModel, type ModelFamily, savedFields } from "./family.ts";
import { type ParamValues, readParams } from "./params.ts";
import { preparationForTrees } from "./preparation.ts";
import { learningRows, limitsFor, treeTraining } from "./trees.ts";
import { treesToOnnx } from "./trees-onnx.ts";

const NAME = "boosting";

/** Starting values: tuned defaults of pytabkit for LightGBM (Holzmueller et al. 2024), with fewer leaves for data of some thousand rows. */
const RULES = {
  /** Most rounds. With validation rows the best round is kept; without them all are trained. */
  rounds: { type: "integer", value: 1000, low: 0, high: 100_000 },
  learningRate: { type: "real", value: 0.05, low: 1e-4, high: 1 },
  leaves: { type: "integer", value: 31, low: 2, high: 4096 },
  /** Splits from the root to a leaf; 0 = no limit. */
  depth: { type: "integer", value: 0, low: 0, high: 64 },
  /** null: 2 to 20 rows, by the size of the data. */
  minRowsPerLeaf: { type: "integer", value: null, low: 1, high: 1e6, auto: true },
  l2: { type: "real", value: 1, low: 0, high: 1e6 },
  /** Share of the rows in each round. */
  rowShare: { type: "real", value: 0.75, low: 0.05, high: 1 },
  /** Share of the features in each tree. */
  columnShare: { type: "real", value: 0.9, low: 0.01, high: 1 },
  /** Rounds without a better validation loss before it stops. */
  patience: { type: "integer", value: 50, low: 1, high: 10_000 },
  /** Train again on all rows for the rounds that stopping early found; null: up to 5,000 rows, where held back rows are missed most. */
  refit: { type: "flag", value: null, auto: true },
  /** Random thresholds: less variance, more bias. */
  randomThresholds: { type: "flag", value: false },
} as const;

type Options = ParamValues<typeof RULES>;

const REFIT_UP_TO_ROWS = 5000;

/** Gradient-boosted trees. Stops early on the validation rows of the training. */
export const boosting: ModelFamily = {
  name: NAME,
  complexity: 3,
  extrapolates: true,
  tasks: ["binary", "multiclass", "regression"],
  fixed: ({ rounds = [] }) =>
    rounds.length === 0 ? {} : { rounds: Math.round(rounds.reduce((sum, one) => sum + one, 0) / rounds.length) },
  create: (given) => {
    const params = readParams(NAME, RULES, given);
    return {
      name: NAME,
      complexity: 3,
      params,
      prepare: preparationForTrees,
      fit: (training, seed) => boostingModel(fitStopped(training, params, seed)),
    };
  },
  load: (saved) => boostingModel(loadEnsemble(savedFields(saved, NAME).ensemble ?? null)),
};

function fitStopped(training: Training, options: Options, seed: number): TreeEnsemble {
  const { matrix } = training;
  const validation = judgingRows(training);
  const first = fitBoosting(treeTraining(training, validation), engineOptions(training, options, validation !== null), seed);
  const refit = options.refit ?? matrix.rows <= REFIT_UP_TO_ROWS;
  if (validation === null || !refit) return first;
  return fitBoosting(treeTraining(training, null), { ...engineOptions(training, options, false), numIterations: roundsOf(first) }, seed);
}

/** Validation rows that count. Null: none, so there is no stopping early. */
function judgingRows({ validation, weight }: Training): Int32Array | null {
  const counting = validation?.filter((row) => weight === null || (weight[row] ?? 0) > 0) ?? null;
  return counting?.length === 0 ? null : counting;
}

function engineOptions(training: Training, options: Options, rowsHeldBack: boolean) {
  const limits = limitsFor(training.task, learningRows(training, rowsHeldBack));
  return {
    numIterations: options.rounds,
    learningRate: options.learningRate,
    numLeaves: options.leaves,
    maxDepth: options.depth,
    minDataInLeaf: options.minRowsPerLeaf ?? limits.minRowsPerLeaf,
    minDataPerGroup: limits.minRowsPerGroup,
    lambdaL2: options.l2,
    baggingFraction: options.rowShare,
    featureFraction: options.columnShare,
    earlyStoppingRounds: rowsHeldBack ? options.patience : 0,
    extraTrees: options.randomThresholds,
    // A fold may hold one class of a rare one.
    allowConstLabel: true,
  };
}

/** Rounds of boosting in an ensemble: one tree per output each. */
function roundsOf(ensemble: TreeEnsemble): number {
  return ensemble.treeOutput.length / ensemble.outputs;
}

function boostingModel(ensemble: TreeEnsemble): FittedModel {
  return {
    notes: { rounds: roundsOf(ensemble) },
    predict: (matrix) => predict(ensemble, matrix),
    toOnnx: (graph, features) => treesToOnnx(graph, ensemble, features),
    save: () => ({ family: NAME, ensemble: saveEnsemble(ensemble) }),
  };
}
