import { describe, expect, it, test } from "vitest";
import { predict, readLightGbm, readXgboost, type TreeEnsemble } from "../../../../src/engine/trees/index.ts";
import { expectSame, runOnnx } from "../onnx-run.ts";
import { randomRows, randomTrees, type TreesShape } from "../random-trees.ts";
import { recordedText, testMatrix } from "./recorded.ts";

const LIGHTGBM = [
  "binary-sigmoid",
  "multiclassova",
  "regression-sqrt",
  "tweedie",
  "cross-entropy-lambda",
  "zero-as-missing",
  "no-missing",
  "forest-classes",
];
const XGBOOST = [
  "3.2/logistic",
  "3.2/softprob",
  "3.2/gamma",
  "3.2/dart",
  "3.2/one-hot",
  "3.2/vector-leaves",
  "3.2/exact",
  "1.7/forest",
  "3.2/quantile",
];

describe("a foreign model in onnxruntime gives what predict gives", () => {
  it.each(LIGHTGBM)("LightGBM %s", async (name) => {
    const model = readLightGbm(recordedText(`lightgbm/${name}.txt`));
    const matrix = testMatrix(model, {});
    expectSame(await runOnnx(model.ensemble, matrix), predict(model.ensemble, matrix));
  });

  it.each(XGBOOST)("XGBoost %s", async (name) => {
    const model = readXgboost(recordedText(`xgboost-${name}.json`));
    const matrix = testMatrix(model);
    expectSame(await runOnnx(model.ensemble, matrix), predict(model.ensemble, matrix));
  });
});

describe("trees that nobody trained", () => {
  const shape: TreesShape = {
    seed: 5,
    trees: 12,
    leaves: 31,
    outputs: 3,
    leafWidth: 1,
    numeric: 3,
    levels: [3, 33, 300],
    isDeep: false,
    float32Inputs: false,
  };

  const links: TreeEnsemble["link"][] = ["identity", "logistic", "softmax", "exp", "share", "softplus", "signedSquare", "sorted"];
  it.each(links)("every link: %s", async (link) => {
    const ensemble: TreeEnsemble = { ...randomTrees(shape), link };
    const rows = randomRows(ensemble, 500, 1);
    expectSame(await runOnnx(ensemble, rows), predict(ensemble, rows));
  });

  it.each([
    { ...shape, float32Inputs: true },
    { ...shape, leafWidth: 3 },
    { ...shape, isDeep: true, leaves: 200 },
    { ...shape, outputs: 1, levels: [10_000], numeric: 0, trees: 40 },
    { ...shape, outputs: 1, levels: [], trees: 40 },
    { ...shape, outputs: 1, levels: [1, 31, 32, 64], numeric: 1, trees: 60 },
  ])("odd shapes: %o", async (odd) => {
    for (const seed of [1, 2, 3]) {
      const ensemble = randomTrees({ ...odd, seed });
      const rows = randomRows(ensemble, 300, seed);
      expectSame(await runOnnx(ensemble, rows), predict(ensemble, rows));
    }
  });

  test("the last level for every other code", async () => {
    const drawn = randomTrees(shape);
    const ensemble = { ...drawn, features: drawn.features.map((f) => (f.kind === "categorical" ? { ...f, lastIsOther: true } : f)) };
    const rows = randomRows(ensemble, 500, 7);
    const native = predict(ensemble, rows);
    expect(native).not.toEqual(predict(drawn, rows));
    expectSame(await runOnnx(ensemble, rows), native);
  });
});
