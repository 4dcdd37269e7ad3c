import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { compileScorer, loadEnsemble, predictRaw, saveEnsemble, type TreeEnsemble } from "../../../src/engine/trees/index.ts";
import { predictBatch } from "../../../src/engine/trees/predict/batch.ts";
import { randomRows, randomTrees, type TreesShape, walkAll } from "./random-trees.ts";

const shapes: fc.Arbitrary<TreesShape> = fc
  .record({
    seed: fc.nat(),
    trees: fc.integer({ min: 0, max: 12 }),
    leaves: fc.constantFrom(1, 2, 5, 8, 9, 31, 32, 33, 64, 65, 200),
    classes: fc.integer({ min: 1, max: 3 }),
    isWide: fc.boolean(),
    numeric: fc.integer({ min: 0, max: 4 }),
    levels: fc.array(fc.constantFrom(1, 2, 31, 32, 33, 128, 129, 300, 2048, 2049, 5000), { maxLength: 3 }),
    isDeep: fc.boolean(),
    float32Inputs: fc.boolean(),
  })
  .map(({ classes, isWide, ...rest }) => ({ ...rest, outputs: classes, leafWidth: isWide ? classes : 1 }));

const plain: TreesShape = {
  seed: 1,
  trees: 3,
  leaves: 31,
  outputs: 1,
  leafWidth: 1,
  numeric: 3,
  levels: [],
  isDeep: false,
  float32Inputs: false,
};

function bits(values: Float64Array): BigInt64Array {
  return new BigInt64Array(values.slice().buffer);
}

/** By `compileScorer`, as predictRaw orders them. */
function rowByRow(ensemble: TreeEnsemble, { rows, features }: Matrix): Float64Array {
  const score = compileScorer(ensemble, { raw: true });
  const columns = ensemble.features.map(({ name }) => features.find((one) => one.name === name)!);
  return Float64Array.from(
    Array.from({ length: rows }, (_, row) => [
      ...score(Float64Array.from(columns, (one) => (one.kind === "numeric" ? one.values[row]! : one.codes[row]!))),
    ]).flat(),
  );
}

describe("predictions", () => {
  test("kernel, row scorer and definition give the same bits", () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom(1, 63, 64, 65, 130), (shape, rows) => {
        const ensemble = randomTrees(shape);
        const matrix = randomRows(ensemble, rows, shape.seed);
        const defined = bits(walkAll(ensemble, matrix));
        const kernel = new Float64Array(rows * ensemble.outputs);
        predictBatch(ensemble, matrix.features, rows, kernel);
        expect(bits(kernel)).toEqual(defined);
        expect(bits(predictRaw(ensemble, matrix))).toEqual(defined);
        expect(bits(rowByRow(ensemble, matrix))).toEqual(defined);
        const loaded = loadEnsemble(JSON.parse(JSON.stringify(saveEnsemble(ensemble))));
        expect(bits(predictRaw(loaded, matrix))).toEqual(defined);
      }),
      { numRuns: 200 },
    );
  });

  test("more than 255 thresholds of a feature, more rows than a block", () => {
    for (const leaves of [31, 64, 300]) {
      const shape = {
        seed: leaves,
        trees: 60,
        leaves,
        outputs: 1,
        leafWidth: 1,
        numeric: 2,
        levels: [7, 400],
        isDeep: false,
        float32Inputs: false,
      };
      const drawn = randomTrees(shape);
      const ensemble = { ...drawn, threshold: drawn.threshold.map((t, node) => t + (node % 500) / 1000) };
      const matrix = randomRows(ensemble, 3000, 9);
      expect(bits(predictRaw(ensemble, matrix))).toEqual(bits(walkAll(ensemble, matrix)));
    }
  });

  test("any number of threads gives the same bits", () => {
    for (const leaves of [31, 300]) {
      const ensemble = randomTrees({ ...plain, seed: leaves, trees: 40, leaves, outputs: 2 });
      const matrix = randomRows(ensemble, 40_000, 4);
      const alone = bits(predictRaw(ensemble, matrix));
      for (const threads of [2, 3, 2]) expect(bits(predictRaw(ensemble, matrix, { threads }))).toEqual(alone);
    }
    expect(() => predictRaw(randomTrees(plain), { rows: 0, features: [] }, { threads: -2 })).toThrow(RangeError);
  });

  test("sleeping threads do not keep the process alive", () => {
    const entry = JSON.stringify(new URL("../../../dist/trees.js", import.meta.url).href);
    const ensemble = JSON.stringify(saveEnsemble(randomTrees({ ...plain, trees: 40 })));
    const script = `const { loadEnsemble, predictRaw } = await import(${entry});
      const ensemble = loadEnsemble(${ensemble});
      const features = ensemble.features.map((feature) => ({ name: feature.name, kind: "numeric", values: new Float64Array(200000) }));
      const scores = predictRaw(ensemble, { rows: 200000, features }, { threads: 3 });
      await new Promise((resolve) => setTimeout(resolve, 300));
      console.log(scores.length);`;
    const { stdout, status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      timeout: 60_000,
    });
    expect([status, stdout, stderr]).toEqual([0, "200000\n", ""]);
  });

  test("a scorer writes into one array and leaves its input alone", () => {
    const shape = { seed: 3, trees: 6, leaves: 9, outputs: 3, leafWidth: 1, numeric: 2, levels: [4], isDeep: false, float32Inputs: true };
    const ensemble = { ...randomTrees(shape), link: "softmax" as const };
    const score = compileScorer(ensemble);
    const values = Float64Array.of(0.1, 0, 9);
    const first = score(values);
    const sum = first[0]! + first[1]! + first[2]!;
    expect(sum).toBeCloseTo(1, 12);
    expect(score(Float64Array.of(-1, 2, 1))).toBe(first);
    expect(Array.from(values)).toEqual([0.1, 0, 9]);
  });
});
