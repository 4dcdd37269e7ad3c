import { describe, expect, it } from "vitest";
import { fitBoosting, fitForest, type LossName, predict } from "../../../src/engine/trees/index.ts";
import { recorded, recordedMatrix } from "./recorded.ts";

const { train } = recorded;
const rows = recorded.targets.binary.length;
const classes = 4;

type Target = keyof typeof recorded.targets;

function mean(n: number, value: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += value(i);
  return sum / n;
}

function auc(truth: Float64Array, p: Float64Array): number {
  const order = Array.from(p.keys()).sort((a, b) => p[a]! - p[b]!);
  let rankSum = 0;
  let positives = 0;
  for (const [rank, i] of order.entries()) {
    if (truth[i] !== 1) continue;
    rankSum += rank + 1;
    positives++;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (truth.length - positives));
}

const measures: Record<string, (y: Float64Array, p: Float64Array) => number> = {
  auc,
  "log-loss": (y, p) =>
    mean(y.length, (i) => -Math.log(p.length === y.length ? (y[i] === 1 ? p[i]! : 1 - p[i]!) : p[i * classes + y[i]!]!)),
  rmse: (y, p) => Math.sqrt(mean(y.length, (i) => (y[i]! - p[i]!) ** 2)),
  mae: (y, p) => mean(y.length, (i) => Math.abs(y[i]! - p[i]!)),
  pinball: (y, p) => mean(y.length, (i) => Math.max(0.9 * (y[i]! - p[i]!), 0.1 * (p[i]! - y[i]!))),
  deviance: (y, p) => 2 * mean(y.length, (i) => (y[i] === 0 ? 0 : y[i]! * Math.log(y[i]! / p[i]!)) - y[i]! + p[i]!),
};

const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function deviation(values: readonly number[]): number {
  const centre = average(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** Each score holds chance: with other bins LightGBM itself moves by `deviation`. Ours is not worse if the means differ by less than three standard errors. */
function expectNotWorse(measure: string, ours: readonly number[], theirs: readonly number[]): void {
  const error = deviation(theirs) * Math.sqrt(1 / ours.length + 1 / theirs.length);
  const worse = (average(ours) - average(theirs)) * (measure === "auc" ? -1 : 1);
  expect(worse, measure).toBeLessThanOrEqual(3 * error);
}

const held = (target: Target) => Float64Array.from(recorded.targets[target].slice(train));

describe("held-out scores of LightGBM with the same options", () => {
  const cases: [LossName, Target][] = [
    [{ loss: "logistic" }, "binary"],
    [{ loss: "softmax", classes }, "classes"],
    [{ loss: "squared" }, "value"],
    [{ loss: "absolute" }, "value"],
    [{ loss: "quantile", alpha: 0.9 }, "value"],
    [{ loss: "huber", delta: 10 }, "value"],
    [{ loss: "poisson" }, "count"],
  ];
  it.each(cases)("%o", (loss, target) => {
    const y = Float64Array.from(recorded.targets[target].slice(0, train));
    const training = { matrix: recordedMatrix(0, train), target: y, weight: null, validation: null, loss };
    const bins = recorded.bins.filter((_, i) => i % 3 === 2);
    const outputs = bins.map((maxBin) => predict(fitBoosting(training, { ...recorded.options, maxBin }, 1), recordedMatrix(train, rows)));
    for (const [measure, theirs] of Object.entries(recorded.lightgbm[loss.loss]!)) {
      const ours = outputs.map((output) => measures[measure]!(held(target), output));
      expectNotWorse(measure, ours, theirs);
    }
  });
});

/** Share of the loss, and of AUC in points. Extra-trees draw thresholds by rank here, by value in scikit-learn: they need not agree closer. */
const FOREST_MARGIN = 0.02;

describe("held-out scores of scikit-learn's forests", () => {
  const cases: [LossName, Target][] = [
    [{ loss: "logistic" }, "binary"],
    [{ loss: "softmax", classes }, "classes"],
    [{ loss: "squared" }, "value"],
  ];
  for (const extraTrees of [false, true]) {
    const kind = extraTrees ? "extra-trees" : "forest";
    it.each(cases)(`${kind}: %o`, (loss, target) => {
      const y = Float64Array.from(recorded.targets[target].slice(0, train));
      const training = { matrix: recordedMatrix(0, train, true), target: y, weight: null, validation: null, loss };
      const ensemble = fitForest(training, { numTrees: 60, minDataInLeaf: 3, extraTrees, bootstrap: !extraTrees }, 1);
      const output = predict(ensemble, recordedMatrix(train, rows, true));
      for (const [measure, wanted] of Object.entries(recorded.forests[`${kind} ${loss.loss}`]!)) {
        const got = measures[measure]!(held(target), output);
        if (measure === "auc") expect(got).toBeGreaterThanOrEqual(wanted - FOREST_MARGIN);
        else expect(got, measure).toBeLessThanOrEqual(wanted * (1 + FOREST_MARGIN));
      }
    });
  }
});
