import { describe, expect, test } from "vitest";
import type { Feature, Matrix } from "../../../src/core/matrix.ts";
import { type BoostingGiven, fitBoosting, type LossName, predictRaw, type TreeEnsemble } from "../../../src/engine/trees/index.ts";
import { referenceKernels } from "../../../src/engine/trees/kernels/reference.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";
import { nodeShare } from "../../../src/engine/trees/rules.ts";
import { faultsOf, NO_RULES } from "./brute-tree.ts";
import { LOSSES, randomData, takeRows, trainingOf } from "./data.ts";

// What one round of boosting learns from: its rows, their factors and weights, its columns, and the scores that the rounds before have left.

const bothKernels = [null, referenceKernels];
/** A tree of one leaf: its value is that of the rows that the round saw. */
const constant = { minDataInLeaf: 1e9, boostFromAverage: false, learningRate: 1 };
const numeric = (name: string, rows: number, of: (row: number) => number): Feature => ({
  name,
  kind: "numeric",
  values: Float64Array.from({ length: rows }, (_, row) => of(row)),
});

/** Place of each tree's root. */
function roots({ treeStart }: TreeEnsemble): number[] {
  return [...treeStart.subarray(0, -1)];
}

function featuresOf({ treeStart, feature }: TreeEnsemble, tree: number): Set<number> {
  return new Set([...feature.subarray(treeStart[tree], treeStart[tree + 1])].filter((place) => place >= 0));
}

function onlyTrees(ensemble: TreeEnsemble, count: number): TreeEnsemble {
  return { ...ensemble, treeStart: ensemble.treeStart.subarray(0, count + 1), treeOutput: ensemble.treeOutput.subarray(0, count) };
}

describe("sampling", () => {
  test("GOSS: rows of small gradients stand for all of those, in gradients and in hessians", () => {
    // 20 rows lack 8, the other 80 have 2 too much: together they want 2.
    const target = Float64Array.from({ length: 100 }, (_, row) => (row % 5 === 0 ? 10 : 0));
    const matrix = { rows: 100, features: [numeric("x", 100, (row) => row)] };
    const options = { ...constant, learningRate: 0.5, numIterations: 4, sampling: "goss", topRate: 0.2, otherRate: 0.1 } as const;
    const trees = fitBoosting({ matrix, target, loss: "squared" }, options);
    expect(roots(trees).map((root) => trees.cover[root])).toEqual([100, 100, 100, 100]);
    for (const [round, value] of [1, 0.5, 0.25, 0.125].entries()) expect(trees.leafValues[round]).toBeCloseTo(value, 6);
  });

  test("shares of both classes are those asked for", () => {
    const target = Float64Array.from({ length: 100 }, (_, row) => (row < 20 ? 1 : 0));
    const matrix = { rows: 100, features: [numeric("x", 100, (row) => row)] };
    const options = { ...constant, numIterations: 1, posBaggingFraction: 0.9, negBaggingFraction: 0.25 };
    const { cover, leafValues } = fitBoosting({ matrix, target, loss: "logistic" }, options);
    // 18 of 20 and 20 of 80, each with the hessian 1/4 and the gradient -1/2 or 1/2.
    expect(cover[0]).toBeCloseTo(38 / 4, 6);
    expect(leafValues[0]).toBeCloseTo((18 - 20) / 2 / (38 / 4), 6);
  });

  test("rows that a round leaves out have the scores of its tree too", () => {
    const { matrix, score } = randomData(3, { rows: 500, numeric: 3, levels: [3, 300], missing: 0.1 });
    const turn = Int32Array.from({ length: 500 }, (_, row) => (row * 7) % 11);
    const shared = [1, 2, 3].map((k) => numeric(`s${k}`, 500, (row) => (turn[row] === k ? 1 + (row % 3) : 0)));
    const wide = { rows: 500, features: [...matrix.features, ...shared] };
    const rowOf = Float64Array.from(score.keys());
    for (const make of bothKernels) {
      const seen: Map<number, number>[] = [];
      const loss: LossName = {
        loss: "custom",
        gradient: (scores, rows) => {
          seen.push(new Map(Array.from(rows, (row, i) => [row, scores[i]!])));
          return { gradient: scores.map((s, i) => s - score[rows[i]!]!), hessian: scores.map(() => 1) };
        },
      };
      const options = { numIterations: 5, baggingFraction: 0.4, minDataInLeaf: 2, minDataInBin: 1, catSmooth: 1, minDataPerGroup: 2 };
      const trees = fitBoosting({ matrix: wide, target: rowOf, loss }, { ...options, maxBin: 400 }, 1, make);
      const raw = Array.from({ length: 5 }, (_, trained) => predictRaw(onlyTrees(trees, trained), wide));
      expect(seen.map(({ size }) => size)).toEqual([200, 200, 200, 200, 200]);
      const errors = seen.flatMap((scores, round) => Array.from(scores, ([row, found]) => Math.abs(found - raw[round]![row]!)));
      expect(Math.max(...errors)).toBeLessThan(1e-12);
    }
  });
});

describe("columns", () => {
  const rows = 200;
  const uniform = uniformStream(2, 2);
  const matrix: Matrix = { rows, features: Array.from({ length: 10 }, (_, k) => numeric(`x${k}`, rows, uniform)) };
  const target = Float64Array.from({ length: rows }, (_, row) =>
    matrix.features.reduce((sum, f) => sum + (f.kind === "numeric" ? f.values[row]! : 0), 0),
  );
  const grow = (given: BoostingGiven) =>
    fitBoosting({ matrix, target, loss: "squared" }, { numIterations: 40, minDataInLeaf: 2, ...given }, 1);

  test("featureFraction: each tree draws its share of them, and no other", () => {
    const trees = grow({ featureFraction: 0.3 });
    const used = Array.from({ length: 40 }, (_, tree) => featuresOf(trees, tree));
    expect(used.map(({ size }) => size)).toEqual(new Array(40).fill(3));
    expect(new Set(used.flatMap((each) => [...each])).size).toBe(10);
    expect(new Set(used.map((each) => [...each].sort().join())).size).toBeGreaterThan(20);
  });

  test("featureFractionByNode: each node draws its share of those of its tree", () => {
    const trees = grow({ featureFraction: 0.3, featureFractionByNode: 0.3, numLeaves: 12 });
    const used = Array.from({ length: 40 }, (_, tree) => featuresOf(trees, tree));
    // One column of three for a node: with eleven nodes all three are drawn, but for 3 (2/3)^11 of the trees.
    expect(used.every(({ size }) => size <= 3) && used.filter(({ size }) => size === 3).length > 30).toBe(true);
    // The strongest column is the root's where the root has drawn it: in 3 trees of 10.
    const strong = target.map((y, row) => y + 100 * Math.round((matrix.features[4] as { values: Float64Array }).values[row]!));
    const options = { numIterations: 400, numLeaves: 2, learningRate: 1e-6, featureFractionByNode: 0.3, maxBin: 15 };
    const stumps = fitBoosting({ matrix, target: strong, loss: "squared" }, options, 1);
    const taken = roots(stumps).filter((root) => stumps.feature[root] === 4).length;
    // Binomial(400, 0.3): standard deviation 9.2; 4.5 of them.
    expect(Math.abs(taken - 120)).toBeLessThan(42);
  });
});

test("a round that finds no split ends the training only where no later one could find more", () => {
  const x = numeric("x", 40, (row) => row % 2);
  const many = numeric("x", 40, (row) => row);
  const target = Float64Array.from({ length: 40 }, (_, row) => row % 2);
  const rounds = (feature: Feature, given: BoostingGiven, seed: number) =>
    fitBoosting({ matrix: { rows: 40, features: [feature] }, target, loss: "squared" }, { numIterations: 12, ...given }, seed).treeOutput
      .length;
  const seeds = [1, 2, 3, 4];
  // Ten rows of each side are drawn now and then; the middle threshold is drawn now and then.
  expect(seeds.map((seed) => rounds(x, { baggingFraction: 0.5, minDataInLeaf: 10 }, seed))).toEqual([12, 12, 12, 12]);
  expect(seeds.map((seed) => rounds(many, { extraTrees: true, minDataInLeaf: 19 }, seed))).toEqual([12, 12, 12, 12]);
  expect(seeds.map((seed) => rounds(x, { minDataInLeaf: 21 }, seed))).toEqual([0, 0, 0, 0]);
});

test("shares of columns by name", () => {
  expect((["sqrt", "log2", "auto"] as const).map((word) => 64 * nodeShare(word, 64, true))).toEqual([8, 6, 8]);
  expect([64 * nodeShare("auto", 64, false), nodeShare(0.3, 64, false), nodeShare("log2", 1, true)]).toEqual([64 / 3, 0.3, 1]);
});

describe("weights", () => {
  test("logistic loss: weights count in gradients and hessians, in the kernels and where rows of class 1 weigh more", () => {
    for (const [seed, classes] of [{}, {}, { scalePosWeight: 2.5 }, { isUnbalance: true }].entries()) {
      const { matrix, score } = randomData(seed, { rows: 80, numeric: 3, levels: [], missing: 0.1 });
      const uniform = uniformStream(seed, 8);
      const weight = score.map(() => 0.25 + 3 * uniform());
      const target = score.map((s) => (s > 0.3 ? 1 : 0));
      const sum = (of: (row: number) => number) => target.reduce((all, _, row) => all + of(row), 0);
      const even = sum((row) => weight[row]! * (1 - target[row]!)) / sum((row) => weight[row]! * target[row]!);
      const positive = "isUnbalance" in classes ? even : (classes.scalePosWeight ?? 1);
      const total = weight.map((w, row) => w * (target[row] === 1 ? positive : 1));
      const p = sum((row) => total[row]! * target[row]!) / sum((row) => total[row]!);
      const [g, h] = [total.map((w, row) => w * (p - target[row]!)), total.map((w) => w * p * (1 - p))];
      const rules = { ...NO_RULES, numLeaves: 6, minDataInLeaf: 3, minSumHessianInLeaf: 1 };
      const options = { ...rules, ...classes, numIterations: 1, learningRate: 1, minDataInBin: 1 };
      for (const make of bothKernels) {
        const trees = fitBoosting({ matrix, target, weight, loss: "logistic" }, options, 1, make);
        expect(trees.base[0]).toBeCloseTo(Math.log(p / (1 - p)), 12);
        // Here the constant is the base; leaves are those of a tree that starts from it.
        expect(faultsOf({ features: matrix.features, g, h, rules }, trees)).toEqual([]);
      }
    }
  });

  test("of every loss: a row of weight 2 tells the first split what that row twice tells it", () => {
    for (const loss of LOSSES.filter((each) => each.loss !== "lambdarank")) {
      for (let seed = 0; seed < 4; seed++) {
        const { matrix, score } = randomData(seed, { rows: 60, numeric: 3, levels: [3], missing: 0.1 });
        const uniform = uniformStream(seed, 5);
        const weight = score.map((_, row) => (row === 0 ? 1 : Math.floor(3 * uniform())));
        const rows = [...score.keys()].flatMap((row) => new Array<number>(weight[row]!).fill(row));
        const copied = Float64Array.from(rows, (row) => score[row]!);
        const options = { numIterations: 1, numLeaves: 2, minDataInLeaf: 1, minDataInBin: 1, minSumHessianInLeaf: 0.2 };
        const one = fitBoosting(trainingOf(matrix, score, loss, weight), options);
        const other = fitBoosting(trainingOf(takeRows(matrix, rows), copied, loss), options);
        // Where two splits gain the same, rounding decides which one is taken: so gains are compared, not splits.
        const about = ({ gain, cover, treeStart }: TreeEnsemble) =>
          [...treeStart.subarray(0, -1)].flatMap((root) => [gain[root]!, cover[root]!].map((value) => value.toPrecision(5)));
        expect(about(one)).toEqual(about(other));
        expect(one.gain[0]).toBeGreaterThan(0);
      }
    }
  });

  test("leaves of absolute and quantile losses: the weighted quantile of what their rows lack", () => {
    const { matrix, score } = randomData(4, { rows: 200, numeric: 3, levels: [], missing: 0 });
    const uniform = uniformStream(4, 8);
    const weight = score.map(() => 1 + Math.floor(4 * uniform()));
    for (const [loss, share] of [
      [{ loss: "absolute" }, 0.5],
      [{ loss: "quantile", alpha: 0.8 }, 0.8],
    ] as [LossName, number][]) {
      const trees = fitBoosting({ matrix, target: score, weight, loss }, { numIterations: 2, numLeaves: 5, learningRate: 1 });
      const before = predictRaw(onlyTrees(trees, 1), matrix);
      const after = predictRaw(trees, matrix);
      const leaves = [...trees.leafValues.subarray(trees.leafValues.length - 5)];
      expect(new Set(leaves).size).toBeGreaterThan(2);
      for (const value of leaves) {
        const rows = [...score.keys()].filter((row) => Math.abs(after[row]! - before[row]! - value) < 1e-9);
        const total = rows.reduce((sum, row) => sum + weight[row]!, 0);
        const below = (isBelow: (lack: number) => boolean) =>
          rows.filter((row) => isBelow(score[row]! - before[row]! - value)).reduce((sum, row) => sum + weight[row]!, 0);
        // Rows below it weigh at most that share, rows below and at it at least.
        expect(below((lack) => lack < -1e-9)).toBeLessThanOrEqual(share * total + 1e-9);
        expect(below((lack) => lack < 1e-9)).toBeGreaterThanOrEqual(share * total - 1e-9);
      }
    }
  });
});
