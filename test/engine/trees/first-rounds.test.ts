import { expect, test } from "vitest";
import {
  compileScorer,
  firstRounds,
  fitBoosting,
  fitForest,
  importanceOf,
  loadEnsemble,
  predict,
  predictLeaves,
  predictRaw,
  saveEnsemble,
  stagedPredict,
  type TreeTraining,
} from "../../../src/engine/trees/index.ts";
import { randomData, trainingOf } from "./data.ts";

const { matrix, score } = randomData(5, { rows: 150, numeric: 3, levels: [4], missing: 0.1 });
const training: TreeTraining = trainingOf(matrix, score, { loss: "squared" });
const options = { numIterations: 12, minDataInLeaf: 5, numLeaves: 6 };
const target = training.target as Float64Array;
const ranks = [...target].sort((a, b) => a - b);
const classes: TreeTraining = {
  ...training,
  target: target.map((y) => (y < ranks[50]! ? 0 : y < ranks[100]! ? 1 : 2)),
  loss: { loss: "softmax", classes: 3 },
};

test.each([
  ["numbers", training],
  ["classes", classes],
] as const)("%s: the first rounds are the training that ended there, to the bit, in every way to predict", (_, asked) => {
  const trees = fitBoosting(asked, options);
  const short = fitBoosting(asked, { ...options, numIterations: 5 });
  expect(firstRounds(trees, 5)).toEqual(short);
  const wanted = predict(short, matrix);
  expect(predict(trees, matrix, { numIterations: 5 })).toEqual(wanted);
  expect(predict(trees, matrix, { num_iteration: 5, n_jobs: 1 })).toEqual(wanted);
  expect(predict(trees, matrix, { ntree_limit: 5 })).toEqual(wanted);
  expect(predict(trees, matrix, { iteration_range: [0, 5] })).toEqual(wanted);
  expect(predict(trees, matrix, { numIterations: 5, raw_score: true })).toEqual(predictRaw(short, matrix));
  expect(predictRaw(trees, matrix, { numIterations: 5 })).toEqual(predictRaw(short, matrix));
  const values = Float64Array.from(matrix.features, (feature) => (feature.kind === "numeric" ? feature.values[7]! : feature.codes[7]!));
  expect(compileScorer(trees, { numIteration: 5 })(values)).toEqual(compileScorer(short)(values));
  const staged = [...stagedPredict(trees, matrix)];
  expect([staged.length, staged[4], staged[11]]).toEqual([12, wanted, predict(trees, matrix)]);
  expect([...stagedPredict(trees, matrix, { rounds: 3, raw: true })].length).toBe(3);
  for (const all of [-1, null, 12]) expect(predict(trees, matrix, { numIterations: all })).toEqual(predict(trees, matrix));
});

test("the first trees of a forest are averaged anew, also when it was saved", () => {
  const forest = loadEnsemble(saveEnsemble(fitForest(classes, { numTrees: 9 })));
  const four = predict(fitForest(classes, { numTrees: 4 }), matrix);
  for (const got of [predict(forest, matrix, { numTrees: 4 }), [...stagedPredict(forest, matrix)][3] ?? []])
    expect(Math.max(...Array.from(got, (share, at) => Math.abs(share - four[at]!)))).toBeLessThan(1e-12);
  expect(importanceOf(firstRounds(forest, 1))).toEqual(importanceOf(fitForest(classes, { numTrees: 1 })));
});

test("leaves of rows hold what the rows are given", () => {
  const trees = firstRounds(fitBoosting(training, options), 1);
  const leaves = predictLeaves(trees, matrix);
  const raw = predictRaw(trees, matrix);
  for (const [row, leaf] of leaves.entries()) expect(trees.base[0]! + trees.leafValues[leaf]!).toBe(raw[row]);
  const forest = fitForest(classes, { numTrees: 3 });
  expect(predictLeaves(forest, matrix).length).toBe(3 * 150);
});

test("what is not there, and options of others", () => {
  const trees = fitBoosting(training, options);
  const asking = (given: object) => () => predict(trees, matrix, given);
  expect(asking({ numIterations: 13 })).toThrow("the trees are of 12 rounds, 13 were asked for");
  expect(asking({ iterationRange: [2, 5] })).toThrow("predictions begin with the first round");
  expect(asking({ numIterations: 4, iterationRange: [0, 5] })).toThrow("one and have different values, 4 and 5");
  expect(asking({ pred_contrib: true })).toThrow("shapValues gives what each feature adds");
  expect(asking({ staged: true })).toThrow("stagedPredict gives the predictions after each round");
  expect(asking({ n_jobs: -1 })()).toEqual(predict(trees, matrix));
  expect(asking({ pred_leaf: true })).toThrow("predictLeaves gives the leaf of each row");
  expect(asking({ start_iteration: 3 })).toThrow("predictions begin with the first round");
  expect(asking({ pred_contrib: false, start_iteration: 0, validate_features: true })()).toEqual(predict(trees, matrix));
  expect(() => predictRaw(trees, matrix, { raw: false })).toThrow("predictRaw gives raw scores, but raw is false");
  expect(() => stagedPredict(trees, null as never).next()).toThrow("a matrix is an object");
  expect(() => firstRounds(trees, 1.5)).toThrow("rounds must be a whole number");
});
