import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Feature, Matrix } from "../../../src/core/matrix.ts";
import type { KernelMaker } from "../../../src/engine/trees/growth/seat.ts";
import {
  type BoostingGiven,
  createTreeDataset,
  type ForestGiven,
  fitBoosting,
  fitForest,
  type LossName,
  openTreeDataset,
  predict,
  predictRaw,
  saveEnsemble,
  type TreeEnsemble,
} from "../../../src/engine/trees/index.ts";
import { referenceKernels } from "../../../src/engine/trees/kernels/reference.ts";
import { type WasmKernels, wasmKernels } from "../../../src/engine/trees/kernels/wasm.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";
import { threadsFor } from "../../../src/engine/trees/rules.ts";
import { randomData, takeRows, trainingOf } from "./data.ts";

const logistic = { loss: "logistic" } as const;
const squared = { loss: "squared" } as const;
const seeds = fc.integer({ min: 0, max: 1e6 });

const LOSSES: readonly LossName[] = [
  logistic,
  squared,
  { loss: "softmax", classes: 3 },
  { loss: "poisson" },
  { loss: "quantile", alpha: 0.8 },
  { loss: "quantiles", alphas: [0.1, 0.5, 0.9] },
  { loss: "lambdarank" },
];
const OPTIONS: readonly BoostingGiven[] = [
  {},
  { growth: "depth-wise", maxDepth: 4, lambdaL1: 0.3, lambdaL2: 2 },
  { extraTrees: true, featureFraction: 0.5, baggingFraction: 0.6 },
  { featureFractionByNode: 0.5, pathSmooth: 3 },
  { maxBin: 2000, minDataInBin: 1, maxDeltaStep: 0.5 },
  {
    interactionConstraints: [
      ["x0", "x1"],
      ["x1", "c0"],
    ],
  },
  { sampling: "goss", learningRate: 0.4 },
];
/** Trees that are grown whole in one call. */
const WHOLE: readonly BoostingGiven[] = [
  {},
  { growth: "depth-wise", maxDepth: 4, lambdaL2: 2 },
  { featureFraction: 0.3, baggingFraction: 0.6 },
  { extraTrees: true, numLeaves: 40, minDataInLeaf: 2 },
  { maxBin: 2000, minDataInBin: 1, catSmooth: 3, minDataPerGroup: 2, maxCatToOnehot: 8, minSumHessianInLeaf: 2 },
  { minGainToSplit: 0.5, numLeaves: 2 },
];

/** With six columns that are seldom set and never two at once, so they share a slot, and one of 200 levels. */
function sharedAndWide(seed: number, rows: number): { matrix: Matrix; score: Float64Array } {
  const { matrix, score } = randomData(seed, { rows, numeric: 4, levels: [3, 200], missing: 0.05 });
  const uniform = uniformStream(seed, 5);
  const turn = Float64Array.from({ length: rows }, () => Math.floor(12 * uniform()));
  const sparse = Array.from(
    { length: 6 },
    (_, j): Feature => ({ name: `s${j}`, kind: "numeric", values: turn.map((t) => (t === j ? 1 + (t % 2) : 0)) }),
  );
  return { matrix: { rows, features: [...matrix.features, ...sparse] }, score };
}

function weightFor(seed: number, rows: number): Float64Array | null {
  const uniform = uniformStream(seed, 6);
  return seed % 2 === 0 ? Float64Array.from({ length: rows }, () => Math.floor(3 * uniform())) : null;
}

/** The same trees with each number of threads, however little there is to share. */
function expectAlike(threadCounts: readonly number[], wanted: unknown, train: (make: KernelMaker) => TreeEnsemble): void {
  for (const threads of threadCounts) {
    let kernels: WasmKernels | null = null;
    const ensemble = train((memory) => {
      kernels = wasmKernels(memory, threads);
      return kernels;
    });
    (kernels as WasmKernels | null)?.close();
    expect(saveEnsemble(ensemble)).toEqual(wanted);
  }
}

describe("the kernels in WebAssembly and in TypeScript grow the same trees, with any number of threads", () => {
  const cases = fc.record({
    seed: seeds,
    loss: fc.constantFrom(...LOSSES),
    options: fc.constantFrom(...OPTIONS),
    rows: fc.constantFrom(150, 700, 2500),
    weighted: fc.boolean(),
  });

  it("boosting", () => {
    fc.assert(
      fc.property(cases, ({ seed, loss, options, rows, weighted }) => {
        const { matrix, score } = randomData(seed, { rows, numeric: 5, levels: [4, 30], missing: 0.1 });
        const uniform = uniformStream(seed, 9);
        const weight = weighted ? Float64Array.from({ length: rows }, () => Math.floor(3 * uniform()) / 2 + 0.5) : null;
        const training = trainingOf(matrix, score, loss, weight);
        const given = { numIterations: 6, minDataInLeaf: 5, minDataPerGroup: 5, numLeaves: 12, ...options };
        const wanted = saveEnsemble(fitBoosting(training, given, seed, referenceKernels));
        expectAlike([1, 2], wanted, (make) => fitBoosting(training, given, seed, make));
      }),
      { numRuns: 4 },
    );
  });

  it("forests", () => {
    fc.assert(
      fc.property(cases, fc.boolean(), ({ seed, loss, rows }, extraTrees) => {
        const { matrix, score } = randomData(seed, { rows, numeric: 5, levels: [4, 30], missing: 0.1 });
        const training = trainingOf(matrix, score, loss.loss === "softmax" || loss.loss === "logistic" ? loss : squared);
        const given = { numTrees: 3, extraTrees };
        const wanted = saveEnsemble(fitForest(training, given, seed, referenceKernels));
        expectAlike([1, 2], wanted, (make) => fitForest(training, given, seed, make));
      }),
      { numRuns: 4 },
    );
  });

  it("forests whose trees are grown below a split in one call: shared slots, wide columns, weights, many sets of levels", () => {
    const options = fc.constantFrom<ForestGiven>(
      {},
      { featureFractionByNode: 1, maxDepth: 6 },
      { minDataInLeaf: 4, maxBin: 1500, minDataInBin: 1 },
      { catSmooth: 3, minDataPerGroup: 2, maxCatToOnehot: 8, minSumHessianInLeaf: 2 },
      { featureFraction: 0.6, minGainToSplit: 0.05 },
    );
    fc.assert(
      fc.property(seeds, options, fc.boolean(), fc.constantFrom(60, 1500, 9000), (seed, given, extraTrees, rows) => {
        const { matrix, score } = sharedAndWide(seed, rows);
        const training = trainingOf(matrix, score, seed % 3 === 0 ? squared : logistic, weightFor(seed, rows));
        const all = { numTrees: 2, extraTrees, bootstrap: training.weight === null, ...given };
        const wanted = saveEnsemble(fitForest(training, all, seed, referenceKernels));
        expectAlike([1, 2], wanted, (make) => fitForest(training, all, seed, make));
      }),
      { numRuns: 4 },
    );
  });

  it("boosting whose trees are grown whole in one call: shared slots, wide columns, weights, many sets of levels", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...WHOLE), fc.constantFrom(60, 1500, 9000), (seed, given, rows) => {
        const { matrix, score } = sharedAndWide(seed, rows);
        const training = trainingOf(matrix, score, seed % 3 === 0 ? squared : logistic, weightFor(seed, rows));
        const all = { numIterations: 4, minDataInLeaf: 5, minDataPerGroup: 5, numLeaves: 12, ...given };
        const wanted = saveEnsemble(fitBoosting(training, all, seed, referenceKernels));
        expectAlike([1, 2], wanted, (make) => fitBoosting(training, all, seed, make));
      }),
      { numRuns: 4 },
    );
  });

  it("many rows, where threads share the work", () => {
    const { matrix, score } = randomData(3, { rows: 40_000, numeric: 12, levels: [300], missing: 0.05 });
    const training = trainingOf(matrix, score, logistic);
    const given = { numIterations: 5 };
    const one = saveEnsemble(fitBoosting(training, given, 1));
    expectAlike([2, 3], one, (make) => fitBoosting(training, given, 1, make));
    expect(saveEnsemble(fitBoosting(training, given, 1, referenceKernels))).toEqual(one);
  });
});

describe("a dataset is binned once", () => {
  const { matrix, score } = randomData(7, { rows: 900, numeric: 4, levels: [5], missing: 0.1 });
  const training = { ...trainingOf(matrix, score, logistic), query: null };
  const options = { numIterations: 10, minDataInLeaf: 5 };

  it("trainings on rows and columns of it are those on the matrix, when bins hold every value", () => {
    const whole: Matrix = {
      rows: 900,
      features: matrix.features.map((f): Feature => (f.kind === "numeric" ? { ...f, values: f.values.map((v) => Math.round(v * 20)) } : f)),
    };
    const dataset = createTreeDataset(whole, { minDataInBin: 1 });
    const rows = Int32Array.from({ length: 900 }, (_, i) => i).filter((i) => i % 3 !== 0);
    const columns = ["x0", "x2", "c0"];
    const shared = fitBoosting({ ...training, matrix: dataset, rows, columns }, options, 1);
    const few = { rows: 900, features: whole.features.filter(({ name }) => columns.includes(name)) };
    const own = fitBoosting({ ...training, matrix: few, rows }, { ...options, minDataInBin: 1 }, 1);
    expect(predict(shared, whole)).toEqual(predict(own, whole));
    expect(new Set(Array.from(shared.feature, (place) => shared.features[place]?.name ?? "leaf"))).not.toContain("x1");
    dataset.close();
  });

  it("and shared with threads that train at the same time, without a copy", async () => {
    const dataset = createTreeDataset(matrix, {});
    const source = { ...training, matrix: dataset };
    const folds = [0, 1, 2, 3].map((fold) => Int32Array.from({ length: 900 }, (_, i) => i).filter((i) => i % 4 !== fold));
    const wanted = folds.map((rows) => saveEnsemble(fitBoosting({ ...source, rows }, options, 1)));
    const found = await Promise.all(folds.map((rows) => inWorker({ handle: dataset.share(), target: training.target, rows, options })));
    expect(found).toEqual(wanted);
    expect(saveEnsemble(fitBoosting({ ...training, matrix: openTreeDataset(dataset.share()), rows: folds[0]! }, options, 1))).toEqual(
      wanted[0],
    );
    dataset.close();
  });

  it("refuses what it cannot do", () => {
    const dataset = createTreeDataset(matrix, {});
    const source = { ...training, matrix: dataset };
    expect(() => fitBoosting({ ...source, columns: ["x9"] }, {}, 1)).toThrow(/"x9", which is no feature; did you mean "x0"/);
    expect(() => fitBoosting({ ...source, rows: Int32Array.of(900) }, {}, 1)).toThrow(/training row 900/);
    expect(() => fitBoosting(source, { categoricalEncoding: "ordered-target" }, 1)).toThrow(/needs a matrix/);
    dataset.close();
  });
});

/** Needs dist/, as all tests with threads. */
function inWorker(job: object): Promise<unknown> {
  const entry = new URL("../../../dist/trees.js", import.meta.url).href;
  const source = `
    const { parentPort, workerData: { handle, target, rows, options } } = require("node:worker_threads");
    import(${JSON.stringify(entry)}).then(({ openTreeDataset, fitBoosting, saveEnsemble }) => {
      const training = { matrix: openTreeDataset(handle), target, weight: null, validation: null, loss: { loss: "logistic" }, rows };
      parentPort.postMessage(saveEnsemble(fitBoosting(training, options, 1)));
    });`;
  return new Promise((resolve, reject) => {
    const worker = new Worker(source, { eval: true, workerData: job });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** Predictions along one feature, all else as in `row`. */
function along(ensemble: TreeEnsemble, matrix: Matrix, name: string, row: number): Float64Array {
  const base = takeRows(matrix, new Array<number>(80).fill(row));
  const values = Float64Array.from({ length: 80 }, (_, i) => -2 + i / 20);
  const features = base.features.map((f): Feature => (f.name === name ? { name, kind: "numeric", values } : f));
  return predictRaw(ensemble, { rows: 80, features });
}

describe("options do what they say", () => {
  const shape = { rows: 1500, numeric: 4, levels: [6], missing: 0.05 };
  const { matrix, score } = randomData(11, shape);
  const training = trainingOf(matrix, score, squared);

  it("monotone constraints hold everywhere, free features stay free", () => {
    const monotoneConstraints = { x0: 1, x1: -1 };
    const ensemble = fitBoosting(training, { numIterations: 40, monotoneConstraints }, 1);
    const classes = trainingOf(matrix, score, logistic);
    const forests = [training, classes].map((each) => fitForest(each, { numTrees: 2, monotoneConstraints }, 1));
    for (const each of [ensemble, ...forests]) {
      for (let row = 0; row < 40; row++) {
        const [up, down] = [along(each, matrix, "x0", row), along(each, matrix, "x1", row)];
        expect(up.every((value, i) => i === 0 || value >= up[i - 1]!)).toBe(true);
        expect(down.every((value, i) => i === 0 || value <= down[i - 1]!)).toBe(true);
      }
    }
    expect(forests[1]!.leafValues.every((share) => share >= 0 && share <= 1 / 2)).toBe(true);
    const free = along(ensemble, matrix, "x2", 0);
    expect(free.some((v, i) => i > 0 && v > free[i - 1]!) && free.some((v, i) => i > 0 && v < free[i - 1]!)).toBe(true);
    expect(() => fitBoosting(training, { monotoneConstraints: { c0: 1 } }, 1)).toThrow(/"c0" is categorical/);
  });

  it("a path keeps to one set of interactions", () => {
    const ensemble = fitBoosting(training, { numIterations: 20, interactionConstraints: [["x0", "x1"], ["x2"]] }, 1);
    for (const path of pathsOf(ensemble)) {
      const names = new Set(path.map((place) => ensemble.features[place]!.name));
      const isAllowed = [["x0", "x1"], ["x2"], ["x3"], ["c0"]].some((set) => [...names].every((name) => set.includes(name)));
      expect(isAllowed, [...names].join()).toBe(true);
    }
  });

  it("depth-wise trees with a depth are full before they go deeper", () => {
    const ensemble = fitBoosting(
      training,
      { numIterations: 3, growth: "depth-wise", numLeaves: 8, minDataInLeaf: 1, featureFraction: 1 },
      1,
    );
    for (const path of pathsOf(ensemble)) expect(path.length).toBe(3);
  });

  it("bundles of exclusive columns change no tree, and save memory", () => {
    const uniform = uniformStream(5, 2);
    const rows = 3000;
    const of = Int32Array.from({ length: rows }, () => Math.floor(uniform() * 40));
    const flags = Array.from(
      { length: 40 },
      (_, k): Feature => ({ name: `f${k}`, kind: "numeric", values: Float64Array.from(of, (v) => (v === k ? 1 + (k % 3) : 0)) }),
    );
    const sparse: Matrix = {
      rows,
      features: [...flags, { name: "x", kind: "numeric", values: Float64Array.from({ length: rows }, uniform) }],
    };
    const y = Float64Array.from(of, (v) => Math.sin(v) + uniform());
    const sparseTraining = { matrix: sparse, target: y, weight: null, validation: Int32Array.of(1, 2, 3), loss: squared };
    const given = { numIterations: 20, earlyStoppingRounds: 0 };
    const [joined, apart] = [true, false].map((enableBundle) => fitBoosting(sparseTraining, { ...given, enableBundle }, 1));
    expect(saveEnsemble(joined!)).toEqual(saveEnsemble(apart!));
    const [few, many] = [true, false].map((enableBundle) => createTreeDataset(sparse, { enableBundle }));
    expect([few!.slots.slots8, many!.slots.slots8]).toEqual([8, 48]);
  });

  it("more bins than a byte holds part what 255 bins join", () => {
    const values = Float64Array.from({ length: 6000 }, (_, i) => i);
    const fine: Matrix = { rows: 6000, features: [{ name: "x", kind: "numeric", values }] };
    const target = values.map((v) => (v === 3001 ? 100 : 0));
    const options = { numIterations: 1, learningRate: 1, numLeaves: 3, minDataInLeaf: 1, minDataInBin: 1 };
    const spike = (maxBin: number) =>
      predict(fitBoosting({ ...trainingOf(fine, target, squared) }, { ...options, maxBin }, 1), fine)[3001]!;
    expect(spike(65_535)).toBeCloseTo(100, 4);
    expect(spike(255)).toBeLessThan(20);
  });

  it("ordered target statistics split by sets of levels, without an encoder", () => {
    const uniform = uniformStream(4, 4);
    const rows = 4000;
    const codes = Int32Array.from({ length: rows }, () => Math.floor(uniform() * 300));
    const effect = Float64Array.from({ length: 300 }, () => uniform());
    const levels: Matrix = { rows, features: [{ name: "c", kind: "categorical", levels: 300, codes }] };
    const y = Float64Array.from(codes, (code) => (uniform() < effect[code]! ? 1 : 0));
    const ensemble = fitBoosting(
      { matrix: levels, target: y, weight: null, validation: null, loss: logistic },
      { numIterations: 30, categoricalEncoding: "ordered-target" },
      1,
    );
    expect(ensemble.features).toEqual([{ name: "c", kind: "categorical", levels: 300 }]);
    const p = predict(ensemble, {
      rows: 301,
      features: [{ name: "c", kind: "categorical", levels: 300, codes: Int32Array.from({ length: 301 }, (_, i) => (i === 300 ? -1 : i)) }],
    });
    const errors = Array.from(effect, (e, code) => Math.abs(e - p[code]!));
    expect(errors.reduce((a, b) => a + b, 0) / 300).toBeLessThan(0.13);
    expect(Math.abs(p[300]! - 0.5)).toBeLessThan(0.15);
  });

  it("path smoothing and a largest step keep leaves near", () => {
    const spreadOf = (given: BoostingGiven) => {
      const { leafValues } = fitBoosting(training, { numIterations: 1, learningRate: 1, ...given }, 1);
      return Math.max(...leafValues) - Math.min(...leafValues);
    };
    const free = spreadOf({});
    expect(spreadOf({ pathSmooth: 200 })).toBeLessThan(0.8 * free);
    expect(spreadOf({ maxDeltaStep: 0.25 })).toBeLessThanOrEqual(0.5);
  });

  it("early stopping by a metric, automatic learning rate, GOSS and bagging by class learn", () => {
    const binary = trainingOf(matrix, score, logistic);
    const validation = Int32Array.from({ length: 300 }, (_, i) => 5 * i);
    const errorOf = (given: BoostingGiven, watch: Int32Array | null) => {
      const p = predict(fitBoosting({ ...binary, validation: watch }, given, 1), matrix);
      return validation.reduce((sum, row) => sum + ((p[row]! > 0.5 ? 1 : 0) === binary.target[row] ? 0 : 1), 0) / validation.length;
    };
    for (const given of [
      { numIterations: 200, earlyStoppingRounds: 20, earlyStoppingMetric: "auc" },
      { numIterations: 200, learningRate: "auto" },
      { numIterations: 100, sampling: "goss", topRate: 0.3, otherRate: 0.2 },
      { numIterations: 100, posBaggingFraction: 0.5, negBaggingFraction: 0.7, baggingFreq: 3 },
    ] as const) {
      expect(errorOf(given, validation)).toBeLessThan(0.2);
    }
  });
});

/** Features on the way to every leaf. */
function pathsOf({ treeStart, treeOutput, feature, left, right }: TreeEnsemble): number[][] {
  const paths: number[][] = [];
  const walk = (node: number, path: readonly number[]): void => {
    if (feature[node]! < 0) paths.push([...path]);
    else for (const child of [left[node]!, right[node]!]) walk(child, [...path, feature[node]!]);
  };
  for (const tree of treeOutput.keys()) walk(treeStart[tree]!, []);
  return paths;
}

it("kernels can be made and closed again and again", () => {
  const { matrix, score } = randomData(1, { rows: 200, numeric: 2, levels: [], missing: 0 });
  const training = trainingOf(matrix, score, squared);
  const one = saveEnsemble(fitBoosting(training, { numIterations: 2 }, 1));
  for (let i = 0; i < 20; i++) expectAlike([1 + (i % 3)], one, (make) => fitBoosting(training, { numIterations: 2 }, 1, make));
  expect(saveEnsemble(fitBoosting(training, { numIterations: 2 }, 1, (memory) => wasmKernels(memory, 1)))).toEqual(one);
});

it("penalties beyond 32-bit numbers and limits beyond whole numbers of 32 bits grow the same trees", () => {
  const { matrix, score } = randomData(3, { rows: 300, numeric: 3, levels: [60], missing: 0.1 });
  const training = trainingOf(matrix, score, squared);
  for (const options of [{ lambdaL2: 1e40 }, { lambdaL2: 1e300 }, { maxCatThreshold: 2 ** 30, minDataPerGroup: 1, catSmooth: 0 }]) {
    const given = { numIterations: 2, minDataInLeaf: 2, ...options };
    const wanted = fitBoosting(training, given, 1, referenceKernels);
    expect(wanted.treeOutput.length).toBe(2);
    expectAlike([1, 2], saveEnsemble(wanted), (make) => fitBoosting(training, given, 1, make));
  }
});

it("threads that would not earn their start are left out", () => {
  expect([0, 1, 2].map((numThreads) => threadsFor({ numThreads }, 1e5))).toEqual([1, 1, 1]);
  expect([0, 1, 2].map((numThreads) => threadsFor({ numThreads }, 1e9))).toEqual([availableParallelism(), 1, 2]);
});
