import { expect, test } from "vitest";
import { fitBoosting, predict } from "../../../../src/engine/trees/index.ts";
import { type CustomGradient, createLoss } from "../../../../src/engine/trees/losses/index.ts";
import { randomData, trainingOf } from "../data.ts";

const squaredError: CustomGradient = (scores, target, weight) => ({
  gradient: scores.map((score, i) => (score - target[i]!) * (weight === null ? 1 : weight[i]!)),
  hessian: scores.map((_, i) => (weight === null ? 1 : weight[i]!)),
});

test("squared error by the user's function is squared error", () => {
  const { matrix, score } = randomData(3, { rows: 300, numeric: 3, levels: [4], missing: 0.1 });
  const weight = Float64Array.from(score, (_, i) => (i % 4) / 2);
  const ours = trainingOf(matrix, score, { loss: "squared" }, weight);
  const used = weight.reduce((sum, w) => sum + w, 0);
  const base = [score.reduce((sum, y, i) => sum + y * weight[i]!, 0) / used];
  const theirs = { ...ours, loss: { loss: "custom", gradient: squaredError, base } as const };
  const [a, b] = [ours, theirs].map((training) => predict(fitBoosting(training, {}, 1), matrix));
  for (const [i, value] of a!.entries()) expect(b![i]).toBeCloseTo(value, 10);
});

test("several outputs come row-major, in the order of the rows", () => {
  const seen: number[][] = [];
  const gradient: CustomGradient = (scores, target, weight) => {
    seen.push([...scores], [...target], [...weight!]);
    return { gradient: [1, 2, 3, 4], hessian: [5, 6, 7, 8] };
  };
  const sample = { target: Float64Array.of(7, 8, 9), weight: Float64Array.of(1, 2, 3), rows: Int32Array.of(0, 2), count: 2 };
  const loss = createLoss({ loss: "custom", gradient, outputs: 2, link: "softmax" }, sample);
  const [gradients, hessians] = [0, 1].map(() => [new Float64Array(3), new Float64Array(3)]);
  loss.gradients([Float64Array.of(10, 11, 12), Float64Array.of(20, 21, 22)], sample, gradients!, hessians!);
  expect(seen).toEqual([
    [10, 20, 12, 22],
    [7, 9],
    [1, 3],
  ]);
  expect(gradients!.map((values) => [...values])).toEqual([
    [1, 0, 3],
    [2, 0, 4],
  ]);
  expect(hessians!.map((values) => [...values])).toEqual([
    [5, 0, 7],
    [6, 0, 8],
  ]);
});

test("what does not fit is refused", () => {
  const sample = { target: Float64Array.of(1, 2), weight: null, rows: Int32Array.of(0, 1), count: 2 };
  const scores = [new Float64Array(2)];
  const learn = (gradient: number[], hessian: number[]) =>
    createLoss({ loss: "custom", gradient: () => ({ gradient, hessian }) }, sample).gradients(
      scores,
      sample,
      [new Float64Array(2)],
      [new Float64Array(2)],
    );
  expect(() => learn([1], [1, 1])).toThrow(/2 numbers of gradient .* got 1/);
  expect(() => learn([1, Number.NaN], [1, 1])).toThrow(/gradient NaN for row 1/);
  expect(() => learn([1, 1], [1, -1])).toThrow(/hessian -1 for row 1/);
  expect(() => createLoss({ loss: "custom", gradient: squaredError, base: [1, 2] }, sample)).toThrow(/base per output/);
  expect(() => createLoss({ loss: "custom", gradient: squaredError }, sample).mean(scores, sample)).toThrow(/earlyStoppingMetric/);
});
