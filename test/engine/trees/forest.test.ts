import { describe, expect, it } from "vitest";
import {
  fitForest,
  fitForestOutOfBag,
  fitTree,
  importanceOf,
  loadEnsemble,
  predict,
  saveEnsemble,
} from "../../../src/engine/trees/index.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";
import { LOSSES, randomData, takeRows, trainingOf } from "./data.ts";

const shape = { rows: 400, numeric: 5, levels: [3, 12], missing: 0.1 };
const kinds = LOSSES.slice(0, 3);

describe("laws", () => {
  it.each(kinds)("%o: loaded equal to the bit, the same twice, column order plays no part", (loss) => {
    const { matrix, score } = randomData(1, shape);
    const turned = { rows: matrix.rows, features: [...matrix.features].reverse() };
    for (const extraTrees of [false, true]) {
      const options = { numTrees: 15, extraTrees };
      const ensemble = fitForest(trainingOf(matrix, score, loss), options, 4);
      expect(loadEnsemble(JSON.parse(JSON.stringify(saveEnsemble(ensemble))))).toEqual(ensemble);
      expect(fitForest(trainingOf(matrix, score, loss), options, 4)).toEqual(ensemble);
      expect(predict(fitForest(trainingOf(turned, score, loss), options, 4), turned)).toEqual(predict(ensemble, matrix));
      expect(predict(fitForest(trainingOf(matrix, score, loss), options, 5), matrix)).not.toEqual(predict(ensemble, matrix));
    }
  });

  it("the mean of a leaf is the weighted mean of its rows", () => {
    const { matrix, score } = randomData(2, shape);
    const uniform = uniformStream(2, 0);
    const weight = score.map(() => uniform() * 3);
    for (const loss of kinds) {
      const training = trainingOf(matrix, score, loss, weight);
      const stump = predict(fitTree(training, { minDataInLeaf: 400 }, 1), matrix);
      const total = weight.reduce((a, b) => a + b, 0);
      const share = (wanted: (y: number) => number) => training.target.reduce((sum, y, i) => sum + weight[i]! * wanted(y), 0) / total;
      if (loss.loss === "softmax")
        for (let k = 0; k < 3; k++)
          expect(stump[k]).toBeCloseTo(
            share((y) => (y === k ? 1 : 0)),
            12,
          );
      else
        expect(stump[0]).toBeCloseTo(
          share((y) => y),
          12,
        );
    }
  });
});

describe("bootstrap", () => {
  it("draws rows in proportion to their weight", () => {
    const { matrix, score } = randomData(3, shape);
    const target = score.map((_, i) => (i < 200 ? 1 : 0));
    const weight = target.map((y) => (y === 1 ? 3 : 1));
    const training = { matrix, target, weight, validation: null, loss: { loss: "logistic" } as const };
    const p = predict(fitForest(training, { numTrees: 400, minDataInLeaf: 400 }, 1), matrix);
    // 400 trees of 400 draws with p = 3/4: standard error 0.0011.
    expect(Math.abs(p[0]! - 0.75)).toBeLessThan(0.005);
  });

  it("maxSamples draws a share of the rows, without bootstrap each at most once", () => {
    const { matrix, score } = randomData(3, shape);
    const training = trainingOf(matrix, score, { loss: "squared" });
    const rowsOf = (options: object) => {
      const { cover, treeStart } = fitForest(training, { numTrees: 3, ...options }, 1);
      return Array.from(treeStart.subarray(0, 3), (root) => cover[root]);
    };
    const rows = matrix.rows;
    expect(rowsOf({})).toEqual([rows, rows, rows]);
    expect(rowsOf({ max_samples: 0.25 })).toEqual([rows / 4, rows / 4, rows / 4]);
    expect(rowsOf({ subsample: 0.25, bootstrap: false })).toEqual([rows / 4, rows / 4, rows / 4]);
    const half = { numTrees: 1, maxSamples: 0.5, minDataInLeaf: 1, bootstrap: false, featureFractionByNode: 1 };
    const one = fitForest(training, half, 1);
    // Every leaf holds one row of weight 1: none was drawn twice.
    expect(Math.max(...one.cover.filter((_, node) => one.feature[node]! < 0))).toBe(1);
    expect(predict(fitForest(training, { numTrees: 5, maxSamples: 1 }, 1), matrix)).toEqual(
      predict(fitForest(training, { numTrees: 5 }, 1), matrix),
    );
  });

  it("out-of-bag predictions are as good as those on fresh rows, not as those on training rows", () => {
    const { matrix, score } = randomData(4, { ...shape, rows: 1200 });
    const rows = Array.from({ length: 600 }, (_, i) => i);
    const fresh = takeRows(
      matrix,
      rows.map((row) => row + 600),
    );
    const training = trainingOf(takeRows(matrix, rows), score.slice(0, 600), { loss: "squared" });
    const { ensemble, outOfBag } = fitForestOutOfBag(training, { numTrees: 60 }, 1);
    const error = (p: Float64Array, y: Float64Array) => Math.sqrt(p.reduce((sum, value, i) => sum + (value - y[i]!) ** 2, 0) / p.length);
    const honest = error(predict(ensemble, fresh), score.slice(600));
    expect(Math.abs(error(outOfBag, training.target) / honest - 1)).toBeLessThan(0.1);
    expect(error(predict(ensemble, training.matrix), training.target)).toBeLessThan(honest * 0.7);
    expect(predict(ensemble, fresh)).toEqual(predict(fitForest(training, { numTrees: 60 }, 1), fresh));
  });
});

describe("importance", () => {
  it("belongs to the features that the target depends on", () => {
    const { matrix, score } = randomData(5, { rows: 1500, numeric: 8, levels: [6], missing: 0 });
    const importance = importanceOf(fitForest(trainingOf(matrix, score, { loss: "squared" }), { numTrees: 20, minDataInLeaf: 5 }, 1));
    const gains = Object.fromEntries(importance.map(({ name, gain }) => [name, gain]));
    for (const used of ["x0", "x1", "x2", "c0"]) {
      for (const unused of ["x3", "x4", "x5", "x6", "x7"]) expect(gains[used]).toBeGreaterThan(2 * gains[unused]!);
    }
    for (const { splits, cover } of importance) expect(cover).toBeGreaterThanOrEqual(splits);
  });
});
