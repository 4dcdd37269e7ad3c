import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Feature, Matrix } from "../../../../src/core/matrix.ts";
import { rowReader } from "../../../../src/engine/trees/explain/rows.ts";
import { predictRaw, readLightGbm, shapInteractions, shapValues, type TreeEnsemble } from "../../../../src/engine/trees/index.ts";
import { goesLeft } from "../../../../src/engine/trees/predict/columns.ts";
import { randomRows, randomTrees, type TreesShape } from "../random-trees.ts";

type Table = (number | null)[][];
interface ForestTree {
  readonly left: number[];
  readonly right: number[];
  readonly feature: number[];
  readonly threshold: number[];
  readonly cover: number[];
  readonly values: number[][];
}
const recorded = JSON.parse(readFileSync(join(import.meta.dirname, "../../../reference/recorded/shap.json"), "utf8")) as {
  boosted: {
    model: string;
    rows: Table;
    background: Table;
    contributions: number[][];
    interactions: number[][][];
    interventional: number[][];
    expected: number;
  };
  classes: { model: string; rows: Table; contributions: number[][] };
  forest: { trees: ForestTree[]; rows: Table; background: Table; path: number[][][]; interventional: number[][][] };
};

function matrixOf({ features }: TreeEnsemble, rows: Table): Matrix {
  const column = (j: number) => rows.map((row) => row[j] ?? Number.NaN);
  return {
    rows: rows.length,
    features: features.map(({ name, kind, levels }, j): Feature => {
      if (kind === "numeric") return { name, kind, values: Float64Array.from(column(j)) };
      return { name, kind, levels, codes: Int32Array.from(column(j)) };
    }),
  };
}

/** shap's interventional values miss their own sum (expected + values = raw score) by 6e-8 here, so more cannot be asked of them. */
const SHAP_INTERVENTIONAL = 2e-7;

function near(got: ArrayLike<number>, wanted: readonly number[], tolerance = 1e-11): void {
  expect(got.length).toBe(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  for (const [i, value] of wanted.entries()) expect(Math.abs(got[i]! - value) / scale, `place ${i}`).toBeLessThan(tolerance);
}

describe("values of the shap package", () => {
  const { boosted, classes, forest } = recorded;

  test("path-dependent, with missing values", () => {
    const { ensemble } = readLightGbm(boosted.model);
    const { values, expected } = shapValues(ensemble, matrixOf(ensemble, boosted.rows));
    near(
      values,
      boosted.contributions.flatMap((row) => row.slice(0, -1)),
    );
    near(expected, [boosted.contributions[0]!.at(-1)!]);
  });

  test("path-dependent, three classes with categories", () => {
    const { ensemble } = readLightGbm(classes.model);
    expect(ensemble.subsets.length).toBeGreaterThan(0);
    const { values, expected } = shapValues(ensemble, matrixOf(ensemble, classes.rows));
    // LightGBM: rows x (classes x (features + 1)); here rows x features x classes.
    const wanted = classes.contributions.flatMap((row) => [0, 1, 2, 3].flatMap((j) => [0, 1, 2].map((k) => row[k * 5 + j]!)));
    near(values, wanted);
    near(
      expected,
      [0, 1, 2].map((k) => classes.contributions[0]![k * 5 + 4]!),
    );
  });

  test("interactions", () => {
    const { ensemble } = readLightGbm(boosted.model);
    near(shapInteractions(ensemble, matrixOf(ensemble, boosted.rows)).values, boosted.interactions.flat(2));
  });

  test("interventional, with missing values", () => {
    const { ensemble } = readLightGbm(boosted.model);
    const background = matrixOf(ensemble, boosted.background);
    const { values, expected } = shapValues(ensemble, matrixOf(ensemble, boosted.rows), { background });
    near(values, boosted.interventional.flat(), SHAP_INTERVENTIONAL);
    near(expected, [boosted.expected]);
  });

  test("a forest with three shares in each leaf", () => {
    const ensemble = forestOf(forest.trees);
    const rows = matrixOf(ensemble, forest.rows);
    near(shapValues(ensemble, rows).values, forest.path.flat(2));
    near(
      shapValues(ensemble, rows, { background: matrixOf(ensemble, forest.background) }).values,
      forest.interventional.flat(2),
      SHAP_INTERVENTIONAL,
    );
  });
});

const shapes: fc.Arbitrary<TreesShape> = fc.record({
  seed: fc.nat(),
  trees: fc.integer({ min: 1, max: 4 }),
  leaves: fc.constantFrom(1, 2, 5, 12),
  outputs: fc.constant(2),
  leafWidth: fc.constantFrom(1, 2),
  numeric: fc.integer({ min: 1, max: 3 }),
  levels: fc.array(fc.constantFrom(3, 40), { maxLength: 2 }),
  isDeep: fc.boolean(),
  float32Inputs: fc.boolean(),
});

/** Shapley values by their definition: over all subsets of features. worth: raw score when only the features of `known` (bits) are known. */
function byDefinition(features: number, outputs: number, worth: (known: number) => Float64Array): Float64Array {
  const phi = new Float64Array(features * outputs);
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const worths = Array.from({ length: 1 << features }, (_, known) => worth(known));
  for (let known = 0; known < 1 << features; known++) {
    const size = Array.from({ length: features }, (_, j) => (known >> j) & 1).reduce((sum, bit) => sum + bit, 0);
    for (let j = 0; j < features; j++) {
      if (((known >> j) & 1) === 1) continue;
      const weight = (factorial(size) * factorial(features - size - 1)) / factorial(features);
      for (let k = 0; k < outputs; k++) phi[j * outputs + k]! += weight * (worths[known | (1 << j)]![k]! - worths[known]![k]!);
    }
  }
  return phi;
}

/** Raw score of a row of which only some features are known; the others split by cover. */
function worthByCover(ensemble: TreeEnsemble, values: Float64Array, known: number): Float64Array {
  const { feature, left, right, cover, leafValues, leafWidth } = ensemble;
  const sum = ensemble.base.slice();
  const walk = (node: number, output: number, share: number): void => {
    const place = feature[node]!;
    if (place < 0) for (let k = 0; k < leafWidth; k++) sum[output + k]! += share * leafValues[left[node]! + k]!;
    else if (((known >> place) & 1) === 1) walk(goesLeft(ensemble, node, values[place]!) ? left[node]! : right[node]!, output, share);
    else for (const child of [left[node]!, right[node]!]) walk(child, output, (share * cover[child]!) / cover[node]!);
  };
  for (const [tree, output] of ensemble.treeOutput.entries()) walk(ensemble.treeStart[tree]!, output, 1);
  return sum;
}

/** Mean raw score of the background rows with the known features set to those of the row. */
function worthByBackground(ensemble: TreeEnsemble, matrix: Matrix, row: number, background: Matrix, known: number): Float64Array {
  const features = background.features.map((feature, j): Feature => {
    const own = matrix.features[j]!;
    if (((known >> j) & 1) === 0) return feature;
    if (feature.kind === "numeric" && own.kind === "numeric") return { ...feature, values: feature.values.map(() => own.values[row]!) };
    if (feature.kind === "categorical" && own.kind === "categorical")
      return { ...feature, codes: feature.codes.map(() => own.codes[row]!) };
    throw new Error("kinds differ");
  });
  const raw = predictRaw(ensemble, { rows: background.rows, features });
  const mean = new Float64Array(ensemble.outputs);
  for (let i = 0; i < raw.length; i++) mean[i % ensemble.outputs]! += raw[i]! / background.rows;
  return mean;
}

describe("Shapley values by definition", () => {
  test("path-dependent", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const ensemble = randomTrees(shape);
        const matrix = randomRows(ensemble, 3, shape.seed);
        const read = rowReader(ensemble, matrix);
        const wanted = [0, 1, 2].flatMap((row) => {
          const values = read(row).slice();
          return Array.from(byDefinition(ensemble.features.length, 2, (known) => worthByCover(ensemble, values, known)));
        });
        near(shapValues(ensemble, matrix).values, wanted);
      }),
      { numRuns: 60 },
    );
  });

  test("interventional", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const ensemble = randomTrees(shape);
        const matrix = randomRows(ensemble, 2, shape.seed);
        const background = randomRows(ensemble, 4, shape.seed + 1);
        const wanted = [0, 1].flatMap((row) =>
          Array.from(byDefinition(ensemble.features.length, 2, (known) => worthByBackground(ensemble, matrix, row, background, known))),
        );
        near(shapValues(ensemble, matrix, { background }).values, wanted);
      }),
      { numRuns: 60 },
    );
  });
});

describe("laws", () => {
  const forms = fc.tuple(shapes, fc.boolean());

  test("local accuracy: expected score and values sum to the raw score; an unused feature has 0", () => {
    fc.assert(
      fc.property(forms, ([shape, isInterventional]) => {
        const ensemble = randomTrees(shape);
        const matrix = randomRows(ensemble, 5, shape.seed);
        const { values, expected } = shapValues(ensemble, matrix, isInterventional ? { background: randomRows(ensemble, 3, 1) } : {});
        const count = ensemble.features.length;
        const raw = predictRaw(ensemble, matrix);
        near(
          raw.map((_, i) => {
            const [row, k] = [Math.floor(i / 2), i % 2];
            return Array.from({ length: count }, (_, j) => values[(row * count + j) * 2 + k]!).reduce((a, b) => a + b, expected[k]!);
          }),
          Array.from(raw),
        );
        const used = new Set(ensemble.feature);
        for (const [i, value] of values.entries()) if (!used.has(Math.floor(i / 2) % count)) expect(value).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  test("symmetry: features that trade places in the trees and in the row trade values", () => {
    fc.assert(
      fc.property(forms, ([shape, isInterventional]) => {
        const ensemble = randomTrees({ ...shape, numeric: 3, levels: [] });
        const plain = { ...ensemble, features: ensemble.features.map((feature) => ({ ...feature, zeroIsMissing: false })) };
        const swapped = { ...plain, feature: plain.feature.map((place) => (place < 0 || place === 2 ? place : 1 - place)) };
        const swap = ({ rows, features: [a, b, c] }: Matrix): Matrix => ({
          rows,
          features: [{ ...b!, name: a!.name }, { ...a!, name: b!.name }, c!],
        });
        const matrix = randomRows(plain, 3, shape.seed);
        const background = randomRows(plain, 3, 1);
        const first = shapValues(plain, matrix, isInterventional ? { background } : {}).values;
        const second = shapValues(swapped, swap(matrix), isInterventional ? { background: swap(background) } : {}).values;
        near(
          second.map((_, i) => first[Math.floor(i / 6) * 6 + [2, 3, 0, 1, 4, 5][i % 6]!]!),
          Array.from(second),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("interactions are symmetric and sum to the values", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const ensemble = randomTrees(shape);
        const matrix = randomRows(ensemble, 2, shape.seed);
        const count = ensemble.features.length;
        const { values } = shapInteractions(ensemble, matrix);
        const at = (row: number, i: number, j: number, k: number) => values[((row * count + i) * count + j) * 2 + k]!;
        const places = Array.from(
          shapValues(ensemble, matrix).values,
          (_, i) => [Math.floor(i / 2 / count), Math.floor(i / 2) % count, i % 2] as const,
        );
        const sums = places.map(([row, i, k]) => Array.from({ length: count }, (_, j) => at(row, i, j, k)).reduce((a, b) => a + b, 0));
        near(sums, Array.from(shapValues(ensemble, matrix).values));
        for (const [row, i, k] of places)
          for (let j = 0; j < i; j++) expect(Math.abs(at(row, i, j, k) - at(row, j, i, k))).toBeLessThan(1e-11);
      }),
      { numRuns: 60 },
    );
  });

  test("a background without rows is refused", () => {
    const ensemble = randomTrees({
      seed: 1,
      trees: 1,
      leaves: 3,
      outputs: 1,
      leafWidth: 1,
      numeric: 1,
      levels: [],
      isDeep: false,
      float32Inputs: false,
    });
    const matrix = randomRows(ensemble, 1, 1);
    expect(() => shapValues(ensemble, matrix, { background: randomRows(ensemble, 0, 1) })).toThrow(RangeError);
  });
});

/** scikit-learn's arrays as an ensemble: the mean of the trees. Its children may lie anywhere behind their parent. */
function forestOf(trees: readonly ForestTree[]): TreeEnsemble {
  const starts = [0];
  for (const { left } of trees) starts.push(starts.at(-1)! + left.length);
  const all = <T>(take: (tree: ForestTree, start: number) => T[]) => trees.flatMap((tree, t) => take(tree, starts[t]!));
  const nodes = starts.at(-1)!;
  const isLeaf = all(({ left }) => left.map((child) => child < 0));
  const children = all(({ left }, start) => left.map((child) => child + start));
  return {
    link: "identity",
    outputs: 3,
    leafWidth: 3,
    float32Inputs: true,
    features: [0, 1, 2, 3].map((j) => ({ name: `x${j}`, kind: "numeric", levels: 0 })),
    base: new Float64Array(3),
    treeStart: Int32Array.from(starts),
    treeOutput: new Int32Array(trees.length),
    feature: Int32Array.from(all(({ feature }) => feature.map((f) => Math.max(-1, f)))),
    threshold: Float64Array.from(all(({ threshold }) => threshold)),
    missingLeft: new Uint8Array(nodes),
    subset: new Int32Array(nodes).fill(-1),
    left: Int32Array.from(children, (child, node) => (isLeaf[node] === true ? 3 * node : child)),
    right: Int32Array.from(all(({ right }, start) => right.map((child) => child + start))),
    gain: new Float64Array(nodes),
    cover: Float64Array.from(all(({ cover }) => cover)),
    leafValues: Float64Array.from(all(({ values }) => values).flat(), (value) => value / trees.length),
    subsets: new Uint32Array(0),
  };
}
