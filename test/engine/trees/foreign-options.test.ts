import { expect, test } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { withClassWeights } from "../../../src/engine/trees/class-weight.ts";
import {
  type BoostingGiven,
  type ForestGiven,
  fitBoosting,
  fitForest,
  fitTree,
  type LossGiven,
  predict,
  readLightGbm,
  type TreeTraining,
  writeLightGbm,
} from "../../../src/engine/trees/index.ts";
import { completeTraining, trainingRows } from "../../../src/engine/trees/training.ts";
import { randomData, trainingOf } from "./data.ts";

const { matrix, score } = randomData(1, { rows: 60, numeric: 2, levels: [3], missing: 0 });
const training = trainingOf(matrix, score, { loss: "squared" });
const few = { numIterations: 2 };
const classes = { ...training, target: training.target.map((y) => (y > 0 ? 1 : 0)), loss: "logistic" } as const;

test("options that say what is so anyway are passed over", () => {
  const said = {
    verbose: -1,
    verbosity: 0,
    tree_method: "hist",
    boosting_type: "gbdt",
    booster: "gbtree",
    n_jobs: 1,
    device_type: "cpu",
    deterministic: true,
    force_row_wise: true,
    forceColWise: false,
    zero_as_missing: false,
    random_state: null,
    max_features: null,
    categorical_feature: "auto",
    tree_learner: "serial",
    num_machines: 1,
    missing: Number.NaN,
    linear_tree: false,
    objective: "reg:squarederror",
    num_class: 1,
  } as const satisfies BoostingGiven;
  expect(fitBoosting(training, { ...few, ...said })).toEqual(fitBoosting(training, few));
  const forest = { boosting_type: "rf", criterion: "gini", warm_start: false, oobScore: false } as const satisfies ForestGiven;
  expect(fitForest(classes, { numTrees: 2, ...forest })).toEqual(fitForest(classes, { numTrees: 2 }));
});

test("a list of one metric is that metric", () => {
  const judged = { ...classes, validation: [...training.target.keys()].filter((row) => row % 3 === 0) };
  expect(fitBoosting(judged, { ...few, metric: ["auc"] })).toEqual(fitBoosting(judged, { ...few, metric: "auc" }));
});

test("max_features: a number of columns", () => {
  const asked = { numTrees: 3, numLeaves: 6 };
  // Of three columns, two.
  expect(fitForest(training, { ...asked, max_features: 2 })).toEqual(fitForest(training, { ...asked, featureFractionByNode: 2 / 3 }));
  expect(fitForest(training, { ...asked, max_features: 3 })).toEqual(fitForest(training, { ...asked, featureFractionByNode: 1 }));
  expect(fitTree(training, { max_features: 2 })).toEqual(fitTree(training, { featureFractionByNode: 2 / 3 }));
  const all = fitBoosting(training, few);
  expect(fitBoosting(training, { ...few, max_features: 2 }).feature).not.toEqual(all.feature);
  expect(fitBoosting(training, { ...few, max_features: 100 })).toEqual(all);
});

/** compute_class_weight("balanced") of scikit-learn 1.9.1 for eight rows of classes 0, 0, 0, 0, 0, 1, 1, 0 and ten of 0 to 2. */
test.each([
  ["logistic", [0, 0, 0, 0, 0, 1, 1, 0], [0.66666667, 2]],
  ["softmax", [0, 0, 0, 0, 0, 1, 1, 2, 2, 2], [0.66666667, 1.66666667, 1.11111111]],
] as const)("class_weight balanced gives the rows of %s loss scikit-learn's weights", (loss, target, weights) => {
  const values = Float64Array.from(target, (_, row) => (row * 7) % 10);
  const own = Float64Array.from(target, (_, row) => 1 + (row % 2));
  const asked = { matrix: { rows: target.length, features: [{ name: "x", kind: "numeric" as const, values }] }, target, weight: own, loss };
  const told = completeTraining(asked);
  const { training: weighed, rows } = withClassWeights(told, trainingRows(told), "balanced");
  for (const [row, y] of target.entries()) expect(weighed.weight![row]).toBeCloseTo(own[row]! * weights[y]!, 7);
  expect(rows.train.weight).toBe(weighed.weight);
  const small = { minDataInLeaf: 1, minDataInBin: 1 };
  const byRow = { ...asked, weight: weighed.weight };
  expect(fitBoosting(asked, { ...few, ...small, class_weight: "balanced" })).toEqual(fitBoosting(byRow, { ...few, ...small }));
  expect(fitForest(asked, { numTrees: 3, class_weight: "balanced" })).toEqual(fitForest(byRow, { numTrees: 3 }));
});

test("class_weight weighs the classes that it names, and only those there are", () => {
  const target = [0, 0, 1, 1, 2, 2, 2, 0];
  const values = Float64Array.from(target, (_, row) => (row * 7) % 10);
  const asked = { matrix: { rows: 8, features: [{ name: "x", kind: "numeric" as const, values }] }, target, loss: "softmax" as const };
  const byRow = { ...asked, weight: target.map((y) => [1, 5, 2][y]!) };
  const small = { numIterations: 3, minDataInLeaf: 1, minDataInBin: 1 };
  for (const class_weight of [{ 1: 5, 2: 2 }, [1, 5, 2]]) {
    expect(fitBoosting(asked, { ...small, class_weight })).toEqual(fitBoosting(byRow, small));
    expect(fitForest(asked, { numTrees: 3, class_weight })).toEqual(fitForest(byRow, { numTrees: 3 }));
  }
  expect(() => fitBoosting(asked, { class_weight: { 3: 2 } })).toThrow("a weight for class 3, the training has the classes 0, 1, 2");
  expect(() => fitBoosting(asked, { class_weight: [1, 5] })).toThrow("classWeight has 2 entries for 3 classes (0, 1, 2)");
});

test("class_weight has no meaning for numbers, and not twice", () => {
  expect(() => fitBoosting(training, { classWeight: "balanced" })).toThrow(
    "classWeight is for logistic and softmax loss, got squared loss",
  );
  const twice = { ...classes, loss: { loss: "logistic", positiveWeight: 2 } } as const;
  expect(() => fitBoosting(twice, { classWeight: "balanced" })).toThrow("give either classWeight or the loss's positiveWeight");
  expect(fitBoosting(classes, { ...few, classWeight: null })).toEqual(fitBoosting(classes, few));
});

const ASKS: readonly [object, string][] = [
  [{ verbose: 1 }, 'no option "verbose": the engine prints nothing; onRound is called after each round. Only -1 or 0 or false'],
  [{ tree_method: "exact" }, "all trees are grown on histograms"],
  [{ device_type: "gpu" }, "the engine runs on the processor"],
  [{ boosting: "dart" }, "dart is not built"],
  [{ objective: "binary" }, 'option "objective" is "binary", but the training\'s loss is "squared"'],
  [{ objective: "no such" }, 'option "objective" is "no such", but'],
  [{ num_class: 3 }, "the training's loss says its classes"],
  [{ quantile_alpha: 0.9 }, '{ loss: "quantile", alpha: 0.9 }'],
  [new Map([["num_leaves", 3]]), "must be a plain object, got a Map; Object.fromEntries"],
  [{ weight: [1] }, "it is a field of the training, the first argument"],
  [{ validation: [1] }, "it is a field of the training, the first argument"],
  [{ metric: ["rmse", "mae"] }, "must be the name of one metric"],
  [{ bagging_freq: 5 }, "bagging_freq asks for bagging, but no fraction says of how many rows: give baggingFraction below 1"],
  [{ sampling: "bagging" }, "sampling asks for bagging, but no fraction"],
];

test.each(ASKS)("%j asks for something else", (given, message) => {
  expect(() => fitBoosting(training, given as never)).toThrow(message);
});

test("a fraction that is given as 1 may stand beside a frequency, as in a search", () => {
  expect(fitBoosting(training, { ...few, bagging_freq: 5, bagging_fraction: 1 })).toEqual(fitBoosting(training, few));
});

const NAMES: readonly [LossGiven, LossGiven][] = [
  ["rmse", "squared"],
  ["mean_squared_error", "squared"],
  ["mean-absolute-error" as never, "absolute"],
  [
    { loss: "quantile", quantile_alpha: 0.3 },
    { loss: "quantile", alpha: 0.3 },
  ],
  [
    { loss: "reg:quantileerror", quantileAlpha: [0.1, 0.9] },
    { loss: "quantiles", alphas: [0.1, 0.9] },
  ],
  [{ loss: "huber", delta: null }, "huber"],
];

test.each(NAMES)("loss %j is %j", (foreign, own) => {
  expect(fitBoosting({ ...training, loss: foreign }, few)).toEqual(fitBoosting({ ...training, loss: own }, few));
});

test("losses of classes, counts and order under other names", () => {
  const target = Float64Array.from({ length: 60 }, (_, row) => row % 3);
  const query = Int32Array.from(target, (_, row) => Math.floor(row / 10));
  const one = (loss: LossGiven) => fitBoosting({ ...training, target, query, loss }, few);
  expect(one("multi:softmax")).toEqual(one({ loss: "softmax", classes: 3 }));
  expect(one({ loss: "multiclass", num_class: 3 })).toEqual(one("softmax"));
  expect(one({ loss: "tweedie", tweedie_variance_power: 1.3 })).toEqual(one({ loss: "tweedie", power: 1.3 }));
  expect(one({ loss: "poisson", poisson_max_delta_step: 0.7 })).toEqual(one("poisson"));
  const ranked = { loss: "rank:ndcg", label_gain: [0, 1, 5], lambdarank_truncation_level: 4, lambdarank_norm: false } as const;
  expect(one(ranked)).toEqual(one({ loss: "lambdarank", gains: [0, 1, 5], truncation: 4, norm: false }));
  expect(fitBoosting({ ...classes, loss: { loss: "binary:logistic", scale_pos_weight: 2 } }, few)).toEqual(
    fitBoosting({ ...classes, loss: { loss: "logistic", positiveWeight: 2 } }, few),
  );
});

const REFUSED: readonly [object, string][] = [
  [{ loss: "huber", alpha: 0.9 }, "LightGBM means the delta by it, scikit-learn a quantile of the residuals: give delta"],
  [{ loss: "huber", huber_slope: 1 }, "pseudo-Huber loss, which is not built"],
  [{ loss: "poisson", poisson_max_delta_step: 0.1 }, "the hessian is exp(score + 0.7), LightGBM's default. Only 0.7 is passed over"],
  [{ loss: "quantile", alpha: 0.3, quantile_alpha: 0.4 }, "two values of alpha, 0.3 and"],
  [{ loss: "quantiles" }, "quantiles loss needs alphas, a list, got undefined"],
  [{ loss: "binary:logitraw" }, "with raw scores, which predictRaw gives"],
  [{ loss: "quantile", alpah: 0.3 }, 'quantile loss has no "alpah"; did you mean "alpha"?'],
];

test.each(REFUSED)("loss %j is refused", (loss, message) => {
  expect(() => fitBoosting({ ...training, loss: loss as never }, few)).toThrow(message);
});

test("options among the fields of a training, and losses that are none", () => {
  const fitting = (field: object) => () => fitBoosting({ ...training, ...field } as never, few);
  expect(fitting({ num_leaves: 3 })).toThrow('a training has no "num_leaves": it is an option, for the second argument');
  expect(fitting({ loss: () => 1 })).toThrow('a loss of your own is { loss: "custom", gradient');
  expect(fitting({ loss: "ordinal" })).toThrow('loss "ordinal" is unknown; known are logistic, xentropy, softmax');
  expect(fitting({ loss: "log_loss", target: training.target.map(() => 2) })).toThrow("got 2 in row 0; softmax is for more classes");
});

test("a query on both sides", () => {
  const query = Int32Array.from({ length: 60 }, (_, row) => Math.floor(row / 10));
  const target = Float64Array.from(query, (_, row) => row % 3);
  const ranked: TreeTraining = { ...training, target, query, loss: "lambdarank" };
  expect(() => fitBoosting({ ...ranked, validation: [4, 5] }, few)).toThrow("query 0 is split: row 9 is learned from and row 4 judges");
  const pointwise: TreeTraining = { ...ranked, loss: "squared", validation: [4, 5] };
  expect(() => fitBoosting(pointwise, { ...few, metric: "ndcg@5" })).toThrow("query 0 is split");
  expect(() => fitBoosting(pointwise, { ...few, metric: "rmse" })).not.toThrow();
  const whole = Int32Array.from({ length: 10 }, (_, row) => row);
  expect(fitBoosting({ ...ranked, validation: whole }, few).treeOutput.length).toBeLessThanOrEqual(2);
  expect(() => fitBoosting({ ...ranked, validation: [4, 5], rows: [20, 21, 30] }, few)).not.toThrow();
});

test("names that LightGBM's files change are told", () => {
  const named: Matrix = {
    rows: 60,
    features: matrix.features.map((feature, i) => (i === 0 ? { ...feature, name: "home dest" } : feature)),
  };
  const { ensemble } = readLightGbm(writeLightGbm(fitBoosting({ ...training, matrix: named }, few)));
  expect(() => predict(ensemble, named)).toThrow('has no feature "home_dest", but "home dest", which LightGBM\'s files call "home_dest"');
  expect(() => predict(ensemble, { rows: 60, features: [{ ...matrix.features[0]!, name: "home_des" }] })).toThrow(
    'did you mean "home_des"?',
  );
});
