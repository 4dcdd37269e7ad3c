import { describe, expect, test } from "vitest";
import { createTreeDataset, fitBoosting, saveEnsemble, type TreeDataset } from "../../../src/engine/trees/index.ts";

const rows = 20_000;
const values = Float64Array.from({ length: rows }, (_, row) => Math.sin(row * row));
const other = values.map((value, row) => value * Math.cos(row));
const matrix = {
  rows,
  features: [
    { name: "x", kind: "numeric" as const, values },
    { name: "z", kind: "numeric" as const, values: other },
  ],
};
const target = values.map((value, row) => value + other[row]! ** 2);
const few = { rows: 50, features: matrix.features.map((feature) => ({ ...feature, values: feature.values.slice(0, 50) })) };

describe.each([
  ["a matrix", () => matrix],
  ["a dataset", () => createTreeDataset(matrix, {})],
])("a training on %s in whose callback another one", (_, source) => {
  const made = source() as typeof matrix | TreeDataset;
  const outer = { matrix: made, target, loss: "squared" as const };
  const options = { numIterations: 4, numThreads: 2, numLeaves: 8 };
  const plain = saveEnsemble(fitBoosting(outer, options));
  const within = (work: () => void) =>
    saveEnsemble(fitBoosting(outer, { ...options, onRound: ({ round }) => void (round === 2 && work()) }));

  test("runs with fewer or as many threads, on the same rows or others, gives the same trees", () => {
    const inner = (numThreads: number) => {
      const found = fitBoosting({ ...outer, matrix: made }, { ...options, numThreads });
      expect(saveEnsemble(found)).toEqual(plain);
      fitBoosting({ matrix: few, target: target.slice(0, 50), loss: "squared" }, { numIterations: 2, numThreads });
    };
    for (const numThreads of [1, 2]) expect(within(() => inner(numThreads))).toEqual(plain);
  });

  test("fails gives the same trees", () => {
    const failing = () =>
      expect(() => fitBoosting({ ...outer, target: target.map(() => -1), loss: "poisson" }, { numThreads: 1 })).toThrow(/poisson/i);
    expect(within(failing)).toEqual(plain);
    const thrown = () => {
      const loss = {
        loss: "custom" as const,
        gradient: () => {
          throw new Error("mine");
        },
      };
      expect(() => fitBoosting({ ...outer, loss }, { numThreads: 2 })).toThrow("mine");
    };
    expect(within(thrown)).toEqual(plain);
  });
});

test("a dataset is not closed under a training on it", () => {
  const dataset = createTreeDataset(matrix, {});
  const training = { matrix: dataset, target, loss: "squared" as const };
  expect(() => fitBoosting(training, { numIterations: 2, onRound: () => dataset.close() })).toThrow(/is being trained on/);
  expect(fitBoosting(training, { numIterations: 2 }).treeStart.length).toBe(3);
  dataset.close();
});
