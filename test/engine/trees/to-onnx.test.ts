import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { fitBoosting, fitForest, predict, type TreeEnsemble } from "../../../src/engine/trees/index.ts";
import { LOSSES, randomData, trainingOf } from "./data.ts";
import { expectSame, runOnnx } from "./onnx-run.ts";

const shape = { rows: 1500, numeric: 5, levels: [3, 20, 70], missing: 0.1 };
const options = { minDataPerGroup: 5, minDataInLeaf: 5, numIterations: 30 };

/** Fresh rows with unknown codes, values on thresholds and infinities. */
function harderRows(ensemble: TreeEnsemble): Matrix {
  const { matrix } = randomData(99, shape);
  for (const [place, feature] of matrix.features.entries()) {
    if (feature.kind === "categorical") {
      feature.codes.set([feature.levels, feature.levels + 5, -1, -7], 0);
      continue;
    }
    const thresholds = ensemble.threshold.filter((_, node) => ensemble.feature[node] === place);
    feature.values.set([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0, -0, Number.MAX_VALUE], 0);
    feature.values.set(thresholds.subarray(0, 400), 20);
  }
  return matrix;
}

describe("ONNX gives what predict gives", () => {
  it.each(LOSSES)("boosting: %o", async (loss) => {
    const { matrix, score } = randomData(1, shape);
    const ensemble = fitBoosting(trainingOf(matrix, score, loss), options, 1);
    expect(ensemble.subsets.length).toBeGreaterThan(0);
    const rows = harderRows(ensemble);
    expectSame(await runOnnx(ensemble, rows), predict(ensemble, rows));
  });

  it.each(LOSSES.slice(0, 3))("forest: %o", async (loss) => {
    const { matrix, score } = randomData(2, shape);
    const ensemble = fitForest(trainingOf(matrix, score, loss), { numTrees: 20 }, 1);
    const rows = harderRows(ensemble);
    expectSame(await runOnnx(ensemble, rows), predict(ensemble, rows));
  });

  it("numbers that 32 bits cannot tell apart take their own way", async () => {
    const n = 400;
    const values = Float64Array.from({ length: n }, (_, i) => 1e9 + i * 1e-6);
    const matrix: Matrix = { rows: n, features: [{ name: "x", kind: "numeric", values }] };
    const target = Float64Array.from(values.keys(), (i) => Math.sin(i / 7));
    const ensemble = fitBoosting({ matrix, target, weight: null, validation: null, loss: { loss: "squared" } }, { minDataInLeaf: 2 }, 1);
    const native = predict(ensemble, matrix);
    expect(new Set(native).size).toBeGreaterThan(100);
    expectSame(await runOnnx(ensemble, matrix), native);
  });

  it("a constant, and a single tree of one split", async () => {
    const { matrix, score } = randomData(3, { rows: 60, numeric: 1, levels: [], missing: 0 });
    for (const rounds of [0, 1]) {
      const ensemble = fitBoosting(trainingOf(matrix, score, { loss: "logistic" }), { numIterations: rounds, numLeaves: 2 }, 1);
      expectSame(await runOnnx(ensemble, matrix), predict(ensemble, matrix));
    }
  });
});
