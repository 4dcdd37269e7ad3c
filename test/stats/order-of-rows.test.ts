import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { autocorrelation, labelPersistence } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };
import { near } from "./near.ts";

test("label persistence: mean and spread over every order of the labels", () => {
  const { values, value, mean, sd } = recorded.labelPersistence;
  const got = labelPersistence(values);
  near(got.value, value);
  near(got.expected, mean);
  near(got.z, (value - mean) / sd, 1e-10);
});

test("autocorrelation: mean and spread over every order of the numbers", () => {
  const { values, value, mean, sd } = recorded.autocorrelation;
  const got = autocorrelation(values);
  near(got.value, value);
  near(got.expected, mean, 1e-10);
  near(got.z, (value - mean) / sd, 1e-10);
});

test("quiet on shuffled rows, loud on sorted ones", () => {
  const random = createRandom(4, "order");
  const labels = Int32Array.from({ length: 20_000 }, () => random.integer(3));
  const numbers = Float64Array.from({ length: 20_000 }, () => random.normal());
  expect(Math.abs(labelPersistence(labels).z)).toBeLessThan(4);
  expect(Math.abs(autocorrelation(numbers).z)).toBeLessThan(4);
  expect(labelPersistence(labels.toSorted()).z).toBeGreaterThan(100);
  expect(autocorrelation(numbers.toSorted()).z).toBeGreaterThan(100);
});

test("nothing is claimed from too little", () => {
  expect(labelPersistence([1, 1])).toMatchObject({ z: 0, p: 1 });
  expect(labelPersistence([2, 2, 2, 2, 2])).toMatchObject({ value: 1, z: 0 });
  expect(autocorrelation([5, 5, 5, 5])).toMatchObject({ z: 0, p: 1 });
});
