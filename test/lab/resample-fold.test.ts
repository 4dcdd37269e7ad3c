import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { replicatesOfDifference, resampleFold } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { experiment } from "./tables.ts";

const ROWS = 300;
const random = createRandom(4, "fold");
const truth = Float64Array.from({ length: ROWS }, () => random.normal());
const worse = truth.map((value) => value + random.normal());
const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
const base = experiment({ target: "y", task: { kind: "regression" }, metrics: ["rmse"] });
const ask = (split: typeof base.split) =>
  resampleFold({ ...base, split }, rows, [truth.map((value) => value + 0.1), worse], metricNamed("rmse"), { truth, weight: null });

test("one fold of periods: both answers on the same resamples of blocks", () => {
  const fold = ask({ policy: "time", by: null, folds: 5 })!;
  expect(fold.units).toBe(10);
  const differences = replicatesOfDifference(fold, 1, 0);
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  expect(mean).toBeGreaterThan(0.8);
  expect(mean).toBeLessThan(1);
  // The error of 0.1 is the same in every row, so no resample moves it.
  for (const score of fold.replicates[0]!) expect(score).toBeCloseTo(0.1, 10);
});

test("exchangeable folds are not resampled", () => {
  expect(ask({ policy: "random", folds: 5, repeats: 1 })).toBeNull();
});
