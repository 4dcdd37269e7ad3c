import { expect, test } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { createTreeDataset, fitBoosting, fitForest, predict, type TreeTraining } from "../../../src/engine/trees/index.ts";
import { randomData, trainingOf } from "./data.ts";

const { matrix, score } = randomData(1, { rows: 60, numeric: 2, levels: [3], missing: 0 });
const training = trainingOf(matrix, score, { loss: "squared" });
const few = { numIterations: 2 };

test("two features of one name", () => {
  const twice = { rows: 60, features: [...matrix.features, matrix.features[0]!] };
  expect(() => fitBoosting({ ...training, matrix: twice }, few, 1)).toThrow('two features are named "x0"');
});

test("options of binning for what is binned already, and others for binning", () => {
  const dataset = createTreeDataset(matrix, { maxBin: 20 });
  const late = { ...training, matrix: dataset };
  expect(() => fitBoosting(late, { ...few, maxBin: 20 }, 1)).toThrow('boosting option "maxBin" belongs to createTreeDataset');
  expect(() => fitForest(late, { numTrees: 2, minDataInBin: 1 }, 1)).toThrow('forest option "minDataInBin" belongs to createTreeDataset');
  expect(() => createTreeDataset(matrix, { learning_rate: 0.3 } as object)).toThrow('a dataset has no option "learning_rate"');
  dataset.close();
});

test("plain arrays, and what is left out", () => {
  const plain = { rows: 60, features: [{ name: "x0", kind: "numeric", values: [1, 2] }] } as unknown as Matrix;
  expect(() => fitBoosting({ ...training, matrix: plain }, few, 1)).toThrow(
    'feature "x0" is numeric, so its values must be a Float64Array',
  );
  expect(() => fitBoosting({ ...training, target: null } as unknown as TreeTraining, few, 1)).toThrow("target must be a Float64Array");
  const { weight: _weight, validation: _validation, ...least } = training;
  expect(fitBoosting(least as TreeTraining, few, 1)).toEqual(fitBoosting(training, few, 1));
});

test("a custom loss that gives nothing", () => {
  const loss = (gradient: unknown) => ({ loss: "custom", gradient, base: [0], link: "identity" }) as never;
  expect(() => fitBoosting({ ...training, loss: loss(() => undefined) }, few, 1)).toThrow("there is no gradient");
  expect(() => fitBoosting({ ...training, loss: loss(() => ({ gradient: new Float64Array(60) })) }, few, 1)).toThrow("there is no hessian");
});

test("options of predict that do not exist, and none at all for training", () => {
  const trees = fitBoosting(training);
  expect(() => predict(trees, matrix, { thread: 2 } as object)).toThrow('predict has no option "thread"; did you mean "threads"?');
  expect(() => predict(trees, matrix, { threads: 0 })).toThrow("threads");
});

test("columns of another length, when predicting", () => {
  const short = { rows: 61, features: matrix.features };
  expect(() => predict(fitBoosting(training, few, 1), short)).toThrow('feature "x0" has 60 rows, the matrix 61');
});
