import { expect, test } from "vitest";
import { fitBoosting, importanceOf, permutationImportance } from "../../../../src/engine/trees/index.ts";
import { moments } from "../../../../src/stats/index.ts";
import { randomData, takeRows, trainingOf } from "../data.ts";

const { matrix, score } = randomData(5, { rows: 1500, numeric: 4, levels: [5], missing: 0.05 });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const ensemble = fitBoosting(
  trainingOf(takeRows(matrix, range(0, 1000)), score.slice(0, 1000), { loss: "squared" }),
  { numIterations: 40, learningRate: 0.2 },
  1,
);
const held = takeRows(matrix, range(1000, 1500));
const squaredError = (predictions: Float64Array) =>
  predictions.reduce((sum, p, i) => sum + (p - score[1000 + i]!) ** 2, 0) / predictions.length;

test("what the target depends on matters, the rest does not", () => {
  const found = permutationImportance(ensemble, held, squaredError, { better: "lower", repeats: 12, seed: 3 });
  const by = new Map(found.map((one) => [one.name, one]));
  for (const name of ["x0", "x1", "x2", "c0"]) expect(by.get(name)!.drop, name).toBeGreaterThan(2.2 * by.get(name)!.standardError);
  expect(Math.abs(by.get("x3")!.drop)).toBeLessThan(by.get("x0")!.drop / 20);
  for (const { drop, standardError, drops } of found) {
    const { mean, variance } = moments(drops);
    expect(drop).toBeCloseTo(mean, 12);
    expect(standardError).toBeCloseTo(Math.sqrt(variance / 12), 12);
    expect(drops).toHaveLength(12);
  }
});

test("same seed same answer, other seed other shuffles, rows untouched", () => {
  const before = structuredClone(held);
  const run = (seed: number) => permutationImportance(ensemble, held, squaredError, { better: "lower", seed });
  expect(run(1)).toEqual(run(1));
  expect(run(1)).not.toEqual(run(2));
  expect(held).toEqual(before);
});

test("a better score that is higher turns the sign", () => {
  const [lower, higher] = [
    permutationImportance(ensemble, held, squaredError, { better: "lower" }),
    permutationImportance(ensemble, held, (p) => -squaredError(p)),
  ];
  expect(higher).toEqual(lower);
});

test("a feature that no tree uses has 0 and no width", () => {
  const without = { ...ensemble, features: [...ensemble.features, { name: "unused", kind: "numeric" as const, levels: 0 }] };
  const more = { ...held, features: [...held.features, { name: "unused", kind: "numeric" as const, values: new Float64Array(500) }] };
  expect(permutationImportance(without, more, squaredError).at(-1)).toMatchObject({ name: "unused", drop: 0, standardError: 0 });
  expect(importanceOf(without).at(-1)).toEqual({ name: "unused", gain: 0, cover: 0, splits: 0 });
});

test("too few shuffles show no spread", () => {
  expect(() => permutationImportance(ensemble, held, squaredError, { repeats: 2 })).toThrow(RangeError);
});
