import { expect, test } from "vitest";
import {
  columnsOfRows,
  compileScorer,
  createTreeDataset,
  firstRounds,
  fitBoosting,
  fitForest,
  matrixFromRows,
  openTreeDataset,
  permutationImportance,
  predict,
} from "../../../src/engine/trees/index.ts";

const rows = 300;
const x = Float64Array.from({ length: rows }, (_, row) => ((row * 7919) % 301) / 301);
const w = Float64Array.from({ length: rows }, (_, row) => ((row * 104_729) % 97) / 97);
const numeric = (name: string, values: Float64Array) => ({ name, kind: "numeric" as const, values });
const matrix = { rows, features: [numeric("x", x), numeric("w", w)] };
const few = { numIterations: 5, numThreads: 1 };

test("no rounds are the constant; 0 as a number of rounds is refused, for it is read in two ways", () => {
  const trees = fitBoosting({ matrix, target: w, loss: "squared" }, few);
  expect(new Set(predict(firstRounds(trees, 0), matrix))).toEqual(new Set(trees.base));
  expect(() => predict(trees, matrix, { numIterations: 0 })).toThrow(/firstRounds\(trees, 0\) is the constant/);
  expect(predict(trees, matrix, { ntree_limit: 0 })).toEqual(predict(trees, matrix));
  expect(() => firstRounds(fitForest({ matrix, target: w, loss: "squared" }, { numTrees: 2 }), 0)).toThrow("a forest without trees");
});

test("a dataset that is closed is closed for all who opened it", () => {
  const first = createTreeDataset(matrix, { numThreads: 1 });
  const second = openTreeDataset(first.share());
  fitBoosting({ matrix: second, target: w, loss: "squared" }, few);
  first.close();
  expect(() => fitBoosting({ matrix: second, target: w, loss: "squared" }, few)).toThrow("this dataset is closed");
  expect(() => openTreeDataset(second.share())).toThrow("this dataset is closed");
  second.close();
});

test("interaction sets without a feature constrain nothing", () => {
  const target = x.map((value, row) => value * w[row]!);
  const constrained = (interactionConstraints: readonly number[][] | null) =>
    fitBoosting({ matrix, target, loss: "squared" }, { ...few, interactionConstraints });
  const free = constrained(null);
  expect(constrained([])).toEqual(free);
  expect(constrained([[]])).toEqual(free);
  expect(constrained([[0], [1]])).not.toEqual(free);
});

test("a judge that is infinite in every round is refused, and an answer that comes later", () => {
  const training = { matrix, target: w, loss: "squared" as const, validation: [0, 1, 2, 3] };
  const endless = { name: "endless", higherIsBetter: false, score: () => Number.POSITIVE_INFINITY };
  expect(() => fitBoosting(training, { ...few, metric: endless, earlyStoppingRounds: 3 })).toThrow("is no finite number in any round");
  const late = (async () => false) as unknown as () => boolean;
  expect(() => fitBoosting(training, { ...few, onRound: late })).toThrow("onRound gave a promise");
});

test("of a code its whole part counts", () => {
  const codes = Int32Array.from({ length: 100 }, (_, row) => row % 5);
  const kinds = { rows: 100, features: [{ name: "c", kind: "categorical" as const, codes, levels: 5 }] };
  const training = { matrix: kinds, target: Float64Array.from(codes, (code) => code ** 2), loss: "squared" as const };
  for (const trees of [fitForest(training, { numTrees: 5 }), fitBoosting(training, { ...few, minDataPerGroup: 1 })]) {
    const score = compileScorer(trees);
    expect(score(Float64Array.of(2.5)).slice()).toEqual(score(Float64Array.of(2)).slice());
  }
});

test("columns that are damaged and levels beyond measure are refused with a code", () => {
  const list = [{ a: "x" }, { a: "y" }];
  expect(matrixFromRows(list, columnsOfRows(list)).features).toHaveLength(1);
  for (const column of [{ name: "a", kind: "categorical" }, { name: "a" }, { name: "a", kind: "foo" }, null, "a", { kind: "numeric" }]) {
    expect(() => matrixFromRows(list, [column] as never)).toThrow(expect.objectContaining({ code: "bad-matrix" }));
  }
  const feature = { name: "c", kind: "categorical" as const, codes: new Int32Array(rows), levels: 1e8 };
  expect(() => fitBoosting({ matrix: { rows, features: [feature] }, target: w, loss: "squared" }, few)).toThrow(/from 0 to 16,777,216/);
});

test("a score that is no number is refused", () => {
  const trees = fitBoosting({ matrix, target: w, loss: "squared" }, few);
  for (const odd of ["1", Number.NaN, undefined])
    expect(() => permutationImportance(trees, matrix, (() => odd) as never)).toThrow(expect.objectContaining({ code: "bad-option" }));
});
