import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Feature } from "../../../src/core/matrix.ts";
import { type BoostingGiven, fitBoosting, fitForest, fitTree, predict, type TreeEnsemble } from "../../../src/engine/trees/index.ts";
import { referenceKernels } from "../../../src/engine/trees/kernels/reference.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";

/** Everything off that is not the search itself. Gains agree to the steps that gradients are rounded to: n / 2^30 of their mean size. */
const plain = {
  numLeaves: 2,
  minDataInLeaf: 1,
  minDataInBin: 1,
  minSumHessianInLeaf: 0,
  minDataPerGroup: 1,
  catSmooth: 0,
  catL2: 0,
  maxCatThreshold: 255,
};
const seeds = fc.integer({ min: 0, max: 1e6 });

function spread(values: number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((a, b) => a + (b - mean) ** 2, 0);
}

/** Drop of the squared error by the best of the given partitions (true = left). */
function bestDrop(target: Float64Array, partitions: ((row: number) => boolean)[]): number {
  const rows = Array.from(target.keys());
  const all = spread(Array.from(target));
  let best = 0;
  for (const isLeft of partitions) {
    const left = rows.filter(isLeft).map((row) => target[row]!);
    const right = rows.filter((row) => !isLeft(row)).map((row) => target[row]!);
    if (left.length > 0 && right.length > 0) best = Math.max(best, all - spread(left) - spread(right));
  }
  return best;
}

function rootGain(ensemble: TreeEnsemble): number {
  return ensemble.gain[0] ?? 0;
}

describe("the best split is the best of all splits", () => {
  it("numeric with missing on either side", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const uniform = uniformStream(seed, 0);
        const values = Float64Array.from({ length: 30 }, () => (uniform() < 0.2 ? Number.NaN : Math.floor(uniform() * 12)));
        const target = Float64Array.from(values, (v) => (Number.isNaN(v) ? 1 : Math.sin(v)) + uniform());
        const partitions = [...new Set(values)].flatMap((t) =>
          [true, false].map(
            (missingLeft) => (row: number) => (Number.isNaN(values[row]!) ? missingLeft : Number.isNaN(t) || values[row]! <= t),
          ),
        );
        const matrix = { rows: 30, features: [{ name: "x", kind: "numeric", values } satisfies Feature] };
        const training = { matrix, target, weight: null, validation: null, loss: { loss: "squared" } as const };
        const wanted = bestDrop(target, partitions);
        expect(rootGain(fitBoosting(training, { ...plain, numIterations: 1 }, 1))).toBeCloseTo(wanted, 5);
        expect(rootGain(fitTree(training, { ...plain }, 1))).toBeCloseTo(wanted, 5);
      }),
      { numRuns: 60 },
    );
  });

  it("categories: every subset of seven levels and missing", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const uniform = uniformStream(seed, 1);
        const codes = Int32Array.from({ length: 60 }, () => Math.floor(uniform() * 8) - 1);
        const effect = Array.from({ length: 8 }, () => uniform() * 2);
        const target = Float64Array.from(codes, (code) => effect[code + 1]! + uniform());
        const subsets = Array.from({ length: 256 }, (_, subset) => (row: number) => ((subset >> (codes[row]! + 1)) & 1) === 1);
        const matrix = { rows: 60, features: [{ name: "c", kind: "categorical", codes, levels: 7 } satisfies Feature] };
        const training = { matrix, target, weight: null, validation: null, loss: { loss: "squared" } as const };
        const wanted = bestDrop(target, subsets);
        expect(rootGain(fitBoosting(training, { ...plain, numIterations: 1 }, 1))).toBeCloseTo(wanted, 5);
        const binary = { ...training, target: target.map((y) => (y > 1.5 ? 1 : 0)) };
        const half = bestDrop(binary.target, subsets);
        expect(rootGain(fitTree({ ...binary, loss: { loss: "logistic" } }, { ...plain, maxCatToOnehot: 1 }, 1))).toBeCloseTo(half, 5);
        // With two classes the drop of Gini impurity is twice that of the squared error.
        expect(rootGain(fitTree({ ...binary, loss: { loss: "softmax", classes: 2 } }, plain, 1))).toBeCloseTo(2 * half, 5);
      }),
      { numRuns: 40 },
    );
  });
});

describe("thresholds", () => {
  const numeric = (name: string, values: Float64Array): Feature => ({ name, kind: "numeric", values });

  it("leave doubtful rows on both sides: sure ones do not count, however many", () => {
    const x = Float64Array.from({ length: 40 }, (_, i) => i);
    const hessian = x.map((i) => (i < 30 ? 0.1 : 1));
    const gradient = hessian.map((h, i) => (i < 30 ? -h : h));
    const loss = { loss: "custom", gradient: () => ({ gradient, hessian }) } as const;
    const training = { matrix: { rows: 40, features: [numeric("x", x)] }, target: x, weight: null, validation: null, loss };
    const options = { ...plain, numIterations: 1 };
    expect(fitBoosting(training, options, 1).threshold[0]).toBe(29.5);
    // All 30 sure rows have the hessian of 9.2 mean ones, but each of their bins less than half of one; a doubtful row has that of 3.1.
    expect(fitBoosting(training, { ...options, minDataInLeaf: 9 }, 1).threshold[0]).toBe(32.5);
  });

  it("part rows of little weight too, as sets of levels do, where a leaf may hold one row", () => {
    const codes = Int32Array.from({ length: 21 }, (_, i) => (i === 0 ? 0 : 1 + (i % 2)));
    const weight = Float64Array.from(codes, (code) => (code === 0 ? 0.1 : 1));
    const target = Float64Array.from(codes, (code) => [2, 0, 1][code]!);
    for (const feature of [numeric("x", Float64Array.from(codes)), { name: "x", kind: "categorical", codes, levels: 3 } as const]) {
      const training = { matrix: { rows: 21, features: [feature] }, target, weight };
      const options = { minDataInBin: 1, numLeaves: 8 };
      const trees = [
        fitTree({ ...training, loss: "squared" }, options),
        fitTree({ ...training, loss: "squared" }, { ...options, numLeaves: 0 }),
        fitTree({ ...training, loss: { loss: "softmax", classes: 3 } }, options),
        fitBoosting({ ...training, loss: "squared" }, { ...plain, numLeaves: 8, numIterations: 1 }),
      ];
      for (const tree of trees) expect(tree.feature.filter((place) => place >= 0)).toHaveLength(2);
    }
  });

  // Rows of group 0 have two values of x; those of group 1 have all of them.
  const group = Float64Array.from({ length: 44 }, (_, i) => (i < 22 ? 0 : 1));
  const fitted = (other: number) => {
    const x = Float64Array.from(group, (g, i) => (g === 1 ? (i - 22) % 11 : i % 2 === 0 ? 2 : other));
    const target = Float64Array.from(group, (g, i) => (g === 1 ? 100 : i % 2));
    const matrix = { rows: 44, features: [numeric("group", group), numeric("x", x)] };
    const binary = { ...{ weight: null, validation: null }, matrix, target: target.map((y) => (y === 100 ? 2 : y)) };
    const training = { ...binary, target, loss: { loss: "squared" } as const };
    const options = { ...plain, numLeaves: 3 };
    return [
      fitBoosting(training, { ...options, numIterations: 1, learningRate: 1 }, 1),
      fitTree(training, options, 1),
      fitTree(training, { ...options, numLeaves: 0 }, 1),
      fitTree({ ...binary, loss: { loss: "softmax", classes: 3 } }, options, 1),
    ];
  };

  it("lie in the middle of the gap between the values of their node", () => {
    for (const tree of fitted(9)) expect([...tree.threshold].sort((a, b) => b - a)[0]).toBe(5.5);
  });

  it("keep values together when only missing rows are parted from them", () => {
    for (const tree of fitted(Number.NaN)) {
      const rows = { rows: 2, features: [numeric("group", Float64Array.of(0, 0)), numeric("x", Float64Array.of(2, 10))] };
      const p = predict(tree, rows);
      const width = p.length / 2;
      expect(p.slice(width)).toEqual(p.slice(0, width));
    }
  });
});

describe("a node that draws its columns", () => {
  const rows = 16;
  const column = (name: string, of: (row: number) => number): Feature => ({
    name,
    kind: "numeric",
    values: Float64Array.from({ length: rows }, (_, row) => of(row)),
  });
  const target = Float64Array.from({ length: rows }, (_, row) => row);
  /** Leaves of a tree whose nodes draw one of the two columns, grown in each way. */
  const leavesOf = (features: readonly Feature[], y: Float64Array, seed: number) => {
    const training = { matrix: { rows, features }, target: y };
    const options = { ...plain, numLeaves: 0, featureFractionByNode: 0.5 };
    const forest = { ...options, numTrees: 1, bootstrap: false };
    const classes = y.map((value) => value % 3);
    return [
      fitForest({ ...training, loss: "squared" }, forest, seed),
      fitForest({ ...training, loss: "squared" }, forest, seed, referenceKernels),
      fitForest({ ...training, target: classes, loss: { loss: "softmax", classes: 3 } }, forest, seed),
      fitBoosting({ ...training, loss: "squared" }, { ...options, numIterations: 1 }, seed),
    ].map(({ feature }) => feature.filter((place) => place < 0).length);
  };

  it("draws on when those are constant in it", () => {
    // Below a split by the half, the half is constant.
    const features = [column("half", (row) => (row < 8 ? 0 : 1)), column("row", (row) => row)];
    for (let seed = 0; seed < 6; seed++) expect(leavesOf(features, target, seed)).toEqual([16, 16, 16, 16]);
  });

  it("stays a leaf when those could part it, but gain nothing", () => {
    // Rows of odd number have the target of those before them.
    const features = [column("odd", (row) => row % 2), column("row", (row) => row)];
    const y = target.map((row) => Math.floor(row / 2) % 3);
    const alone = Array.from({ length: 12 }, (_, seed) => leavesOf(features, y, seed).map((leaves) => leaves === 1));
    for (const way of [0, 1, 2, 3]) expect(new Set(alone.map((each) => each[way]))).toEqual(new Set([true, false]));
  });
});

describe("extra trees", () => {
  const rows = 70;
  /** How many rows are on the side of the smaller targets, in each of 420 trees of one split. */
  const smaller = (feature: Feature, make: typeof referenceKernels | null, limits: BoostingGiven = {}) => {
    const training = { matrix: { rows, features: [feature] }, target: Float64Array.from({ length: rows }, (_, row) => row % 7) };
    const options = { ...plain, numIterations: 420, learningRate: 1e-6, extraTrees: true, maxCatToOnehot: 1, ...limits };
    const { cover, feature: place, left, right, leafValues, treeStart } = fitBoosting({ ...training, loss: "squared" }, options, 3, make);
    const counts = new Map<number, number>();
    for (const root of treeStart.subarray(0, -1)) {
      if (place[root]! < 0) continue;
      const [one, other] = [left[root]!, right[root]!];
      const count = Math.round(cover[leafValues[left[one]!]! < leafValues[left[other]!]! ? one : other]!);
      counts.set(count, (counts.get(count) ?? 0) + 1);
    }
    return counts;
  };
  // Binomial(420, 1/6): standard deviation 7.6; 4.5 of them. Each value, level and missing has ten rows.
  const expectEven = (counts: ReadonlyMap<number, number>) => {
    expect([...counts.keys()].sort()).toEqual([10, 20, 30, 40, 50, 60]);
    for (const count of counts.values()) expect(Math.abs(count - 70)).toBeLessThan(34);
  };

  it("draw every threshold, and every prefix of the sorted levels, equally often", () => {
    const codes = Int32Array.from({ length: rows }, (_, row) => row % 7);
    const values = Float64Array.from(codes);
    for (const make of [null, referenceKernels]) {
      expectEven(smaller({ name: "x", kind: "numeric", values }, make));
      // The last threshold parts all values from the missing rows, whose target is the largest.
      expectEven(smaller({ name: "x", kind: "numeric", values: values.map((value) => (value === 6 ? Number.NaN : value)) }, make));
      expectEven(smaller({ name: "c", kind: "categorical", codes, levels: 7 }, make));
    }
  });

  it("keep to the limits of sets of levels: two at most on a side, and cuts where 20 rows are together", () => {
    // Levels of larger targets come first in their order: its cuts are after two and four of them, and before the last two.
    const feature = { name: "c", kind: "categorical" as const, codes: Int32Array.from({ length: rows }, (_, row) => row % 7), levels: 7 };
    for (const make of [null, referenceKernels]) {
      expect([...smaller(feature, make, { maxCatThreshold: 2 }).keys()].sort()).toEqual([10, 20, 50, 60]);
      expect([...smaller(feature, make, { minDataPerGroup: 20 }).keys()].sort()).toEqual([20, 30, 50]);
    }
  });
});

describe("a single tree", () => {
  it("finds steps exactly", () => {
    const values = Float64Array.from({ length: 300 }, (_, i) => i);
    const target = values.map((v) => (v < 100 ? 1 : v < 180 ? 5 : 2));
    const matrix = { rows: 300, features: [{ name: "x", kind: "numeric", values } satisfies Feature] };
    const training = { matrix, target, weight: null, validation: null, loss: { loss: "squared" } as const };
    // 300 values fall into 255 bins, so a step may lie inside a bin; with fewer values than bins it cannot.
    const few = {
      ...training,
      matrix: { rows: 300, features: [{ ...matrix.features[0]!, values: values.map((v) => Math.floor(v / 2)) }] },
    };
    const tree = fitTree(few, { maxDepth: 2 }, 1);
    const p = predict(tree, few.matrix);
    for (let i = 0; i < 300; i++) expect(p[i]).toBeCloseTo(target[i]!, 12);
    expect(tree.threshold.filter((_, node) => tree.feature[node]! >= 0).sort()).toEqual(Float64Array.of(49.5, 89.5));
  });
});

describe("forests", () => {
  it("class shares of a row add up to 1 and stay within 0 and 1", () => {
    const uniform = uniformStream(3, 0);
    const values = Float64Array.from({ length: 400 }, () => uniform());
    const target = values.map((v) => Math.min(2, Math.floor(v * 3 + uniform() - 0.5 + 0.5)));
    const matrix = { rows: 400, features: [{ name: "x", kind: "numeric", values } satisfies Feature] };
    const ensemble = fitForest(
      { matrix, target, weight: null, validation: null, loss: { loss: "softmax", classes: 3 } },
      { numTrees: 37 },
      1,
    );
    const p = predict(ensemble, matrix);
    for (let i = 0; i < 400; i++) {
      expect(p[i * 3]! + p[i * 3 + 1]! + p[i * 3 + 2]!).toBeCloseTo(1, 12);
      for (let k = 0; k < 3; k++) expect(p[i * 3 + k]! >= 0 && p[i * 3 + k]! <= 1).toBe(true);
    }
  });
});
