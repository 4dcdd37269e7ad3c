import { expect, test } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import {
  compileScorer,
  createTreeDataset,
  dumpTree,
  fitBoosting,
  fitForest,
  fitTree,
  loadEnsemble,
  openTreeDataset,
  permutationImportance,
  predict,
  saveEnsemble,
  shapValues,
  type TreeTraining,
  writeLightGbm,
} from "../../../src/engine/trees/index.ts";
import { randomData, trainingOf } from "./data.ts";

const { matrix, score } = randomData(1, { rows: 60, numeric: 2, levels: [3], missing: 0 });
const training = trainingOf(matrix, score, { loss: "squared" });
const few = { numIterations: 2 };

test("two features of one name", () => {
  const twice = { rows: 60, features: [...matrix.features, matrix.features[0]!] };
  expect(() => fitBoosting({ ...training, matrix: twice }, few, 1)).toThrow('two features are named "x0"');
});

test("options of binning for what is binned already, and others for binning", () => {
  const dataset = createTreeDataset(matrix, { max_bin: 20, n_jobs: 1 });
  const late = { ...training, matrix: dataset };
  expect(() => fitBoosting(late, { ...few, maxBin: 20 }, 1)).toThrow('boosting option "maxBin" belongs to createTreeDataset');
  expect(() => fitForest(late, { numTrees: 2, minDataInBin: 1 }, 1)).toThrow('forest option "minDataInBin" belongs to createTreeDataset');
  expect(() => createTreeDataset(matrix, { learning_rate: 0.3 } as object)).toThrow('a dataset has no option "learning_rate"');
  expect(() => openTreeDataset(JSON.parse(JSON.stringify(dataset.share())))).toThrow("takes what share() of a dataset gives");
  expect(openTreeDataset(dataset.share()).rows).toBe(60);
  dataset.close();
});

test("plain arrays, and what is left out", () => {
  const plain = { rows: 60, features: [{ name: "x0", kind: "numeric", values: [1, 2] }] } as unknown as Matrix;
  expect(() => fitBoosting({ ...training, matrix: plain }, few, 1)).toThrow(
    'feature "x0" is numeric, so its values must be a Float64Array',
  );
  expect(() => fitBoosting({ ...training, target: null } as unknown as TreeTraining, few, 1)).toThrow(
    "a training needs a target: a Float64Array or a list",
  );
  const { weight: _weight, validation: _validation, ...least } = training;
  expect(fitBoosting(least as TreeTraining, few, 1)).toEqual(fitBoosting(training, few, 1));
});

test("a custom loss that gives nothing", () => {
  const loss = (gradient: unknown) => ({ loss: "custom", gradient, base: [0], link: "identity" }) as never;
  expect(() => fitBoosting({ ...training, loss: loss(() => undefined) }, few, 1)).toThrow("two lists of numbers, got undefined");
  expect(() => fitBoosting({ ...training, loss: loss(() => ({ gradient: new Float64Array(60) })) }, few, 1)).toThrow(
    "two lists of numbers, got { gradient }",
  );
});

test("options of predict that do not exist, and none at all for training", () => {
  const trees = fitBoosting(training);
  expect(() => predict(trees, matrix, { thread: 2 } as object)).toThrow('predict has no option "thread"; did you mean "threads"?');
  expect(() => predict(trees, matrix, { threads: -2 })).toThrow("threads");
  expect(predict(trees, matrix, { numThreads: 0 })).toEqual(predict(trees, matrix));
});

test("columns of another length, when predicting", () => {
  const short = { rows: 61, features: matrix.features };
  expect(() => predict(fitBoosting(training, few, 1), short)).toThrow('feature "x0" has 60 rows, the matrix 61');
});

test("fields that do not exist, of a training, a loss and of all that takes options", () => {
  const trees = fitBoosting(training, few, 1);
  const { weight, ...unweighted } = training;
  expect(() => fitBoosting({ ...unweighted, wieght: weight } as unknown as TreeTraining)).toThrow(
    'a training has no "wieght"; did you mean "weight"?',
  );
  const huber = { loss: "huber", delta: null, dleta: 2 } as unknown as TreeTraining["loss"];
  expect(() => fitBoosting({ ...training, loss: huber })).toThrow('huber loss has no "dleta"; did you mean "delta"?');
  expect(() => shapValues(trees, matrix, { backgroud: matrix } as object)).toThrow('did you mean "background"?');
  expect(() => permutationImportance(trees, matrix, () => 0, { repeat: 5 } as object)).toThrow('did you mean "repeats"?');
  expect(() => permutationImportance(trees, matrix, () => 0, { better: "greater" } as object)).toThrow('"higher", "lower"');
  expect(() => compileScorer(trees, { row: true } as object)).toThrow('did you mean "raw"?');
  expect(() => writeLightGbm(trees, { levels: [] } as object)).toThrow('writeLightGbm has no "levels"');
  expect(() => dumpTree(trees, 0, { titel: String } as object)).toThrow('did you mean "title"?');
});

test("columns and rows that are none, and options without a part in a forest of several classes", () => {
  expect(() => fitBoosting({ ...training, columns: "x0" as unknown as string[] }, few, 1)).toThrow("columns must be a list of names");
  expect(() => fitBoosting({ ...training, rows: [1, 2, 3.5] as unknown as Int32Array }, few, 1)).toThrow(
    "rows must be whole numbers of 32 bits, got 3.5 at place 2",
  );
  expect(() => fitBoosting({ ...training, matrix: { ...matrix, featuers: [] } as Matrix }, few, 1)).toThrow('a matrix has no "featuers"');
  const classes = trainingOf(matrix, score, { loss: "softmax", classes: 3 });
  expect(() => fitForest(classes, { numTrees: 2, lambdaL2: 5 }, 1)).toThrow('"lambdaL2" has no part in a forest of several classes');
  expect(() => fitForest(classes, { numTrees: 2, catSmooth: 5 }, 1)).toThrow('"catSmooth" has no part in a forest of several classes');
});

test("targets whose squares leave the doubles", () => {
  const target = training.target.with(7, 1e200);
  expect(() => fitBoosting({ ...training, target }, few, 1)).toThrow("target of row 7 is 1e+200; it must lie within 1e+150 of 0");
});

test("a saved model of other types than were saved", () => {
  const saved = saveEnsemble(fitBoosting(training, few, 1)) as { [key: string]: never[] };
  const broken: [string, unknown, string][] = [
    ["leafValues", ["1"], '"leafValues" at 0 must be a number, got "1"'],
    ["left", [1.5], '"left" at 0 must be a whole number'],
    ["missingLeft", [2], '"missingLeft" at 0 must be a whole number from 0 to 1, got 2'],
    ["features", [null], "feature 0 must be an object"],
    [
      "features",
      [{ name: "a", kind: "numeric", levels: "a" }],
      'the levels of feature 0 must be a whole number from 0 to 2147483647, got "a"',
    ],
    ["features", [{ name: "a", kind: "text", levels: 0 }], "feature 0 must be numeric or categorical"],
    ["outputs", "1", '"outputs" must be a whole number'],
  ];
  for (const [name, value, message] of broken) expect(() => loadEnsemble({ ...saved, [name]: value } as never)).toThrow(message);
});

test("a dataset that was closed, which may be closed twice", () => {
  const [closed, open] = [createTreeDataset(matrix, {}), createTreeDataset(matrix, {})];
  closed.close();
  closed.close();
  expect(() => fitBoosting({ ...training, matrix: closed }, few, 1)).toThrow("this dataset is closed");
  expect(() => closed.share()).toThrow("this dataset is closed");
  expect(fitBoosting({ ...training, matrix: open }, few, 1)).toEqual(fitBoosting(training, few, 1));
  open.close();
});

test("a custom loss of wrong shape, and no loss", () => {
  const fitting = (loss: unknown) => () => fitBoosting({ ...training, loss } as TreeTraining, few, 1);
  const gradient = (scores: Float64Array) => ({ gradient: scores, hessian: scores.map(() => 1) });
  expect(fitting({ loss: "custom", gradient, link: "sigmoid" })).toThrow("needs a link of identity, logistic, softmax");
  expect(fitting({ loss: "custom", gradient, base: 1 })).toThrow("needs a list with a finite base per output, got 1");
  expect(fitting({ loss: "custom" })).toThrow("needs a function `gradient`");
  for (const none of [undefined, null, { name: "squared" }])
    expect(fitting(none)).toThrow('a training needs a loss: a word, as in loss: "logistic"');
});

test("losses under other libraries' names, and as a word", () => {
  const one = (loss: TreeTraining["loss"]) => predict(fitBoosting({ ...training, loss }, few, 1), matrix);
  expect(one("regression_l2")).toEqual(one({ loss: "squared" }));
  expect(one({ loss: "reg:squarederror" })).toEqual(one("squared"));
  expect(one({ loss: "pinball", alpha: 0.3 })).toEqual(one({ loss: "quantile", alpha: 0.3 }));
  const fitting = (loss: string) => () => one({ loss } as never);
  expect(fitting("sqared")).toThrow('loss "sqared" is unknown; did you mean { loss: "squared" }?');
  expect(fitting("rank:pairwise")).toThrow(
    'loss "rank:pairwise" is not built: lambdarank learns an order; known are logistic, xentropy, softmax',
  );
});

test("classes and power that are left out", () => {
  const target = Float64Array.from({ length: 60 }, (_, row) => row % 3);
  const one = (loss: TreeTraining["loss"]) => predict(fitBoosting({ ...training, target, loss }, few, 1), matrix);
  expect(one("multiclass")).toEqual(one({ loss: "softmax", classes: 3 }));
  expect(one("tweedie")).toEqual(one({ loss: "tweedie", power: 1.5 }));
});

test("lists of numbers are read as typed arrays; others are refused with their place", () => {
  const lists = { ...training, target: [...training.target], weight: [...training.target].map(() => 2), rows: [...Array(50).keys()] };
  const typed = { ...training, weight: new Float64Array(60).fill(2), rows: Int32Array.from({ length: 50 }, (_, row) => row) };
  expect(fitBoosting(lists, few)).toEqual(fitBoosting(typed, few));
  const fitting = (field: object) => () => fitBoosting({ ...training, ...field }, few);
  expect(fitting({ target: [1, "2"] })).toThrow('target must be a list of numbers, got "2" at place 1');
  expect(fitting({ target: [1, null] })).toThrow("target must be a list of numbers, got null at place 1");
  expect(fitting({ target: "yes" })).toThrow('target must be a list of numbers, got "yes"');
  expect(fitting({ weight: new BigInt64Array(60) })).toThrow("got a BigInt64Array");
  expect(fitting({ rows: [0, 1.5] })).toThrow("rows must be whole numbers of 32 bits, got 1.5 at place 1");
});

test("what is no ensemble, no row, no matrix of the trees", () => {
  const trees = fitBoosting(training, few);
  const json = JSON.parse(JSON.stringify(trees));
  for (const use of [predict, shapValues])
    expect(() => use(json, matrix)).toThrow("got its JSON: saveEnsemble writes it, loadEnsemble reads it");
  for (const use of [saveEnsemble, compileScorer, writeLightGbm]) expect(() => use(json)).toThrow("takes the ensemble first");
  expect(() => loadEnsemble(JSON.stringify(saveEnsemble(trees)))).toThrow("got a text: JSON.parse reads it");
  const score = compileScorer(trees);
  for (const row of [Float64Array.of(1), [1, 2, 3], undefined])
    expect(() => score(row as Float64Array)).toThrow("a row is a Float64Array with a value for each of the 3 features");
  const texts = { rows: 1, features: matrix.features.map((feature) => ({ ...feature, values: ["a"], codes: ["a"] })) } as unknown as Matrix;
  expect(() => predict(trees, texts)).toThrow("must be a Float64Array");
  const dataset = createTreeDataset(matrix);
  expect(() => predict(trees, dataset as unknown as Matrix)).toThrow("a dataset is binned for training");
  dataset.close();
});

test("fields of other libraries, rows that are named twice, and classes without rows", () => {
  expect(() => fitBoosting({ ...training, sample_weight: [1] } as never)).toThrow(
    'a training has no "sample_weight": a weight per row is `weight`',
  );
  expect(() => fitBoosting(undefined as never)).toThrow("a training is an object with matrix, target and loss");
  expect(() => fitBoosting({ ...training, rows: [1, 0, 1] }, few)).toThrow("rows name row 1 twice; they are numbers of rows, not a mask");
  expect(() => fitBoosting({ ...training, validation: [1, 0, 1] }, few)).toThrow("validation names row 1 twice");
  const target = Array.from({ length: 60 }, (_, row) => 1 + (row % 3));
  expect(() => fitBoosting({ ...training, target, loss: "softmax" }, few)).toThrow("the largest is 3, but class 0 has no row");
});

test("seeds of the call that are none, and threads beyond reason", () => {
  for (const seed of [-1, 1.5, Number.NaN, 2 ** 60, "1" as unknown as number]) {
    const got = typeof seed === "string" ? '"1"' : seed;
    expect(() => fitBoosting(training, few, seed)).toThrow(`the seed of a training must be a whole number, at least 0, got ${got}`);
    expect(() => fitForest(training, { numTrees: 2 }, seed)).toThrow("the seed of a training");
    expect(() => createTreeDataset(matrix, {}, null, seed)).toThrow("the seed of a training");
  }
  expect(() => fitBoosting(training, { ...few, n_jobs: 1000 })).toThrow('"n_jobs" must be at least 0 and at most 256, got 1000');
});

test("bagging that is switched off and on at once, under the names that were given", () => {
  expect(fitBoosting(training, { ...few, bagging_freq: 0 })).toEqual(fitBoosting(training, few));
  expect(() => fitBoosting(training, { ...few, bagging_freq: 0, subsample: 0.5 })).toThrow(
    "bagging_freq is 0, which leaves bagging off, but subsample is 0.5",
  );
});

test("names of other libraries whose nearest name would mislead", () => {
  const fitting = (options: object) => () => fitBoosting(training, { ...few, ...options }, 1);
  expect(fitting({ sample_weight: [1] })).toThrow("the training gives a weight per row");
  expect(fitting({ drop_rate: 0.1 })).toThrow("dart is not built");
  expect(fitting({ bagging_seed: 3 })).toThrow("seed is that of all draws");
});

test("a single tree: options of many trees by the user's spelling, columns of a node by any name", () => {
  expect(() => fitTree(training, { n_estimators: 5 } as object, 1)).toThrow('a single tree has no option "n_estimators"');
  expect(() => fitTree(training, { bootstrap: true }, 1)).toThrow('a single tree has no option "bootstrap"');
  expect(fitTree(training, { max_features: 0.5 } as object, 1)).toEqual(fitTree(training, { featureFractionByNode: 0.5 }, 1));
  createTreeDataset(matrix).close();
});

test("what is no matrix, no options, no code of a level", () => {
  const rows = [[1, 2]] as unknown as Matrix;
  expect(() => fitBoosting({ ...training, matrix: rows }, few, 1)).toThrow("a matrix is an object with columns");
  expect(() => createTreeDataset(rows)).toThrow("a matrix is an object with columns");
  expect(() => createTreeDataset(null as never)).toThrow("a matrix is an object, as in");
  expect(() => fitBoosting(training, null as never, 1)).toThrow("boosting options must be an object, got null");
  const column = (feature: object) => ({ rows: 60, features: [feature] }) as unknown as Matrix;
  const values = new Float64Array(60);
  expect(() => fitBoosting({ ...training, matrix: column({ name: "a", kind: "number", values }) }, few, 1)).toThrow(
    'feature "a" is of kind "number"; it must be "numeric"',
  );
  const codes = new Int32Array(60).fill(1, 7, 8);
  const beyond = column({ name: "b", kind: "categorical", codes, levels: 1 });
  expect(() => fitBoosting({ ...training, matrix: beyond }, few, 1)).toThrow(
    'feature "b" has code 1 in row 7; codes go from 0 to 0, -1 is missing',
  );
  const trees = fitBoosting(training, few, 1);
  expect(() => predict(matrix as never, trees as never)).toThrow("predict takes the ensemble first");
  expect(() => predict(trees, rows)).toThrow("a matrix is an object with columns");
});

test("huber loss finds its delta when none is given", () => {
  const found = (loss: TreeTraining["loss"]) => predict(fitBoosting({ ...training, loss }, few, 1), matrix);
  expect(found({ loss: "huber" })).toEqual(found({ loss: "huber", delta: null }));
});

test("rows of a dataset are checked as those of a training", () => {
  const binning = (rows: unknown) => () => createTreeDataset(matrix, {}, rows as never).close();
  expect(binning({})).toThrow("rows must be a list of numbers, got {}");
  expect(binning(5)).toThrow("rows must be a list of numbers, got 5");
  expect(binning("abc")).toThrow('rows must be a list of numbers, got "abc"');
  expect(binning([0.5])).toThrow("rows must be whole numbers of 32 bits, got 0.5 at place 0");
  expect(binning(Int32Array.of(0, 500))).toThrow("row 500 is not in the matrix of 60 rows");
  expect(binning(Int32Array.of(-1, 3))).toThrow("row -1 is not in the matrix");
  expect(binning(Int32Array.of(1, 1))).toThrow("rows name row 1 twice");
  expect(binning([])).toThrow("no row to learn bins on");
  const [list, typed] = [[7, 3, 20], Int32Array.of(3, 7, 20)].map((rows) => createTreeDataset(matrix, { minDataInBin: 1 }, rows));
  expect(list!.columns).toEqual(typed!.columns);
  for (const dataset of [list!, typed!]) dataset.close();
});

class Weights {
  0 = 1;
  1 = 2;
}

test("what keeps its fields where they would not be read", () => {
  const target = training.target.map((y) => (y > 0 ? 1 : 0));
  const fitting = (options: unknown) => () => fitBoosting({ ...training, target, loss: "logistic" }, options as never);
  expect(fitting({ class_weight: new Map([[0, 1]]) })).toThrow(/"class_weight" must be .*got a Map; give an object or a list/);
  expect(fitting({ class_weight: new Weights() })).toThrow("got a Weights; give an object or a list");
  expect(fitting({ class_weight: new Set([1]) })).toThrow("got a Set; give an object or a list");
  expect(fitting({ monotone_constraints: new Map([["x0", 1]]) })).toThrow("got a Map; give an object or a list");
  expect(fitting({ monotone_constraints: { x0: 2 } })).toThrow('that of "x0" is 2');
  expect(fitting({ interaction_constraints: new Set() })).toThrow("a list of lists of feature names or places, got a Set");
  expect(fitting(new Date())).toThrow("boosting options must be an object, got a Date");
  expect(() => shapValues(fitBoosting(training, few), matrix, 5 as never)).toThrow("the options of shapValues must be an object, got 5");
});

test("early stopping that is asked for without validation rows", () => {
  const fitting =
    (options: object, validation: number[] | null = null) =>
    () =>
      fitBoosting({ ...training, validation }, { ...few, ...options });
  const refusal = "early stopping needs validation rows: give `validation` (row numbers of the same matrix)";
  for (const asked of [{ early_stopping_rounds: 10 }, { early_stopping: true }, { metric: "rmse" }, { n_iter_no_change: 3 }])
    for (const validation of [null, []]) expect(fitting(asked, validation)).toThrow(refusal);
  expect(fitting({ early_stopping_rounds: 10 })).toThrow('"early_stopping_rounds" is 10, but early');
  const off = [
    { early_stopping: false, n_iter_no_change: 5 },
    { early_stopping_rounds: null },
    { earlyStoppingRounds: 0 },
    { od_wait: -1 },
  ];
  for (const options of [...off, { early_stopping: "auto" }, { metric: null }, { metric: "rmse", training_metric: true }])
    expect(fitting(options)().treeOutput).toHaveLength(2);
  expect(fitting({ early_stopping_rounds: 10 }, [1, 2])).not.toThrow();
});

test("tables of their own as validation rows, and values of any size, are told in a line", () => {
  const fitting = (field: object) => () => fitBoosting({ ...training, ...field } as never, few);
  for (const validation of [matrix, [matrix, training.target], { matrix, target: training.target }]) {
    expect(fitting({ validation })).toThrow("validation are row numbers of the training's own matrix, got");
    expect(fitting({ validation })).toThrow(/^.{0,400}matrixFromRows\(\[\.\.\.train, \.\.\.valid\], columns\).{0,100}$/);
  }
  const scoring = () => permutationImportance(fitBoosting(training, few), matrix, (() => [...training.target]) as never);
  expect(scoring).toThrow(/must give a number, got a list of 60, \[.{0,80}$/);
  expect(fitting({ columns: ["q"] })).toThrow(expect.objectContaining({ code: "bad-training" }));
  expect(fitting({ columns: [] })).toThrow("columns are empty: no feature to learn from");
});

test("labels, losses and weights of classes that nearly fit", () => {
  const fitting =
    (field: object, options: object = few) =>
    () =>
      fitBoosting({ ...training, ...field } as never, options as never);
  for (const [low, high] of [
    [1, 2],
    [-1, 1],
  ] as const)
    expect(fitting({ target: training.target.map((y) => (y > 0 ? high : low)), loss: "logistic" })).toThrow(
      /got -?\d in row \d+; number the two classes 0 and 1/,
    );
  const half = Float64Array.from({ length: 60 }, (_, row) => (row === 7 ? 0.5 : row % 2));
  expect(fitting({ target: half, loss: "softmax" })).toThrow("whole numbers from 0 to 1, got 0.5 in row 7");
  expect(fitting({ loss: "quantile" })).toThrow('as in { loss: "quantile", alpha: 0.9 }');
  expect(fitting({ loss: undefined }, { objective: "binary" })).toThrow('the options have objective: "binary", which belongs there');
  expect(() => fitForest({ ...training, loss: "gini" } as never)).toThrow('"gini" judges the splits of a tree; the loss of classes is');
  const classes = { target: training.target.map((y) => (y > 0 ? 1 : 0)), loss: "logistic" };
  expect(fitting(classes, { class_weight: [1] })).toThrow("classWeight has 1 entry for 2 classes (0, 1)");
  expect(fitting(classes, { class_weight: { no: 1, yes: 3 } })).toThrow(
    'its keys are the numbers of classes, as in { 0: 1, 1: 3 }, not "no"',
  );
});

test("a matrix of lists, of texts, with names as levels", () => {
  const fitting = (matrix: object) => () => fitBoosting({ ...training, matrix } as never, few);
  const column = (feature: object) => fitting({ rows: 60, features: [feature] });
  expect(fitting({ x: [1], z: [2] })).toThrow('a matrix has no "x"; it has rows and features, as in { rows: 2');
  expect(fitting({ x: [1], z: [2] })).toThrow(expect.objectContaining({ code: "bad-matrix" }));
  expect(column({ name: "a", kind: "numeric", values: [1, 2] })).toThrow("got a list; Float64Array.from(values) makes one of it");
  expect(column({ name: "a", kind: "numeric", values: new Float32Array(60) })).toThrow("got a Float32Array; Float64Array.from(values)");
  expect(column({ name: "a", kind: "numeric", values: ["b"] })).toThrow('got a list with "b"; matrixFromRows makes numbers and codes');
  expect(column({ name: "a", kind: "categorical", codes: new Int32Array(60), levels: ["b", "c"] })).toThrow(
    'the levels of feature "a" are their number, got a list: give 2',
  );
});

test("what is no saved ensemble, but has one in it", () => {
  const trees = fitBoosting(training, few);
  const saved = { columns: [], trees: saveEnsemble(trees) };
  expect(() => loadEnsemble(saved as never)).toThrow("got { columns, trees }; give its `trees`");
  expect(() => loadEnsemble(JSON.parse(JSON.stringify(trees)))).toThrow("must come from saveEnsemble: this is the ensemble itself");
});
