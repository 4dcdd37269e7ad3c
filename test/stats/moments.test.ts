import { expect, test } from "vitest";
import { mean, moments, pearson, quantile, quantiles, ranks, standardDeviation, variance, weightedMean } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };
import { allNear, near } from "./near.ts";

const { sample, pairs } = recorded;

test("quantiles equal NumPy's linear ones", () => {
  for (const [q, want] of sample.quantiles) near(quantile(sample.values, q!), want!);
  expect(quantiles(sample.values, [0, 1])).toEqual([Math.min(...sample.values), Math.max(...sample.values)]);
  expect(quantile([], 0.5)).toBeNaN();
});

test("mean and variance equal NumPy's, also far from zero", () => {
  near(mean(sample.values), sample.mean);
  near(variance(sample.values), sample.variance);
  near(standardDeviation(sample.values) ** 2, sample.variance);
  const [shift, want] = sample.shiftedVariance;
  near(variance(sample.values.map((value) => value + shift!)), want!, 1e-6);
  expect(moments([]).mean).toBeNaN();
  expect(variance([3])).toBeNaN();
});

test("weighted mean equals NumPy's average", () => {
  near(weightedMean(pairs.y, pairs.weights), pairs.weightedMean);
  expect(weightedMean([1, 2], [0, 0])).toBeNaN();
});

test("ranks with ties and their correlation equal scipy", () => {
  expect([...ranks(pairs.x)]).toEqual(pairs.ranks);
  near(pearson(pairs.x, pairs.y), pairs.pearson);
  expect(pearson([1, 1, 1], [1, 2, 3])).toBeNaN();
  allNear([pearson([1, 2, 3], [-2, -4, -6])], [-1]);
});
