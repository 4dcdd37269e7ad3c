import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Column, type Frame, takeRows } from "../../src/core/column.ts";
import { canonicalJson } from "../../src/core/json.ts";
import { createRandom } from "../../src/core/random.ts";
import type { Recipe } from "../../src/core/recipe.ts";
import type { Task } from "../../src/core/task.ts";
import { fitRecipe, loadRecipe } from "../../src/recipe/index.ts";
import { frames, recipesWithText } from "./arbitraries.ts";
import { cells, frameOf, numbers, plain, texts } from "./frames.ts";

const ROWS = 30;
const TASK: Task = { kind: "multiclass", classes: ["x", "y", "z"] };
const target = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: ROWS, maxLength: ROWS }).map((values) => Float64Array.from(values));
const trainRows = fc
  .uniqueArray(fc.integer({ min: 0, max: ROWS - 1 }), { minLength: 5, maxLength: ROWS - 1 })
  .map((rows) => Int32Array.from(rows).sort());

/** Training rows of `kept`, all other rows of `replaced`, in dictionaries of their own. */
function mix(kept: Frame, replaced: Frame, train: Int32Array): Frame {
  const own = new Set(train);
  const from = (row: number) => (own.has(row) ? kept : replaced);
  return frameOf(
    ...kept.columns.map((column, place): Column => {
      const rows = Array.from({ length: ROWS }, (_, row) => row);
      const cell = (row: number) => from(row).columns[place]!;
      if ("values" in column) return { ...column, values: Float64Array.from(rows, (row) => (cell(row) as typeof column).values[row]!) };
      const text = (row: number) => (cell(row) as typeof column).levels[(cell(row) as typeof column).codes[row]!] ?? null;
      const dictionary = ["held out only", ...(replaced.columns[place] as typeof column).levels];
      return texts(column.name, rows.map(text), column.type, dictionary);
    }),
  );
}

function holds(check: (recipe: Recipe, frame: Frame, other: Frame, train: Int32Array, values: Float64Array) => void) {
  fc.assert(fc.property(recipesWithText, frames(ROWS), frames(ROWS), trainRows, target, check), { numRuns: 80, seed: 20261 });
}

describe("a recipe learns from training rows only", () => {
  it("nothing fitted moves when the other rows and their targets are replaced", () => {
    holds((recipe, frame, other, train, values) => {
      const held = values.map((value, row) => (train.includes(row) ? value : Number.NaN));
      const before = fitRecipe(recipe, frame, train, { values, task: TASK }, 3);
      const perturbed = mix(frame, other, train);
      const after = fitRecipe(recipe, perturbed, train, { values: held, task: TASK }, 3);
      expect(canonicalJson(after.toJson())).toBe(canonicalJson(before.toJson()));
      expect(plain(after.transformTraining())).toEqual(plain(before.transformTraining()));
      expect(plain(after.transform(perturbed, train))).toEqual(plain(before.transform(frame, train)));
    });
  });

  it("inputs are left as they were", () => {
    holds((recipe, frame, other, train, values) => {
      const copies = structuredClone([frame, other, train, values]);
      const fitted = fitRecipe(recipe, frame, train, { values, task: TASK }, 3);
      fitted.transform(other, null);
      fitted.transform(other, train);
      expect([frame, other, train, values]).toEqual(copies);
    });
  });

  it("a row's result does not hang on the rows beside it, nor on their order", () => {
    holds((recipe, frame, other, train, values) => {
      const fitted = fitRecipe(recipe, frame, train, { values, task: TASK }, 3);
      const whole = fitted.transform(other, null);
      const order = createRandom(5)
        .shuffle(Int32Array.from({ length: ROWS }, (_, row) => row))
        .subarray(0, 11);
      const picked = fitted.transform(other, order);
      const taken = fitted.transform(takeRows(other, order), null);
      for (const [place, feature] of whole.features.entries()) {
        const want = Array.from(order, (row) => cells(feature)[row]);
        expect(cells(picked.features[place]!)).toEqual(want);
        expect(cells(taken.features[place]!)).toEqual(want);
      }
    });
  });

  it("the order of columns does not matter", () => {
    holds((recipe, frame, other, train, values) => {
      const turned = { ...frame, columns: frame.columns.toReversed() };
      const fitted = fitRecipe(recipe, frame, train, { values, task: TASK }, 3);
      const fromTurned = fitRecipe(recipe, turned, train, { values, task: TASK }, 3);
      expect(plain(fromTurned.transformTraining())).toEqual(plain(fitted.transformTraining()));
      expect(plain(fromTurned.transform(other, null))).toEqual(
        plain(fitted.transform({ ...other, columns: other.columns.toReversed() }, null)),
      );
    });
  });

  it("saved as text and loaded, it is the same", () => {
    holds((recipe, frame, other, train, values) => {
      const fitted = fitRecipe(recipe, frame, train, { values, task: TASK }, 3);
      const loaded = loadRecipe(JSON.parse(JSON.stringify(fitted.toJson())));
      expect(loaded.inputs).toEqual(fitted.inputs);
      expect(loaded.features).toEqual(fitted.features);
      expect(plain(loaded.transform(other, null))).toEqual(plain(fitted.transform(other, null)));
    });
  });
});

describe("target means of training rows", () => {
  const rows = 400;
  const random = createRandom(11);
  const recipe: Recipe = [{ op: "encode", columns: ["id"], method: "target-mean", minCount: 1, maxLevels: 1000 }];
  const ids = frameOf(
    texts(
      "id",
      Array.from({ length: rows }, (_, row) => `id ${row % 200}`),
    ),
  );
  const values = Float64Array.from({ length: rows }, () => random.normal());
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const encodeIds = (target: Float64Array, seed: number) =>
    fitRecipe(recipe, ids, all, { values: target, task: { kind: "regression" } }, seed);

  it("do not see the row's own target", () => {
    const before = plain(encodeIds(values, 1).transformTraining())["id.mean"]!;
    for (const row of [0, 17, 399]) {
      const moved = values.with(row, 1e6);
      expect(plain(encodeIds(moved, 1).transformTraining())["id.mean"]![row]).toBe(before[row]);
    }
  });

  it("of an identifier say nothing about the target, while in-sample means do", () => {
    const fitted = encodeIds(values, 1);
    const outOfFold = plain(fitted.transformTraining())["id.mean"]!;
    const inSample = plain(fitted.transform(ids, null))["id.mean"]!;
    expect(correlation(inSample, values)).toBeGreaterThan(0.5);
    expect(Math.abs(correlation(outOfFold, values))).toBeLessThan(0.2);
  });

  it("depend on the seed alone", () => {
    expect(plain(encodeIds(values, 1).transformTraining())).toEqual(plain(encodeIds(values, 1).transformTraining()));
    expect(plain(encodeIds(values, 2).transformTraining())).not.toEqual(plain(encodeIds(values, 1).transformTraining()));
  });

  it("exist for a single training row and need a target", () => {
    const one = fitRecipe(recipe, ids, Int32Array.of(3), { values, task: { kind: "regression" } }, 1);
    expect(plain(one.transformTraining())["id.mean"]!.every(Number.isFinite)).toBe(true);
    expect(() => fitRecipe(recipe, ids, all, null, 1)).toThrow(/no target/);
  });
});

function correlation(a: readonly number[], b: Float64Array): number {
  const mean = (values: Iterable<number>) => Array.from(values).reduce((sum, value) => sum + value / a.length, 0);
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = mean(a.map((value, i) => (value - meanA) * (b[i]! - meanB)));
  return covariance / Math.sqrt(mean(a.map((value) => (value - meanA) ** 2)) * mean(b.map((value) => (value - meanB) ** 2)));
}

describe("the metamorphic test can fail", () => {
  it("a held-out value does change what is fitted when its row is a training row", () => {
    const recipe: Recipe = [{ op: "scale", columns: ["n"], method: "standard" }];
    const saved = (last: number, train: number[]) =>
      canonicalJson(fitRecipe(recipe, frameOf(numbers("n", [1, 2, 4, last])), Int32Array.from(train), null, 1).toJson());
    expect(saved(9, [0, 1, 2, 3])).not.toBe(saved(8, [0, 1, 2, 3]));
    expect(saved(9, [0, 1, 2])).toBe(saved(8, [0, 1, 2]));
  });
});
