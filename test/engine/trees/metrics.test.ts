import { describe, expect, it, test } from "vitest";
import { createJudge, createStopper } from "../../../src/engine/trees/early-stopping.ts";
import { createLoss, type LossName } from "../../../src/engine/trees/losses/index.ts";
import { createMetric, type Judged } from "../../../src/engine/trees/metrics/index.ts";
import type { MetricName } from "../../../src/engine/trees/metrics/names.ts";
import { recordedLosses as recorded } from "./recorded-losses.ts";

const logistic: LossName = { loss: "logistic" };
const softmax: LossName = { loss: "softmax", classes: 3 };
const squared: LossName = { loss: "squared" };
const lambdarank: LossName = { loss: "lambdarank" };
const count = recorded.query.length;
const rows = Int32Array.from({ length: count }, (_, row) => row);

/** Which loss and target each metric is recorded with. */
const RECORDED: Readonly<Record<string, readonly [LossName, string]>> = {
  auc: [logistic, "binary"],
  "log-loss": [logistic, "binary"],
  "cross-entropy": [{ loss: "xentropy" }, "share"],
  error: [logistic, "binary"],
  "multi-log-loss": [softmax, "classes"],
  "multi-error": [softmax, "classes"],
  rmse: [squared, "value"],
  mse: [squared, "value"],
  mae: [squared, "value"],
  "quantile@0.8": [squared, "value"],
  "poisson-deviance": [{ loss: "poisson" }, "count"],
  "gamma-deviance": [{ loss: "gamma" }, "positive"],
  "average-precision": [logistic, "binary"],
  accuracy: [logistic, "binary"],
  mape: [squared, "value"],
  r2: [squared, "value"],
  "huber@1.3": [squared, "value"],
  "tweedie-deviance@1.4": [{ loss: "tweedie", power: 1.4 }, "amount"],
};

const cases = recorded.metrics.flatMap(({ weighted, values }) =>
  Object.entries(values).map(([name, value]) => ({ name, weighted, value })),
);

test.each(cases)("scikit-learn's $name, weighted: $weighted, through the link of the loss", ({ name, weighted, value }) => {
  const [lossName, target] = RECORDED[name]!;
  const weight = weighted ? Float64Array.from(recorded.weight) : null;
  const sample = { target: Float64Array.from(recorded.targets[target]!), weight, rows, count };
  const loss = createLoss(lossName, sample);
  const scores = recorded.scores.slice(0, loss.outputs).map((score) => Float64Array.from(score));
  const judge = createJudge({ earlyStoppingMetric: name as MetricName }, lossName, loss);
  expect(judge.score(scores, sample)).toBeCloseTo(value, 10);
  expect(judge.higherIsBetter).toBe(["auc", "average-precision", "accuracy", "r2"].includes(name));
});

const judged = (predictions: number[], target: number[], query: number[] | null = null): Judged => ({
  predictions: Float64Array.from(predictions),
  outputs: 1,
  target: Float64Array.from(target),
  weight: null,
  query: query === null ? null : Int32Array.from(query),
});

test("auc of several classes is scikit-learn's roc_auc_ovr; a class that is absent is left out", () => {
  const predictions = [0.7, 0.2, 0.1, 0.1, 0.5, 0.4, 0.3, 0.3, 0.4, 0.2, 0.6, 0.2, 0.5, 0.1, 0.4, 0.25, 0.25, 0.5];
  const given = { ...judged(predictions, [0, 1, 2, 0, 2, 1]), outputs: 3 };
  const metric = createMetric("roc_auc_ovr", softmax, 3);
  expect(metric.higherIsBetter).toBe(true);
  expect(metric.score(given)).toBeCloseTo(0.625, 12);
  expect(metric.score({ ...given, weight: Float64Array.of(1, 2, 1, 0.5, 3, 1) })).toBeCloseTo(0.721981721981722, 12);
  const two = { ...judged([0.6, 0.4, 0, 0.2, 0.8, 0], [0, 1]), outputs: 3 };
  expect(metric.score(two)).toBe(1);
  expect(metric.score({ ...two, target: Float64Array.of(2, 2) })).toBeNaN();
});

describe("ranking", () => {
  it("map@k by hand, of equal predictions the irrelevant first", () => {
    const query = [1, 1, 1, 1, 2, 2, 7];
    const rowsOf = judged([4, 3, 2, 1, 5, 5, 9], [1, 0, 2, 0, 1, 0, 0], query);
    // Query 1: hits at ranks 1 and 3; query 2: hit at rank 2; query 7: nothing relevant.
    expect(createMetric("map", lambdarank, 1).score(rowsOf)).toBeCloseTo(((1 + 2 / 3) / 2 + 1 / 2 + 1) / 3, 12);
    expect(createMetric("map@1", lambdarank, 1).score(rowsOf)).toBeCloseTo((1 + 0 + 1) / 3, 12);
    expect(createMetric("map@2", lambdarank, 1).score(rowsOf)).toBeCloseTo((1 / 2 + 1 / 2 + 1) / 3, 12);
  });

  it("ndcg@k uses the gains of the loss", () => {
    const rowsOf = judged([3, 2, 1], [0, 2, 1], [0, 0, 0]);
    const [second, third] = [1 / Math.log2(3), 1 / 2];
    expect(createMetric("ndcg", lambdarank, 1).score(rowsOf)).toBeCloseTo((3 * second + third) / (3 + second), 12);
    const gains = [0, 10, 11];
    expect(createMetric("ndcg@2", { loss: "lambdarank", gains }, 1).score(rowsOf)).toBeCloseTo((11 * second) / (11 + 10 * second), 12);
  });
});

test("names of LightGBM and scikit-learn, and what does not suit", () => {
  for (const name of ["binary_logloss", "multi_logloss", "l1", "l2", "binary_error", "roc_auc"]) {
    expect(createMetric(name, logistic, 1).score).toBeTypeOf("function");
  }
  for (const name of ["average_precision", "mape", "r2", "gamma"]) expect(createMetric(name, squared, 1).score).toBeTypeOf("function");
  expect(createMetric("tweedie", { loss: "tweedie", power: 1.4 }, 1).score(judged([1], [1]))).toBeCloseTo(0, 12);
  expect(createMetric("huber", { loss: "huber", delta: 2 }, 1).score(judged([3, 0], [0, 1]))).toBeCloseTo((2 * (3 - 1) + 0.5) / 2, 12);
  expect(() => createMetric("huber", { loss: "huber", delta: null }, 1)).toThrow(/huber@1.35/);
  expect(() => createMetric("tweedie@2", squared, 1)).toThrow(/above 1 and below 2/);
  expect(() => createMetric("gini-of-mine", squared, 1)).toThrow(/unknown; known are auc, /);
  expect(() => createMetric("acu", logistic, 1)).toThrow(/did you mean "auc"/);
  expect(() => createMetric("rmsee", squared, 1)).toThrow(/did you mean "rmse"/);
  expect(() => createMetric("auc", { loss: "quantiles", alphas: [0.1, 0.9] }, 2)).toThrow(/judges one output, quantiles loss has 2/);
  expect(() => createMetric("rmse", softmax, 3)).toThrow(/judges one output, softmax loss has 3/);
  expect(() => createMetric("rmse@3", squared, 1)).toThrow(/takes no number/);
  expect(() => createMetric("ndcg@0", lambdarank, 1)).toThrow(/at least 1/);
  expect(() => createMetric("quantile", squared, 1)).toThrow(/quantile@0.9/);
  expect(createMetric("quantile", { loss: "quantile", alpha: 0.9 }, 1).score(judged([1, 1], [2, 0]))).toBeCloseTo((0.9 + 0.1) / 2, 12);
  expect(createMetric("auc", logistic, 1).score(judged([0.1, 0.2], [1, 1]))).toBeNaN();
});

test("the user's metric sees predictions with the link applied", () => {
  const sample = { target: Float64Array.of(0, 1, 1), weight: null, rows: Int32Array.of(0, 2), count: 2 };
  const seen: unknown[] = [];
  const metric = {
    name: "own",
    higherIsBetter: true,
    score: (...given: unknown[]) => {
      seen.push(...given);
      return 4;
    },
  };
  const judge = createJudge({ earlyStoppingMetric: metric }, logistic, createLoss(logistic, sample));
  expect(judge.score([Float64Array.of(0, 5, Math.log(3))], sample)).toBe(4);
  expect(judge.higherIsBetter).toBe(true);
  expect(seen[0]).toEqual(Float64Array.of(0.5, 1 / (1 + Math.exp(-Math.log(3)))));
  expect(seen.slice(1)).toEqual([Float64Array.of(0, 1), null, null]);
  const query = Int32Array.of(4, 5, 6);
  judge.score([Float64Array.of(0, 5, Math.log(3))], { ...sample, query });
  expect(seen.at(-1)).toEqual(Int32Array.of(4, 6));
});

describe("a stopper", () => {
  const run = (scores: number[], patience: number, minDelta = 0, higher = false) => {
    const stopper = createStopper(patience, minDelta, higher);
    const stopped = scores.findIndex((score, round) => stopper.add(round, score));
    return [stopped, stopper.bestRound()];
  };

  it("keeps the best round, of equal ones the first, and stops after `patience` rounds", () => {
    expect(run([5, 4, 4, 3.5, 3], 3)).toEqual([-1, 4]);
    expect(run([5, 4, 4, 4, 3], 2)).toEqual([3, 1]);
    expect(run([5, 6, 7, 8], 0)).toEqual([-1, 0]);
    expect(run([0.5, 0.7, 0.6, 0.6], 2, 0, true)).toEqual([3, 1]);
  });

  it("a change up to minDelta is none, and NaN is never better", () => {
    expect(run([5, 4.9, 4.8, 4.7], 3, 0.5)).toEqual([3, 0]);
    expect(run([5, 4.9, 4.4, 4.3], 3, 0.5)).toEqual([-1, 2]);
    expect(run([Number.NaN, 4, Number.NaN, Number.NaN], 2)).toEqual([3, 1]);
  });
});
