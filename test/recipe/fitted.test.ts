import { describe, expect, it } from "vitest";
import type { Column, Frame } from "../../src/core/column.ts";
import { OldhandError } from "../../src/core/error.ts";
import type { Recipe } from "../../src/core/recipe.ts";
import { fitRecipe, loadRecipe } from "../../src/recipe/index.ts";
import { allRows, dates, frameOf, numbers, plain, texts } from "./frames.ts";

const frame = frameOf(
  numbers("n", [1, Number.NaN, 3]),
  texts("c", ["x", "y", null]),
  texts("t", ["hello", "world", "again"], "text"),
  dates("d", ["1970-01-03", "", "1970-01-01"]),
  numbers("unused", [1, 2, 3]),
);
const recipe: Recipe = [{ op: "drop", columns: ["unused"] }];
const prepared = (source: Frame = frame, steps = recipe) => fitRecipe(steps, source, allRows(source), null, 1);

function failure(act: () => unknown): OldhandError {
  try {
    act();
  } catch (error) {
    if (error instanceof OldhandError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("what is left at the end becomes features", () => {
  it("numbers pass, categories become codes, dates days; text is dropped and said to be", () => {
    const fitted = prepared();
    expect(plain(fitted.transformTraining())).toEqual({ n: [1, Number.NaN, 3], c: [0, 1, -1], "d.days": [2, Number.NaN, 0] });
    expect(fitted.dropped.map(({ name }) => name)).toEqual(["t"]);
    expect(new Map(fitted.features.map((feature) => [feature.name, feature]))).toEqual(
      new Map([
        ["n", { name: "n", kind: "numeric", levels: 0, source: "n" }],
        ["d.days", { name: "d.days", kind: "numeric", levels: 0, source: "d" }],
        ["c", { name: "c", kind: "categorical", levels: 2, source: "c" }],
      ]),
    );
  });

  it("names that renames know are told beside the levels", () => {
    const padded = frameOf(numbers("n", [1, 2, 3]), texts("c", [" x", " y", " x"]));
    const { inputs } = prepared(padded, [{ op: "map", column: "c", mapping: { " x": "x", " y": "y" } }]);
    expect(inputs.find(({ name }) => name === "c")).toMatchObject({ levels: [" x", " y"], renamed: ["x", "y"] });
    expect(prepared(padded, []).inputs.every((input) => !("renamed" in input))).toBe(true);
  });

  it("inputs are the raw columns still used, described from training rows", () => {
    expect(prepared().inputs).toEqual([
      { name: "n", type: "number", levels: null, min: 1, max: 3, missingShare: 1 / 3, example: 1 },
      { name: "c", type: "category", levels: ["x", "y"], min: null, max: null, missingShare: 1 / 3, example: "x" },
      { name: "d", type: "date", levels: null, min: 0, max: 172_800_000, missingShare: 1 / 3, example: "1970-01-03T00:00:00.000Z" },
    ]);
  });

  it("a recipe may leave nothing", () => {
    const fitted = prepared(frame, [{ op: "drop", columns: ["n", "c", "t", "d", "unused"] }]);
    expect(fitted.transform(frame, null)).toEqual({ rows: 3, features: [] });
  });
});

describe("a frame from elsewhere", () => {
  const serving = (...columns: readonly Column[]) => prepared().transform(frameOf(...columns), null);
  const n = numbers("n", [7]);
  const c = texts("c", ["y"], "category", ["z", "y"]);
  const d = dates("d", ["1970-01-02"]);

  it("has its own dictionary and order of columns, and more columns", () => {
    expect(plain(serving(texts("more", ["a"]), d, c, n))).toEqual({ n: [7], c: [1], "d.days": [1] });
  });

  it("that lacks columns is refused by name, or taken as missing when allowed", () => {
    const error = failure(() => serving(c));
    expect(error.code).toBe("schema-mismatch");
    expect(error.parts.expected).toBe('"n", "d"');
    const allowed = prepared().transform(frameOf(c), null, { absent: "missing" });
    expect(plain(allowed)).toEqual({ n: [Number.NaN], c: [1], "d.days": [Number.NaN] });
  });

  it("whose columns were typed otherwise is converted where that has a meaning", () => {
    const codes = prepared(frameOf(texts("c", ["1", "2"]), numbers("n", [1, 2])), []);
    expect(plain(codes.transform(frameOf(numbers("c", [2, 5]), texts("n", ["4.5", "oops"])), null))).toEqual({
      c: [1, -1],
      n: [4.5, Number.NaN],
    });
    expect(plain(serving(n, c, texts("d", ["1970-01-05"])))["d.days"]).toEqual([4]);
    expect(plain(serving(texts("n", [null]), numbers("c", [Number.NaN]), numbers("d", [Number.NaN])))).toEqual({
      n: [Number.NaN],
      c: [-1],
      "d.days": [Number.NaN],
    });
  });

  it("that holds something else is refused, naming every such column", () => {
    const error = failure(() => serving(texts("n", ["many"]), c, numbers("d", [5])));
    expect(error.code).toBe("schema-mismatch");
    expect(error.parts.got).toBe('"n": expected number, got category; "d": expected date, got number');
  });
});

describe("save and load", () => {
  it("what is no fitted recipe is refused", () => {
    expect(failure(() => loadRecipe({ schema: "oldhand/run/1" })).code).toBe("dossier-broken");
    expect(failure(() => loadRecipe(null)).code).toBe("dossier-broken");
  });
});

describe("size", () => {
  it("10,000 columns with a step of their own each", () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `column ${i}`);
    const wide = frameOf(...names.map((name, i) => (i % 2 === 0 ? numbers(name, [i, Number.NaN, 1]) : texts(name, ["a", "b", null]))));
    const steps: Recipe = [
      ...names.map((column) => ({ op: "null-out", column, values: [1, "b"] }) as const),
      { op: "missing-indicator", columns: names },
      { op: "impute", columns: names, strategy: "median" },
      { op: "encode", columns: names, method: "one-hot", minCount: 1, maxLevels: 10 },
      { op: "scale", columns: names, method: "standard" },
    ];
    const fitted = prepared(wide, steps);
    const matrix = fitted.transform(wide, null);
    expect(matrix.features.length).toBe(fitted.features.length);
  });

  it("100,000 rows x 20 columns", () => {
    const rows = 100_000;
    const columns = Array.from({ length: 20 }, (_, i) =>
      i % 2 === 0
        ? numbers(
            `n${i}`,
            Array.from({ length: rows }, (_, row) => (row % 7 === 0 ? Number.NaN : row * (i + 1))),
          )
        : texts(
            `c${i}`,
            Array.from({ length: rows }, (_, row) => `level ${(row * (i + 1)) % 50}`),
          ),
    );
    const tall = frameOf(...columns);
    const names = columns.map(({ name }) => name);
    const fitted = prepared(tall, [
      { op: "missing-indicator", columns: names },
      { op: "impute", columns: names, strategy: "median" },
      { op: "encode", columns: names, method: "codes", minCount: 5, maxLevels: 254 },
      { op: "scale", columns: names, method: "standard" },
    ]);
    const matrix = fitted.transform(tall, allRows(tall));
    expect(matrix.features.length).toBe(40);
  });
});
