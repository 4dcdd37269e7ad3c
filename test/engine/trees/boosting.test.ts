import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Feature, Matrix } from "../../../src/core/matrix.ts";
import { fitBoosting, fitForest, importanceOf, loadEnsemble, predict, predictRaw, saveEnsemble } from "../../../src/engine/trees/index.ts";
import { createLoss } from "../../../src/engine/trees/losses/index.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";
import { LOSSES, randomData, takeRows, targetFor, trainingOf } from "./data.ts";

const shape = { rows: 300, numeric: 4, levels: [3, 12], missing: 0.1 };
const small = { numIterations: 15, minDataInLeaf: 5, minDataPerGroup: 5, numLeaves: 8 };
const squared = { loss: "squared" } as const;
const logistic = { loss: "logistic" } as const;
const seeds = fc.integer({ min: 0, max: 1e6 });
const runs = { numRuns: 15 };

describe("laws", () => {
  it("a row twice is a row of weight 2, and weight 0 is no row", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { matrix, score } = randomData(seed, { rows: 60, numeric: 3, levels: [3], missing: 0.1 });
        const uniform = uniformStream(seed, 5);
        const weight = Float64Array.from({ length: 60 }, () => Math.floor(uniform() * 3));
        weight[0] = 1;
        const rows = Array.from(weight.keys()).flatMap((row) => new Array<number>(weight[row]!).fill(row));
        const options = { numIterations: 10, minDataInLeaf: 1, minDataInBin: 1, minSumHessianInLeaf: 4, numLeaves: 6 };
        const weighted = fitBoosting(trainingOf(matrix, score, squared, weight), options, 1);
        const copied = fitBoosting(
          trainingOf(
            takeRows(matrix, rows),
            Float64Array.from(rows, (row) => score[row]!),
            squared,
          ),
          options,
          1,
        );
        const [a, b] = [predict(weighted, takeRows(matrix, rows)), predict(copied, takeRows(matrix, rows))];
        for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThan(1e-6);
      }),
      runs,
    );
  });

  it("the order of the columns plays no part, in fitting and in predicting", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { matrix, score } = randomData(seed, shape);
        const turned: Matrix = { rows: matrix.rows, features: uniformOrder(matrix.features, seed) };
        const options = { ...small, featureFraction: 0.7, featureFractionByNode: 0.7, baggingFraction: 0.8 };
        const first = fitBoosting(trainingOf(matrix, score, logistic), options, seed);
        const second = fitBoosting(trainingOf(turned, score, logistic), options, seed);
        expect(predictRaw(second, turned)).toEqual(predictRaw(first, matrix));
        expect(predictRaw(first, turned)).toEqual(predictRaw(first, matrix));
      }),
      runs,
    );
  });

  it("a rising function of a numeric feature leaves predictions on training rows as they are", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { matrix, score } = randomData(seed, shape);
        const curved = {
          ...matrix,
          features: matrix.features.map((f) => (f.kind === "numeric" ? { ...f, values: f.values.map(Math.exp) } : f)),
        };
        const plain = fitBoosting(trainingOf(matrix, score, logistic), small, 1);
        const other = fitBoosting(trainingOf(curved, score, logistic), small, 1);
        expect(predict(other, curved)).toEqual(predict(plain, matrix));
      }),
      runs,
    );
  });

  it("a constant column plays no part", () => {
    const { matrix, score } = randomData(1, shape);
    const constants: Feature[] = [
      { name: "a", kind: "numeric", values: new Float64Array(300).fill(3) },
      { name: "b", kind: "numeric", values: new Float64Array(300).fill(Number.NaN) },
      { name: "d", kind: "categorical", levels: 4, codes: new Int32Array(300).fill(2) },
    ];
    const wider = { rows: 300, features: [...constants, ...matrix.features] };
    const options = { ...small, featureFraction: 0.5 };
    const plain = fitBoosting(trainingOf(matrix, score, logistic), options, 3);
    expect(predict(fitBoosting(trainingOf(wider, score, logistic), options, 3), wider)).toEqual(predict(plain, matrix));
  });

  it.each(LOSSES)("%o: loaded equal to the bit, the same twice, loss falls, inputs untouched", (loss) => {
    const { matrix, score } = randomData(2, shape);
    const before = structuredClone(matrix);
    const training = trainingOf(matrix, score, loss);
    const options = { ...small, baggingFraction: 0.8 };
    const ensemble = fitBoosting(training, options, 7);
    expect(loadEnsemble(JSON.parse(JSON.stringify(saveEnsemble(ensemble))))).toEqual(ensemble);
    expect(fitBoosting(training, options, 7)).toEqual(ensemble);
    expect(predict(fitBoosting(training, options, 8), matrix)).not.toEqual(predict(ensemble, matrix));
    expect(matrix).toEqual(before);
    const errors = [0, 3, 10, 40].map((rounds) => trainingError(training, rounds));
    for (let i = 1; i < errors.length; i++) expect(errors[i]).toBeLessThan(errors[i - 1]!);
  });

  it("on pure noise early stopping leaves a near constant", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { matrix } = randomData(seed, { ...shape, rows: 800 });
      const uniform = uniformStream(seed, 1);
      const target = Float64Array.from({ length: 800 }, () => (uniform() < 0.4 ? 1 : 0));
      const validation = Int32Array.from({ length: 300 }, (_, i) => i);
      const ensemble = fitBoosting(
        { matrix, target, weight: null, validation, loss: logistic },
        { earlyStoppingRounds: 20, learningRate: 0.05 },
        seed,
      );
      const p = predict(ensemble, matrix);
      const mean = p.reduce((a, b) => a + b, 0) / p.length;
      expect(Math.sqrt(p.reduce((a, b) => a + (b - mean) ** 2, 0) / p.length)).toBeLessThan(0.08);
    }
  });
});

/** Losses written out below; the others are measured by their own mean, whose gradients have their own tests. */
const POINTWISE = new Set(["logistic", "softmax", "squared", "absolute", "huber", "quantile", "poisson"]);

function lossOfPredictions({ loss, target, matrix, query }: ReturnType<typeof trainingOf>, p: Float64Array): number {
  const rows = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  const sample = { target, weight: null, rows, count: rows.length, query: query ?? null };
  const created = createLoss(loss, sample);
  const raw = created.link === "exp" ? p.map(Math.log) : p;
  const scores = Array.from({ length: created.outputs }, (_, k) => Float64Array.from(rows, (row) => raw[row * created.outputs + k]!));
  return created.mean(scores, sample);
}

/** Loss on the training rows, up to terms that do not depend on the model. */
function trainingError(training: ReturnType<typeof trainingOf>, rounds: number): number {
  const { loss, target, matrix } = training;
  const p = predict(fitBoosting(training, { ...small, numIterations: rounds }, 1), matrix);
  if (!POINTWISE.has(loss.loss)) return lossOfPredictions(training, p);
  let sum = 0;
  for (const [i, y] of target.entries()) {
    const r = y - p[i]!;
    if (loss.loss === "logistic") sum -= Math.log(y === 1 ? p[i]! : 1 - p[i]!);
    else if (loss.loss === "softmax") sum -= Math.log(p[i * 3 + y]!);
    else if (loss.loss === "poisson") sum += p[i]! - y * Math.log(p[i]!);
    else if (loss.loss === "squared") sum += r * r;
    else if (loss.loss === "quantile") sum += Math.max(loss.alpha * r, (loss.alpha - 1) * r);
    else sum += Math.abs(r);
  }
  return sum;
}

function uniformOrder(features: readonly Feature[], seed: number): Feature[] {
  const uniform = uniformStream(seed, 3);
  return features
    .map((feature) => ({ feature, at: uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ feature }) => feature);
}

describe("early stopping", () => {
  it("keeps the round that is best on the validation rows, as predict sees them", () => {
    const { matrix, score } = randomData(11, { ...shape, rows: 500 });
    const uniform = uniformStream(11, 4);
    const target = targetFor(logistic, score).map((y) => (uniform() < 0.15 ? 1 - y : y));
    const validation = Int32Array.from({ length: 200 }, (_, i) => i * 2);
    const options = { ...small, numIterations: 60, earlyStoppingRounds: 15, baggingFraction: 0.7, featureFraction: 0.8, learningRate: 0.3 };
    const stopped = fitBoosting({ matrix, target, weight: null, validation, loss: logistic }, options, 5);
    const best = stopped.treeOutput.length;
    const weight = new Float64Array(500).fill(1);
    for (const row of validation) weight[row] = 0;
    const lossAfter = (rounds: number) => {
      const p = predict(
        fitBoosting(
          { matrix, target, weight, validation: null, loss: logistic },
          { ...options, numIterations: rounds, earlyStoppingRounds: 0 },
          5,
        ),
        matrix,
      );
      return validation.reduce((sum, row) => sum - Math.log(target[row] === 1 ? p[row]! : 1 - p[row]!), 0);
    };
    const losses = Array.from({ length: best + 15 }, (_, rounds) => lossAfter(rounds));
    expect(best).toBeGreaterThan(2);
    expect(best).toBeLessThan(45);
    expect(losses.indexOf(Math.min(...losses))).toBe(best);
  });

  it("learns nothing from validation rows", () => {
    const { matrix, score } = randomData(12, shape);
    const validation = Int32Array.from({ length: 60 }, (_, i) => i);
    const moved = takeRows(
      matrix,
      Array.from({ length: 300 }, (_, i) => i),
    );
    for (const f of moved.features) {
      if (f.kind === "numeric") for (let row = 0; row < 60; row++) f.values[row]! += 0.003 * (row % 7);
    }
    const learn = (m: Matrix) => fitBoosting({ ...trainingOf(m, score, squared), validation }, { ...small, earlyStoppingRounds: 0 }, 1);
    const [a, b] = [learn(matrix), learn(moved)];
    const shared = Math.min(a.feature.length, b.feature.length);
    expect(shared).toBeGreaterThan(0);
    expect(a.threshold.subarray(0, shared)).toEqual(b.threshold.subarray(0, shared));
    expect(a.feature.subarray(0, shared)).toEqual(b.feature.subarray(0, shared));
  });
});

describe("missing and categories", () => {
  it("learns the side of missing, also when it stands alone", () => {
    for (const [whenMissing, otherwise] of [
      [5, -5],
      [-5, 5],
    ] as const) {
      const values = Float64Array.from({ length: 200 }, (_, i) => (i % 3 === 0 ? Number.NaN : i));
      const target = values.map((v) => (Number.isNaN(v) ? whenMissing : otherwise));
      const matrix: Matrix = { rows: 200, features: [{ name: "x", kind: "numeric", values }] };
      const ensemble = fitBoosting(
        { matrix, target, weight: null, validation: null, loss: squared },
        { numIterations: 1, learningRate: 1 },
        1,
      );
      for (const [i, p] of predict(ensemble, matrix).entries()) expect(p).toBeCloseTo(target[i]!, 6);
    }
  });

  it("unknown codes and levels without training rows go the way of missing", () => {
    const { matrix, score } = randomData(5, { rows: 600, numeric: 1, levels: [20], missing: 0.1 });
    const codes = matrix.features.find((f) => f.kind === "categorical")!;
    if (codes.kind === "categorical") for (const [i, code] of codes.codes.entries()) if (code === 7) codes.codes[i] = 8;
    const ensemble = fitBoosting(trainingOf(matrix, score, squared), { ...small, catSmooth: 1, numIterations: 40 }, 1);
    expect(importanceOf(ensemble).find((f) => f.name === "c0")!.splits).toBeGreaterThan(10);
    const probe = (code: number) =>
      predict(ensemble, {
        rows: 2,
        features: [
          { name: "x0", kind: "numeric", values: Float64Array.of(0.3, Number.NaN) },
          { name: "c0", kind: "categorical", levels: 30, codes: Int32Array.of(code, code) },
        ],
      });
    for (const code of [7, 20, 25, 1000, -5]) expect(probe(code)).toEqual(probe(-1));
    expect(probe(3)).not.toEqual(probe(-1));
  });

  it("no feature that can split gives the constant", () => {
    const { score } = randomData(6, shape);
    const mean = score.reduce((a, b) => a + b, 0) / score.length;
    const constant: Feature = { name: "x", kind: "numeric", values: new Float64Array(300) };
    for (const features of [[], [constant]]) {
      const matrix = { rows: 300, features };
      for (const p of predict(fitBoosting(trainingOf(matrix, score, squared), {}, 1), matrix)) expect(p).toBeCloseTo(mean, 12);
    }
  });

  it("more levels than bins", () => {
    const { matrix, score } = randomData(6, { rows: 4000, numeric: 1, levels: [900], missing: 0.01 });
    const ensemble = fitBoosting(trainingOf(matrix, score, squared), { ...small, minDataInBin: 1 }, 1);
    expect(predict(ensemble, matrix).every(Number.isFinite)).toBe(true);
  });
});

describe("limits and refusals", () => {
  it("keeps to leaves, depth and rows per leaf", () => {
    const { matrix, score } = randomData(9, { rows: 1000, numeric: 4, levels: [], missing: 0.1 });
    const limits = { numIterations: 5, numLeaves: 12, maxDepth: 4, minDataInLeaf: 40 };
    const ensemble = fitBoosting(trainingOf(matrix, score, squared), limits, 1);
    for (let tree = 0; tree < 5; tree++) {
      const [start, end] = [ensemble.treeStart[tree]!, ensemble.treeStart[tree + 1]!];
      const depth = new Map([[start, 0]]);
      let leaves = 0;
      for (let node = start; node < end; node++) {
        const at = depth.get(node)!;
        expect(at).toBeLessThanOrEqual(4);
        expect(ensemble.cover[node]).toBeGreaterThanOrEqual(40);
        if (ensemble.feature[node]! < 0) leaves++;
        else for (const child of [ensemble.left[node]!, ensemble.right[node]!]) depth.set(child, at + 1);
      }
      expect(leaves).toBeLessThanOrEqual(12);
      expect(leaves).toBeGreaterThan(4);
    }
  });

  it("refuses what does not fit, naming the nearest option", () => {
    const { matrix, score } = randomData(9, shape);
    const training = trainingOf(matrix, score, logistic);
    expect(() => fitBoosting(training, { maxLeafs: 3 } as never, 1)).toThrow(/no option "maxLeafs"; did you mean "numLeaves"/);
    expect(() => fitBoosting(training, { __proto__x: 3 } as never, 1)).toThrow(RangeError);
    expect(() => fitBoosting(training, { learningRate: 0 }, 1)).toThrow(/above 0/);
    expect(() => fitBoosting(training, { numIterations: 1.5 }, 1)).toThrow(/whole number/);
    expect(() => fitBoosting(training, { rounds: "10" } as never, 1)).toThrow(TypeError);
    expect(() => fitBoosting({ ...training, target: score }, {}, 1)).toThrow(/targets 0 and 1/);
    expect(() => fitBoosting({ ...training, target: score.slice(1) }, {}, 1)).toThrow(/rows/);
    expect(() => fitBoosting({ ...training, weight: new Float64Array(300) }, {}, 1)).toThrow(/no row/);
    expect(() => predict(fitBoosting(training, small, 1), { rows: 300, features: matrix.features.slice(1) })).toThrow(/no feature "x0"/);
    expect(() => loadEnsemble({ format: "other" })).toThrow(TypeError);
  });

  it("refuses what it would otherwise learn from without a word, or without end", () => {
    const { matrix, score } = randomData(9, shape);
    const training = trainingOf(matrix, score, logistic);
    const heavy = { ...training, weight: new Float64Array(300).fill(1e308) };
    expect(() => fitBoosting(heavy, {}, 1)).toThrow(/weights sum to Infinity/);
    expect(() => fitForest(heavy, {}, 1)).toThrow(/weights sum to Infinity/);
    expect(() => fitBoosting(training, { learningRate: Number.POSITIVE_INFINITY }, 1)).toThrow(/finite and above 0/);
    const named = (loss: unknown) => () => fitBoosting({ ...training, loss: loss as never }, {}, 1);
    expect(named({ loss: "binry" })).toThrow('loss "binry" is unknown; did you mean { loss: "logistic" }?');
    expect(named("softmx")).toThrow('loss "softmx" is unknown; did you mean { loss: "softmax" }?');
    const validation = Int32Array.of(298, 299);
    const other = training.target.map((y, row) => (row === 299 ? 2 : y));
    expect(() => fitBoosting({ ...training, target: other, validation }, {}, 1)).toThrow(/targets 0 and 1, got 2/);
    const levels = { ...matrix, features: matrix.features.map((f) => (f.kind === "categorical" ? { ...f, levels: Number.NaN } : f)) };
    expect(() => fitBoosting({ ...training, matrix: levels }, {}, 1)).toThrow(/NaN levels; they must be a whole number/);
  });

  it("refuses a saved ensemble whose nodes form a circle", () => {
    const { matrix, score } = randomData(9, shape);
    const saved = JSON.parse(JSON.stringify(saveEnsemble(fitBoosting(trainingOf(matrix, score, logistic), small, 1))));
    saved.left[0] = 0;
    expect(() => loadEnsemble(saved)).toThrow(/damaged/);
  });

  it("refuses a saved ensemble whose trees begin or answer where they cannot", () => {
    const { matrix, score } = randomData(9, shape);
    const saved = JSON.parse(JSON.stringify(saveEnsemble(fitBoosting(trainingOf(matrix, score, logistic), small, 1))));
    for (const start of [-5, 0, saved.treeStart.at(-1)]) {
      expect(() => loadEnsemble({ ...saved, treeStart: saved.treeStart.with(1, start) })).toThrow(/damaged: tree \d+ has no nodes/);
    }
    expect(() => loadEnsemble({ ...saved, treeOutput: saved.treeOutput.with(0, 9) })).toThrow(/damaged: tree 0 has no output/);
    expect(() => loadEnsemble({ ...saved, leafWidth: 0 })).toThrow(/damaged/);
  });
});

it("rows that are told apart surely: training ends, and scores stay within reason", () => {
  const x = Float64Array.from({ length: 200 }, (_, row) => row);
  const matrix = { rows: 200, features: [{ name: "x", kind: "numeric" as const, values: x }] };
  const target = x.map((value) => (value < 100 ? 0 : 1));
  for (const options of [{ baggingFraction: 0.9 }, { baggingFraction: 0.9, minSumHessianInLeaf: 0 }, { minSumHessianInLeaf: 0 }]) {
    const trees = fitBoosting({ matrix, target, loss: "logistic" }, { numIterations: 400, learningRate: 1, ...options });
    const raw = predictRaw(trees, matrix);
    expect(raw.every((score, row) => Math.abs(score) < 100 && (Math.abs(row - 100) < 5 || score > 5 === (target[row] === 1)))).toBe(true);
  }
});

it("a tree without a split adds nothing to the best constant", () => {
  const matrix = { rows: 100, features: [{ name: "x", kind: "numeric" as const, values: new Float64Array(100).fill(1) }] };
  const target = Float64Array.from({ length: 100 }, (_, row) => Math.sin(row));
  for (const loss of ["squared", "absolute"] as const) {
    const trees = fitBoosting({ matrix, target, loss }, { numIterations: 20, baggingFraction: 0.5 });
    expect(new Set(predictRaw(trees, matrix))).toEqual(new Set(trees.base));
  }
});

it("a label far beyond the others hides none of them", () => {
  const rows = 4000;
  const x = Float64Array.from({ length: rows }, (_, row) => row / rows);
  const matrix = { rows, features: [{ name: "x", kind: "numeric" as const, values: x }] };
  // One step of the packed gradients is then 2 to 4: to the nearest, all others would be 0.
  const trees = fitBoosting({ matrix, target: x.with(77, 2e9), loss: "squared" }, { numIterations: 100, learningRate: 0.3 });
  const errors = predict(trees, matrix).map((p, row) => (row === 77 ? 0 : Math.abs(p - x[row]!)));
  expect(errors.sort()[rows / 2]).toBeLessThan(0.05);
});

it("refuses targets and weights too small to learn from", () => {
  const { matrix, score } = randomData(3, shape);
  const scaled = (scale: number, weight: number) =>
    fitBoosting({ matrix, target: score.map((y) => y * scale), weight: score.map(() => weight), loss: squared }, small);
  expect(new Set(predict(scaled(1e-90, 1), matrix)).size).toBeGreaterThan(9);
  expect(() => scaled(1e-160, 1)).toThrow(/largest target is .*e-160 in size; it must be 0 or at least 1e-100/);
  expect(() => scaled(1, 1e-300)).toThrow(/weights sum to .*e-298; they must sum to at least 1e-100/);
  expect(() => scaled(1, 1e-6)).toThrow(/weights sum to 0.000\d+, so no leaf can have a hessian of minSumHessianInLeaf = 0.001/);
});
