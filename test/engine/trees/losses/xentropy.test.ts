import { describe, expect, it, test } from "vitest";
import {
  compileScorer,
  fitBoosting,
  type LossGiven,
  loadEnsemble,
  predict,
  predictRaw,
  readLightGbm,
  saveEnsemble,
  shapValues,
  writeLightGbm,
} from "../../../../src/engine/trees/index.ts";
import { createMetric } from "../../../../src/engine/trees/metrics/index.ts";
import { expectSame, runOnnx } from "../onnx-run.ts";
import { recordedLosses as recorded } from "../recorded-losses.ts";

const target = recorded.targets.share!;
const { x, options, predictions } = recorded.soft;
const features = x.map((values, j) => ({ name: `x${j}`, kind: "numeric" as const, values: Float64Array.from(values) }));
const matrix = { rows: target.length, features };
const fitted = (loss: LossGiven, weighted = false) =>
  fitBoosting({ matrix, target, loss, weight: weighted ? recorded.weight : null }, options);
const trees = fitted("cross_entropy");

test("shares are learned under every name", () => {
  expect(target.some((y) => y > 0 && y < 1)).toBe(true);
  for (const loss of ["xentropy", "crossentropy", "reg:logistic", { loss: "cross_entropy" }, { loss: "xentropy" }] as const)
    expect(fitted(loss)).toEqual(trees);
  expect(fitBoosting({ matrix, target, loss: "xentropy" }, { ...options, objective: "cross_entropy" })).toEqual(trees);
});

it.each(predictions)("predicts what LightGBM does, weighted: $weighted", ({ weighted, predicted }) => {
  const ours = predict(fitted("xentropy", weighted), matrix);
  // LightGBM rounds gradients to 32 bits.
  for (const [row, p] of predicted.entries()) expect(Math.abs(ours[row]! - p)).toBeLessThan(1e-7);
});

test("with targets 0 and 1 it is the logistic loss", () => {
  const binary = { matrix, target: recorded.targets.binary! };
  const ours = predict(fitBoosting({ ...binary, loss: "xentropy" }, options), matrix);
  for (const [row, p] of predict(fitBoosting({ ...binary, loss: "logistic" }, options), matrix).entries())
    expect(ours[row]).toBeCloseTo(p, 7);
});

describe("carried on as the logistic loss is", () => {
  const ours = predict(trees, matrix);

  it("saved and loaded, one row at a time", () => {
    const loaded = loadEnsemble(JSON.parse(JSON.stringify(saveEnsemble(trees))));
    expect(predict(loaded, matrix)).toEqual(ours);
    expect(compileScorer(loaded)(Float64Array.from(features, ({ values }) => values[7]!))[0]).toBe(ours[7]);
  });

  it("written to LightGBM under its name, and read", () => {
    const text = writeLightGbm(trees, { objective: "cross_entropy" });
    expect(text).toContain("\nobjective=cross_entropy\n");
    expect(writeLightGbm(trees)).toContain("\nobjective=binary sigmoid:1\n");
    const { ensemble, objective } = readLightGbm(text);
    expect(objective).toBe("cross_entropy");
    expect(predict(ensemble, matrix)).toEqual(ours);
    expect(() => writeLightGbm(trees, { objective: "poisson" })).toThrow('"poisson" is for the link exp; the trees have the link logistic');
    expect(() => writeLightGbm(trees, { objective: "binary sigmoid:2" })).toThrow("the link logistic of 2 times the score");
    expect(() => writeLightGbm(trees, { objective: "no such" })).toThrow('objective "no" is unknown');
  });

  it("ONNX", async () => {
    expectSame(await runOnnx(trees, matrix), ours);
  });

  it("contributions add up to the raw score", () => {
    const { values, expected } = shapValues(trees, matrix);
    const raw = predictRaw(trees, matrix);
    for (let row = 0; row < 5; row++) {
      const sum = [0, 1, 2].reduce((total, j) => total + values[row * 3 + j]!, expected[0]!);
      expect(sum).toBeCloseTo(raw[row]!, 10);
    }
  });
});

test("metrics that count hits want classes; class weights and parameters of others are refused", () => {
  const judged = { predictions: Float64Array.of(0.2, 0.9), outputs: 1, target: Float64Array.of(0, 0.7), weight: null, query: null };
  for (const name of ["error", "accuracy", "auc"])
    expect(() => createMetric(name, { loss: "xentropy" }, 1).score(judged)).toThrow(`metric "${name}" needs targets 0 and 1, got 0.7`);
  const whole = { ...judged, target: Float64Array.of(0, 1) };
  expect(createMetric("accuracy", { loss: "xentropy" }, 1).score(whole)).toBe(1);
  const asking = (asked: object) => () => fitBoosting({ matrix, target, loss: "xentropy" }, { ...options, ...asked });
  expect(asking({ isUnbalance: true })).toThrow("isUnbalance is for logistic loss, got xentropy loss");
  expect(asking({ classWeight: "balanced" })).toThrow("classWeight is for logistic and softmax loss, got xentropy loss");
  expect(() => fitted({ loss: "xentropy", scale_pos_weight: 2 } as never)).toThrow("no row is of class 1 alone");
});
