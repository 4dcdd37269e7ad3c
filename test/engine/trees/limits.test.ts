import { expect, test } from "vitest";
import { withClassWeights } from "../../../src/engine/trees/class-weight.ts";
import { createHistogramPool, KEPT_BYTES } from "../../../src/engine/trees/growth/histograms.ts";
import {
  firstRounds,
  fitBoosting,
  fitForest,
  fitTree,
  predict,
  saveEnsemble,
  shapInteractions,
  shapValues,
  type TreeTraining,
  treeSvg,
} from "../../../src/engine/trees/index.ts";
import { createLoss } from "../../../src/engine/trees/losses/index.ts";
import { weightedQuantile } from "../../../src/engine/trees/quantile.ts";
import { completeTraining, trainingRows } from "../../../src/engine/trees/training.ts";

const x = Float64Array.from({ length: 400 }, (_, row) => (row * 37) % 101);
const matrix = { rows: 400, features: [{ name: "x", kind: "numeric" as const, values: x }] };
const small = { numIterations: 3 };
const asking =
  (training: Omit<TreeTraining, "matrix">, options: object = small) =>
  () =>
    fitBoosting({ matrix, ...training }, options);

test("a step that overshoots until the gradients are no numbers is refused with its row", () => {
  const target = x.map((value, row) => Math.exp(((value % 20) * 3) / 2 - 10) * (1 + (row % 3)));
  const wild = { learningRate: 1, minSumHessianInLeaf: 0, minDataInLeaf: 1, baggingFraction: 0.9, numIterations: 30 };
  expect(asking({ target, loss: "gamma" }, wild)).toThrow(
    /the gradients left the numbers .* \(row \d+: gradient -Infinity, hessian Infinity\)/,
  );
  expect(asking({ target: x, loss: "squared" }, { learningRate: 1e300 })).toThrow(/the gradients left the numbers/);
});

test("targets and weights that are too large or too small together are refused", () => {
  const weight = x.map(() => 1e100);
  expect(asking({ target: x.map((y) => y * 1e147), weight, loss: "squared" })).toThrow(/the gradients left the numbers/);
  const light = x.map(() => 1e-90);
  expect(asking({ target: x.map((y) => y * 1e-99), weight: light, loss: "squared" }, { ...small, minSumHessianInLeaf: 0 })).toThrow(
    /sum to .*e-18\d in size, too little to learn from/,
  );
  const custom = (scale: number) => ({
    loss: "custom" as const,
    gradient: (scores: Float64Array, y: Float64Array) => ({
      gradient: scores.map((s, i) => scale * (s - y[i]!)),
      hessian: scores.map(() => scale),
    }),
  });
  expect(asking({ target: x, loss: custom(1e152) })).toThrow(/the gradients left the numbers/);
  expect(asking({ target: x, loss: custom(1e-160) })).toThrow(/too little to learn from/);
});

test("a rate of 1e-20 is the base of a log link", () => {
  const tiny = x.map((y) => (y + 1) * 1e-20);
  const mean = tiny.reduce((sum, y) => sum + y) / 400;
  for (const loss of ["gamma", "poisson", { loss: "tweedie", power: 1.5 }] as const)
    expect(predict(fitBoosting({ matrix, target: tiny, loss }, { numIterations: 0 }), matrix)[0]! / mean).toBeCloseTo(1, 9);
});

test("weights of classes are held by the limits of weights", () => {
  const target = x.map((value) => (value > 50 ? 1 : 0));
  const weighed = (weight: number) => asking({ target, loss: "logistic" }, { ...small, classWeight: { 0: weight, 1: weight } });
  expect(weighed(1e307)).toThrow(/weights times classWeight sum to .*; they must sum to at most 1e\+150/);
  expect(weighed(1e-160)).toThrow(/they must sum to at least 1e-100/);
  const told = completeTraining({ matrix, target, validation: [0, 1, 2, 3], loss: "logistic" });
  const { rows, training } = withClassWeights(told, trainingRows(told), { 1: 5 });
  expect([...rows.validation!.rows].map((row) => rows.validation!.weight![row])).toEqual(
    [...target.subarray(0, 4)].map((y) => (y === 1 ? 5 : 1)),
  );
  expect(rows.validation!.weight).toBe(training.weight);
});

test("one huge target does not blind a forest to the others", () => {
  const z = x.map((_, row) => ((row * 61) % 97) / 97);
  const both = { rows: 400, features: [...matrix.features, { name: "z", kind: "numeric" as const, values: z }] };
  const target = x.map((value, row) => value / 10 + z[row]!);
  const hit = target.with(7, 1e9);
  const offOf = (trees: ReturnType<typeof fitTree>) => {
    const off = predict(trees, both).map((value, row) => Math.abs(value - target[row]!));
    return off.sort()[200]!;
  };
  const training = { matrix: both, target: hit, loss: "squared" as const };
  expect(offOf(fitForest(training, { numTrees: 20 }))).toBeLessThan(0.2);
  expect(offOf(fitTree(training, { minDataInLeaf: 5 }))).toBeLessThan(0.2);
});

test("a forest refuses the class weight of a loss, which it would not learn by", () => {
  const target = x.map((value) => (value > 50 ? 1 : 0));
  expect(() => fitForest({ matrix, target, loss: { loss: "logistic", positiveWeight: 9 } })).toThrow(
    "a forest has no positiveWeight; give the option classWeight: { 1: 9 }",
  );
});

test("a quantile that is met exactly is the mean with the next value, with and without weights", () => {
  const rows = Int32Array.of(0, 1, 2, 3);
  const value = (row: number) => row;
  expect(weightedQuantile(value, null, rows, 0, 4, 0.5)).toBe(1.5);
  expect(weightedQuantile(value, Float64Array.of(1, 1, 1, 1), rows, 0, 4, 0.25)).toBe(0.5);
  expect(weightedQuantile(value, null, rows, 0, 4, 0.6)).toBe(2);
});

test("several quantiles are judged after they were put in order", () => {
  const sample = { target: Float64Array.of(5), weight: null, rows: Int32Array.of(0), count: 1, query: null };
  const loss = createLoss({ loss: "quantiles", alphas: [0.1, 0.9] }, sample);
  const crossed = loss.mean([Float64Array.of(9), Float64Array.of(1)], sample);
  expect(crossed).toBe(loss.mean([Float64Array.of(1), Float64Array.of(9)], sample));
  expect(crossed).toBeCloseTo((0.1 * 4 + 0.1 * 4) / 2, 12);
});

test("histograms of open leaves take 256 MB at most, and at least three", () => {
  let next = 8;
  const memory = { allocate: () => (next += 8), take: () => (next += 8), free: () => {} };
  const fullAfter = (bytes: number) => {
    const pool = createHistogramPool(memory as never, bytes);
    for (let taken = 0; ; taken++) {
      if (pool.isFull()) return taken;
      pool.take();
    }
  };
  expect(fullAfter(KEPT_BYTES / 16)).toBe(17);
  expect(fullAfter(KEPT_BYTES)).toBe(4);
});

test("null in place of trees, a matrix or options is refused with a code", () => {
  const trees = fitBoosting({ matrix, target: x, loss: "squared" }, small);
  const calls: readonly (() => unknown)[] = [
    () => fitBoosting({ matrix: null as never, target: x, loss: "squared" }),
    () => firstRounds({} as never, 1),
    () => shapValues(trees, null as never),
    () => shapValues(trees, matrix, null as never),
    () => shapValues(trees, matrix, { background: null as never }),
    () => shapInteractions(trees, undefined as never),
    () => treeSvg(trees, 0, null as never),
    () => treeSvg(trees, Symbol("a") as never),
  ];
  for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: expect.stringMatching(/^bad-/) }));
});

test("trees without a split say so", () => {
  const few = { rows: 15, features: [{ name: "x", kind: "numeric" as const, values: x.slice(0, 15) }] };
  const target = few.features[0]!.values.map((value, row) => value + (row % 2));
  const note = /^no split was found, .* the 15 learned rows as minDataInLeaf \(20\)/;
  const training = { matrix: few, target, loss: "squared" } as const;
  const boosted = fitBoosting(training);
  expect(boosted.notes).toEqual([expect.stringMatching(note)]);
  expect(fitBoosting(training, { featureFraction: 0.5 }).notes).toEqual(boosted.notes);
  expect(fitForest(training, { numTrees: 2, minDataInLeaf: 20 }).notes).toEqual(boosted.notes);
  expect(saveEnsemble(boosted)).not.toHaveProperty("notes");
  const learned = [
    fitBoosting(training, { minDataInLeaf: 2 }),
    fitForest(training, { numTrees: 2 }),
    fitBoosting(training, { numIterations: 0 }),
  ];
  for (const trees of learned) expect(trees).not.toHaveProperty("notes");
});

test("rows of one class are refused, unless the constant is asked for", () => {
  const target = x.map(() => 1);
  const refused = /all 400 rows to learn from are of class 1: .*allowConstLabel/;
  expect(asking({ target, loss: "logistic" })).toThrow(refused);
  expect(asking({ target, loss: { loss: "softmax", classes: 3 } })).toThrow(refused);
  expect(() => fitForest({ matrix, target, loss: "logistic" }, { numTrees: 2 })).toThrow(refused);
  // Rows that are not learned from do not count.
  const held = Int32Array.from({ length: 200 }, (_, row) => row);
  const halves = x.map((_, row) => (row < 200 ? 0 : 1));
  expect(asking({ target: halves, validation: held, loss: "logistic" })).toThrow(/all 200 rows/);
  const constant = fitBoosting({ matrix, target, loss: "logistic" }, { ...small, allow_const_label: true });
  expect(predict(constant, matrix).every((share) => share === predict(constant, matrix)[0] && share > 0.999)).toBe(true);
  expect(asking({ target, loss: "squared" })).not.toThrow();
});
