import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Feature } from "../../../src/core/matrix.ts";
import { type BoostingGiven, fitBoosting, type LossName, predictRaw } from "../../../src/engine/trees/index.ts";

/** What bench/peers/whole_trees.py wrote. */
interface Recorded {
  readonly rounds: number;
  /** Three of numbers, two of codes. */
  readonly columns: (number | null)[][];
  readonly targets: Readonly<Record<string, number[]>>;
  readonly weight: number[];
  readonly cases: readonly {
    readonly loss: LossName;
    readonly target: string;
    readonly weighted: boolean;
    readonly options: Readonly<Record<string, unknown>>;
    /** By row, of several classes a list. */
    readonly raw: (number | number[])[];
  }[];
}

const recorded = JSON.parse(readFileSync(new URL("../../reference/recorded/whole-trees.json", import.meta.url), "utf8")) as Recorded;
const features = recorded.columns.map((column, k): Feature => {
  if (k < 3) return { name: `x${k}`, kind: "numeric", values: Float64Array.from(column, (value) => value ?? Number.NaN) };
  return { name: `x${k}`, kind: "categorical", levels: 9, codes: Int32Array.from(column, (code) => code ?? -1) };
});
const matrix = { rows: recorded.weight.length, features };

test.each(recorded.cases)("LightGBM's scores, row by row: $loss $options", ({ loss, target, weighted, options, raw }) => {
  const training = { matrix, target: recorded.targets[target]!, weight: weighted ? recorded.weight : null, loss };
  // No limit of rows is 0 there and 1 here.
  const rows = Math.max(1, options.min_data_in_leaf as number);
  const trees = fitBoosting(training, { ...options, min_data_in_leaf: rows, numIterations: recorded.rounds } as BoostingGiven);
  const wanted = raw.flat();
  const errors = predictRaw(trees, matrix).map((score, i) => Math.abs(score - wanted[i]!));
  expect(Math.max(...errors)).toBeLessThan(1e-4);
});
