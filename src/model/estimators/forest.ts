import type { Training } from "../../core/estimator.ts";
import { fitForest, loadEnsemble, predict, saveEnsemble, type TreeEnsemble } from "../../engine/trees/index.ts";
import { type FittedModel, type ModelFamily, savedFields } from "./family.ts";
import { type ParamValues, readParams } from "./params.ts";
import { preparationForTrees } from "./preparation.ts";
import { treeTraining } from "./trees.ts";
import { treesToOnnx } from "./trees-onnx.ts";

const NAME = "forest";

const RULES = {
  trees: { type: "integer", value: 300, low: 1, high: 10_000 },
  /** null: the square root of the rows / 15 for classes (1 to 20), / 40 for values (1 to 5): probabilities need more rows than means. */
  minRowsPerLeaf: { type: "integer", value: null, low: 1, high: 1e6, auto: true },
  /** Splits from the root to a leaf; 0 = no limit. */
  depth: { type: "integer", value: 0, low: 0, high: 64 },
  /** Share of the features that each split may use; null: the square root of their number for classes, a third for values. */
  columnShare: { type: "real", value: null, low: 1e-4, high: 1, auto: true },
  /** Extremely randomised trees (Geurts 2006): random thresholds, no bootstrap. */
  extraTrees: { type: "flag", value: false },
} as const;

type Options = ParamValues<typeof RULES>;

/** Random forest (Breiman 2001) or extra-trees. Uses all rows: it does not stop early. */
export const forest: ModelFamily = {
  name: NAME,
  complexity: 4,
  extrapolates: false,
  tasks: ["binary", "multiclass", "regression"],
  fixed: () => ({}),
  create: (given) => {
    const params = readParams(NAME, RULES, given);
    return {
      name: NAME,
      complexity: 4,
      params,
      prepare: preparationForTrees,
      fit: (training, seed) => forestModel(fitForest(treeTraining(training, null), engineOptions(training, params), seed)),
    };
  },
  load: (saved) => forestModel(loadEnsemble(savedFields(saved, NAME).ensemble ?? null)),
};

function engineOptions({ task, matrix }: Training, options: Options) {
  const features = Math.max(1, matrix.features.length);
  const share = task.kind === "regression" ? 1 / 3 : Math.sqrt(features) / features;
  return {
    numTrees: options.trees,
    minDataInLeaf: options.minRowsPerLeaf ?? leafRows(task.kind === "regression", matrix.rows),
    maxDepth: options.depth,
    featureFractionByNode: options.columnShare ?? Math.min(1, Math.max(share, 1 / features)),
    extraTrees: options.extraTrees,
    bootstrap: !options.extraTrees,
    // A fold may hold one class of a rare one.
    allowConstLabel: true,
  };
}

function leafRows(isRegression: boolean, rows: number): number {
  const wanted = Math.round(Math.sqrt(rows) / (isRegression ? 40 : 15));
  return Math.min(isRegression ? 5 : 20, Math.max(1, wanted));
}

function forestModel(ensemble: TreeEnsemble): FittedModel {
  return {
    notes: {},
    predict: (matrix) => predict(ensemble, matrix),
    toOnnx: (graph, features) => treesToOnnx(graph, ensemble, features),
    save: () => ({ family: NAME, ensemble: saveEnsemble(ensemble) }),
  };
}
