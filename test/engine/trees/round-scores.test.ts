import { expect, test } from "vitest";
import { fitBoosting, loadEnsemble, predict, type RoundScore, saveEnsemble, type TreeTraining } from "../../../src/engine/trees/index.ts";
import { randomData, trainingOf } from "./data.ts";

const { matrix, score } = randomData(3, { rows: 200, numeric: 3, levels: [3], missing: 0.1 });
const validation = Int32Array.from({ length: 50 }, (_, row) => 4 * row);
const training: TreeTraining = { ...trainingOf(matrix, score, { loss: "squared" }), query: null, validation };
const target = training.target as Float64Array;
const options = { numIterations: 30, minDataInLeaf: 5, metric: "rmse" } as const;

function rmse(predictions: Float64Array, isJudged: boolean): number {
  const errors = [...target.keys()]
    .filter((row) => validation.includes(row) === isJudged)
    .map((row) => (target[row]! - predictions[row]!) ** 2);
  return Math.sqrt(errors.reduce((sum, error) => sum + error) / errors.length);
}

test("the trees have the score of each round, the constant first; it is not saved", () => {
  const trees = fitBoosting(training, { ...options, early_stopping: false, training_metric: true });
  const { history, ...plain } = trees;
  expect([history?.metric, history?.higherIsBetter, history?.validation?.length, history?.training?.length]).toEqual([
    "rmse",
    false,
    31,
    31,
  ]);
  const predicted = predict(trees, matrix);
  expect(history?.validation?.[30]).toBeCloseTo(rmse(predicted, true), 10);
  expect(history?.training?.[30]).toBeCloseTo(rmse(predicted, false), 10);
  const none = fitBoosting(training, { ...options, numIterations: 0 });
  expect(history?.validation?.[0]).toBeCloseTo(rmse(predict(none, matrix), true), 10);
  expect(history?.bestRound).toBe(history?.validation?.indexOf(Math.min(...(history.validation ?? []))));
  expect(loadEnsemble(saveEnsemble(trees))).toEqual(plain);
});

test("with early stopping the trees end at the best round; without rows to judge and nothing asked for there is no history", () => {
  const trees = fitBoosting(training, { ...options, numIterations: 200, early_stopping_rounds: 5, metric: "neg_mean_absolute_error" });
  expect(trees.history?.metric).toBe("mae");
  expect(trees.treeOutput.length).toBe(trees.history?.bestRound);
  expect(trees.history?.validation?.length).toBeGreaterThan(trees.treeOutput.length);
  expect(fitBoosting({ ...training, validation: null }, { ...options, metric: null }).history).toBeUndefined();
  const judgeless = { loss: "custom", gradient: (s: Float64Array) => ({ gradient: s, hessian: s.map(() => 1) }) } as const;
  expect(fitBoosting({ ...training, loss: judgeless }, { ...options, metric: null, early_stopping: false }).history).toBeUndefined();
});

test("onRound is told of each round, and ends the training by false", () => {
  const told: RoundScore[] = [];
  const trees = fitBoosting(training, {
    ...options,
    early_stopping: false,
    onRound: (about) => {
      told.push(about);
      return about.round < 7;
    },
  });
  expect(trees.treeOutput.length).toBe(7);
  expect(told.map(({ validation: judged }) => judged)).toEqual([...(trees.history?.validation ?? [])].slice(1));
  expect(told[6]).toMatchObject({ round: 7, rounds: 30, metric: "rmse", training: null });
  expect(fitBoosting(training, { ...options, on_round: () => undefined })).toEqual(fitBoosting(training, options));
  expect(() => fitBoosting(training, { ...options, onRound: "log" as never })).toThrow('"onRound" must be a function, got "log"');
  expect(() => fitBoosting(training, { ...options, evals_result: {} } as never)).toThrow("the trees have a history");
});
