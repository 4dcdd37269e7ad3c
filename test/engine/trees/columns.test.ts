import { expect, test } from "vitest";
import {
  compileScorer,
  createTreeDataset,
  fitBoosting,
  fitForest,
  fitForestOutOfBag,
  importanceOf,
  loadEnsemble,
  predict,
  saveEnsemble,
  shapValues,
  type TreeTraining,
} from "../../../src/engine/trees/index.ts";
import { randomData, trainingOf } from "./data.ts";

const { matrix, score } = randomData(3, { rows: 80, numeric: 3, levels: [3], missing: 0 });
const training: TreeTraining = trainingOf(matrix, score, { loss: "squared" });
const columns = ["c0", "x1"];
const part = { rows: 80, features: matrix.features.filter(({ name }) => columns.includes(name)) };
const few = { numIterations: 5, minDataInLeaf: 5, minDataPerGroup: 1 };

test("trees of some columns are those of a matrix that has no others, and ask for no others", () => {
  const trees = fitBoosting({ ...training, columns }, few);
  expect(trees).toEqual(fitBoosting({ ...training, matrix: part }, few));
  expect(trees.features.map(({ name }) => name)).toEqual(["x1", "c0"]);
  expect(predict(trees, part)).toEqual(predict(trees, matrix));
  expect(compileScorer(trees)(Float64Array.of(0.5, 1))).toHaveLength(1);
  expect(importanceOf(trees).map(({ name }) => name)).toEqual(["x1", "c0"]);
  expect(shapValues(trees, part).values).toHaveLength(80 * 2);
  expect(loadEnsemble(saveEnsemble(trees))).toEqual(trees);
});

test("forests, and trainings on a shared dataset, which keeps all columns", () => {
  const some = { numTrees: 3 };
  expect(fitForest({ ...training, columns }, some)).toEqual(fitForest({ ...training, matrix: part }, some));
  expect(fitForestOutOfBag({ ...training, columns }, some)).toEqual(fitForestOutOfBag({ ...training, matrix: part }, some));
  const dataset = createTreeDataset(matrix);
  const trees = fitBoosting({ ...training, matrix: dataset, columns }, few);
  expect(trees).toEqual(fitBoosting({ ...training, matrix: part }, few));
  expect(fitBoosting({ ...training, matrix: dataset }, few).features).toHaveLength(4);
  dataset.close();
});
