import { expect, test } from "vitest";
import { fitBoosting, fitForest, type TreeTraining } from "../../../src/engine/trees/index.ts";
import type { MetricName } from "../../../src/engine/trees/metrics/names.ts";
import { randomData, trainingOf } from "./data.ts";

const { matrix, score } = randomData(1, { rows: 60, numeric: 2, levels: [3], missing: 0 });
const training = trainingOf(matrix, score, { loss: "squared" });
const few = { numIterations: 2 };

test("a judge that never gives a number, and losses that a forest does not learn", () => {
  const judged: TreeTraining = { ...training, validation: [1, 2, 3] };
  const metric = { name: "mine", higherIsBetter: true, score: () => Number.NaN };
  expect(() => fitBoosting(judged, { ...few, metric })).toThrow("is no finite number in any round");
  expect(() => fitForest({ ...training, loss: { loss: "quantile", alpha: 0.9 } }, { numTrees: 2 })).toThrow(
    "not quantile loss; fitBoosting does",
  );
});

test("metrics of labels, and scikit-learn's signs", () => {
  const target = training.target.map((y) => (y > 0 ? 1 : 0));
  const judged: TreeTraining = { ...training, target, loss: "logistic", validation: Int32Array.from({ length: 30 }, (_, row) => row) };
  const kept = (metric: MetricName) => fitBoosting(judged, { numIterations: 30, minDataInLeaf: 2, metric });
  expect(kept("neg_brier_score")).toEqual(kept("brier"));
  for (const name of ["neg_log_loss", "mlogloss", "MultiClass", "Logloss"] as const) expect(kept(name)).toEqual(kept("log-loss"));
  expect(kept("merror")).toEqual(kept("error"));
  expect(kept("pr_auc")).toEqual(kept("average-precision"));
  expect(() => kept("f1_macro" as never)).toThrow('metric "f1_macro" judges labels, which hang on a threshold; use log-loss');
});

test("metrics that cannot judge these targets, or give no number", () => {
  const judged = { ...training, validation: Int32Array.of(0, 1, 2) };
  for (const metric of ["auc", "average_precision"] as const) {
    expect(() => fitBoosting(judged, { ...few, earlyStoppingMetric: metric }, 1)).toThrow("needs targets 0 and 1");
  }
  const earlyStoppingMetric = { name: "mine", higherIsBetter: true, score: () => undefined as unknown as number };
  expect(() => fitBoosting(judged, { ...few, earlyStoppingMetric }, 1)).toThrow('metric "mine" must give a number, got undefined');
});

test("metrics of classes and rows by class for losses of numbers", () => {
  const judged = { ...training, validation: Int32Array.of(1, 2, 3) };
  for (const metric of ["error", "accuracy", "log_loss"] as const)
    expect(() => fitBoosting(judged, { ...few, metric }, 1)).toThrow(`metric "${metric}" judges classes, squared loss foresees numbers`);
  expect(() => fitBoosting(training, { ...few, posBaggingFraction: 0.5, baggingFreq: 1 }, 1)).toThrow(
    "posBaggingFraction and negBaggingFraction are for logistic loss, got squared loss",
  );
});
