import { describe, expect, test } from "vitest";
import type { Feature, Matrix } from "../../../src/core/matrix.ts";
import { categoryBins, numericBins } from "../../../src/engine/trees/dataset/bins.ts";
import { createTreeDataset, fitBoosting, fitForest, predict, saveEnsemble } from "../../../src/engine/trees/index.ts";
import { referenceKernels } from "../../../src/engine/trees/kernels/reference.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";

describe("bins", () => {
  const binsOf = (values: readonly number[], rules: { maxBin: number; minDataInBin: number }) =>
    numericBins(Float64Array.from(values).sort(), rules).bins;
  const sizes = (values: readonly number[], { thresholds, valueBins }: ReturnType<typeof binsOf>) => {
    const counts = new Array<number>(valueBins).fill(0);
    for (const value of values) counts[thresholds.filter((t) => value > t).length]!++;
    return counts;
  };
  const counted = Array.from({ length: 600 }, (_, i) => i);

  test("more values than bins: about equal rows, frequent values alone, and no bin of too few rows", () => {
    expect(sizes(counted, binsOf(counted, { maxBin: 10, minDataInBin: 1 }))).toEqual(new Array(10).fill(60));
    const heavy = [...counted, ...new Array<number>(400).fill(320)];
    const found = sizes(heavy, binsOf(heavy, { maxBin: 10, minDataInBin: 1 }));
    expect(found).toHaveLength(10);
    expect(found.filter((rows) => rows >= 401)).toEqual([401]);
    expect(binsOf(counted, { maxBin: 255, minDataInBin: 100 }).valueBins).toBe(6);
  });

  test("levels: rare ones, and those beyond maxBin once 99 % of the rows are covered, share the bin of missing", () => {
    const levelsOf = (counts: readonly number[], rules: { maxBin: number; minDataInBin: number }) => {
      const codes = Int32Array.from(counts.flatMap((count, code) => new Array<number>(count).fill(code)));
      const { bins, others } = categoryBins(
        { name: "c", kind: "categorical", levels: counts.length, codes },
        Int32Array.from(codes.keys()),
        rules,
      );
      return [bins.valueBins, others];
    };
    expect(levelsOf([50, 40, 2, 30, 1], { maxBin: 255, minDataInBin: 3 })).toEqual([3, 3]);
    expect(levelsOf([1, 1, 1], { maxBin: 255, minDataInBin: 3 })).toEqual([2, 1]);
    // Two of three bins cover 90 %, four 99 %.
    expect(levelsOf([500, 400, 60, 30, 9, 1], { maxBin: 2, minDataInBin: 1 })).toEqual([4, 10]);
  });

  test("are found on so many rows as asked for", () => {
    const matrix: Matrix = { rows: 600, features: [{ name: "x", kind: "numeric", values: Float64Array.from(counted) }] };
    const binned = (binSampleRows: number) => {
      const dataset = createTreeDataset(matrix, { minDataInBin: 1, maxBin: 1000, binSampleRows });
      const { valueBins } = dataset.columns[0]!.bins;
      dataset.close();
      return valueBins;
    };
    expect([100, 600].map(binned)).toEqual([100, 600]);
  });
});

describe("bins beyond those of 15 bits", () => {
  const rows = 34_000;
  /** Many rows at both ends of the gap around the step, so that every draw of rows places it. */
  const apart = (value: number) => (Math.abs(value - 33_500) > 100 ? value : value <= 33_500 ? 33_400 : 33_600);
  const values = Float64Array.from({ length: rows }, (_, row) => (row % 100 === 7 ? Number.NaN : apart((row * 7919) % rows)));
  const codes = Int32Array.from({ length: rows }, (_, row) => (row * 7919) % rows);
  const x: Feature = { name: "x", kind: "numeric", values };
  const binning = { maxBin: 65_535, minDataInBin: 1 };
  // Missing has the bin after the last, 33,660.
  const target = values.map((value) => (Number.isNaN(value) ? 2 : value <= 33_500 ? 0 : 1));
  const expectAll = (wanted: Float64Array, found: (row: number) => number) =>
    expect(wanted.findIndex((y, row) => Math.abs(found(row) - y) > 1e-4)).toBe(-1);

  test("boosting: counted, split, parted, and walked by rows that the round left out", () => {
    const options = { ...binning, numIterations: 1, learningRate: 1, numLeaves: 3, baggingFraction: 0.5, boostFromAverage: false };
    for (const make of [null, referenceKernels]) {
      const matrix = { rows, features: [x] };
      // The second tree learns what the first left, from other rows: nothing, if all rows had the first one's leaf.
      const two = predict(fitBoosting({ matrix, target, loss: "squared" }, { ...options, numIterations: 2 }, 1, make), matrix);
      expectAll(target, (row) => two[row]!);
    }
  });

  test("forests of numbers and of classes", () => {
    const matrix = { rows, features: [x] };
    const options = { ...binning, numTrees: 1, bootstrap: false, featureFractionByNode: 1 };
    const means = predict(fitForest({ matrix, target, loss: "squared" }, options), matrix);
    expectAll(target, (row) => means[row]!);
    // The last rows want a split of a small node, which is counted in a way of its own.
    const classes = target.map((y, row) => (values[row]! > 33_940 ? (Math.floor(values[row]! / 20) + 1) % 2 : y));
    const shares = predict(fitForest({ matrix, target: classes, loss: { loss: "softmax", classes: 3 } }, options), matrix);
    expectAll(classes, (row) => shares[3 * row + 1]! + 2 * shares[3 * row + 2]!);
  });

  test("as many levels", () => {
    const matrix: Matrix = { rows, features: [{ name: "c", kind: "categorical", levels: rows, codes }] };
    const options = { ...binning, numIterations: 1, learningRate: 1, numLeaves: 2, maxCatThreshold: 65_535, minDataInLeaf: 1 };
    const y = Float64Array.from(codes, (code) => (code > 33_500 ? 1 : 0));
    const trees = fitBoosting({ matrix, target: y, loss: "squared" }, { ...options, catSmooth: 0, catL2: 0, minDataPerGroup: 1 }, 1);
    const found = predict(trees, matrix);
    expectAll(y, (row) => found[row]!);
  });
});

describe("sparse columns", () => {
  const rows = 640;
  const uniform = uniformStream(5, 2);
  const sparse = (name: string, isFilled: (row: number) => boolean, values: number): Feature => ({
    name,
    kind: "numeric",
    values: Float64Array.from({ length: rows }, (_, row) => (isFilled(row) ? 1 + Math.floor(values * uniform()) : 0)),
  });
  const slotsOf = (features: readonly Feature[]) => {
    const dataset = createTreeDataset({ rows, features }, { minDataInBin: 1 });
    const slots = new Set(dataset.columns.map(({ slot }) => slot)).size;
    dataset.close();
    return slots;
  };
  const expectAlike = (features: readonly Feature[]) => {
    const target = Float64Array.from({ length: rows }, (_, row) =>
      features.reduce((sum, f, k) => sum + (f.kind === "numeric" ? Math.sin(k + f.values[row]!) : 0), 0.1 * uniform()),
    );
    for (const make of [null, referenceKernels]) {
      const [joined, apart] = [true, false].map((enableBundle) => {
        const options = { numIterations: 4, minDataInBin: 1, baggingFraction: 0.7, enableBundle };
        return saveEnsemble(fitBoosting({ matrix: { rows, features }, target, loss: "squared" }, options, 1, make));
      });
      expect(joined).toEqual(apart);
    }
  };

  test("share a slot as long as no row fills two of them", () => {
    const apart = Array.from({ length: 6 }, (_, k) => sparse(`a${k}`, (row) => row % 8 === k, 3));
    expect(slotsOf(apart)).toBe(1);
    // One row in two of them is enough: the last column needs a slot for itself.
    const overlapping = apart.with(
      5,
      sparse("a5", (row) => row % 8 === 5 || row === 329, 3),
    );
    expect(slotsOf(overlapping)).toBe(2);
    expectAlike(apart);
    expectAlike(overlapping);
  });

  test("share a slot as long as their values fit into a byte", () => {
    const wide = Array.from({ length: 4 }, (_, k) => sparse(`a${k}`, (row) => row % 8 === k, 1e6));
    expect(slotsOf(wide)).toBe(2);
    expectAlike(wide);
  });
});
