import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Recipe } from "../../src/core/recipe.ts";
import type { Task } from "../../src/core/task.ts";
import { fitRecipe } from "../../src/recipe/index.ts";
import { frames, recipes, STEPS } from "./arbitraries.ts";
import { allRows, dates, frameOf, numbers, plain, texts } from "./frames.ts";
import { runExported } from "./onnx-run.ts";

const TRAIN = 24;
const MULTICLASS: Task = { kind: "multiclass", classes: ["x", "y", "z"] };
const targets = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: TRAIN, maxLength: TRAIN }).map((values) => Float64Array.from(values));

async function holds(recipe: fc.Arbitrary<Recipe>, runs: number) {
  const check = fc.asyncProperty(recipe, frames(TRAIN), frames(12), targets, async (steps, training, serving, values) => {
    const fitted = fitRecipe(steps, training, allRows(training), { values, task: MULTICLASS }, 1);
    expect(await runExported(fitted, serving)).toEqual(plain(fitted.transform(serving, null)));
  });
  await fc.assert(check, { numRuns: runs, seed: 20260 });
}

describe("the exported recipe gives what transform gives", () => {
  it.each(Object.entries(STEPS))("step %s", (_, step) => holds(fc.array(step, { minLength: 1, maxLength: 3 }), 25));

  it("recipes of several steps", () => holds(recipes, 120));

  it("dates around the year's and the era's turns", async () => {
    const days = [
      "1969-12-31T23:59:59.999Z",
      "1970-01-01",
      "2000-02-29",
      "1900-03-01",
      "0000-03-01",
      "-000001-12-31",
      "2400-12-31T23:00Z",
      "",
    ];
    const frame = frameOf(dates("d", days));
    const parts = ["year", "month", "day", "weekday", "hour", "days"] as const;
    const fitted = fitRecipe([{ op: "date-parts", column: "d", parts }], frame, allRows(frame), null, 1);
    const exported = await runExported(fitted, frame);
    expect(exported).toEqual(plain(fitted.transform(frame, null)));
    expect(exported["d.year"]).toEqual([1969, 1970, 2000, 1900, 0, -1, 2400, Number.NaN]);
    expect(exported["d.weekday"]).toEqual([2, 3, 1, 3, 2, 4, 6, Number.NaN]);
  });

  it("columns with awkward names, and one whose name is taken", async () => {
    const names = ["", "__proto__", "constructor", "/Cast", "a.missing", "a"];
    const frame = frameOf(...names.map((name, i) => numbers(name, [i, Number.NaN, i + 2])));
    const fitted = fitRecipe([{ op: "missing-indicator", columns: names }], frame, allRows(frame), null, 1);
    expect(fitted.features.map(({ name }) => name)).toContain("a.missing_2");
    expect(Object.entries(await runExported(fitted, frame))).toEqual(Object.entries(plain(fitted.transform(frame, null))));
  });

  it("refuses a number read as a category and back", () => {
    const frame = frameOf(numbers("n", [1, 2]));
    const there = [
      { op: "to-category", column: "n" },
      { op: "to-number", column: "n" },
    ] as const;
    const fitted = fitRecipe(there, frame, allRows(frame), null, 1);
    expect(plain(fitted.transform(frame, null))).toEqual({ n: [1, 2] });
    return expect(runExported(fitted, frame)).rejects.toThrow(/category and then a number/);
  });

  it("scaling by almost nothing, which onnxruntime's optimiser leaves out when written with Sub or Div", async () => {
    for (const size of [1e-9, 1 - 4e-6, 1 + 9e-6, 1 + 3e-5]) {
      const frame = frameOf(numbers("n", [-size, -size, 3 * size, -size + 1e-9]), numbers("m", [-size, size, -size, size]));
      const fitted = fitRecipe([{ op: "scale", columns: ["n", "m"], method: "standard" }], frame, allRows(frame), null, 1);
      expect(await runExported(fitted, frame)).toEqual(plain(fitted.transform(frame, null)));
    }
  });

  it("logarithms, but for the last digit: two libraries of mathematics", async () => {
    const cells = [0, -0, 1e-9, 3, -250, 1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const frame = frameOf(
      numbers("n", cells),
      numbers(
        "m",
        cells.map((value) => value * 1e-300),
      ),
    );
    const fitted = fitRecipe([{ op: "log", columns: ["n", "m"] }], frame, allRows(frame), null, 1);
    const [exported, own] = [await runExported(fitted, frame), plain(fitted.transform(frame, null))];
    const digits = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(14)) + 0);
    for (const name of ["n", "m"]) expect(digits(exported[name]!)).toEqual(digits(own[name]!));
  });

  it("a column whose training rows are all missing", async () => {
    const frame = frameOf(texts("c", [null, null, "x"]), numbers("n", [Number.NaN, Number.NaN, 3]), numbers("kept", [1, 2, 3]));
    for (const method of ["codes", "one-hot", "target-mean"] as const) {
      const recipe: Recipe = [
        { op: "to-category", column: "n" },
        { op: "encode", columns: ["c", "n"], method, minCount: 1, maxLevels: 5 },
      ];
      const target = { values: Float64Array.of(1, 0, 1), task: { kind: "regression" } } as const;
      const fitted = fitRecipe(recipe, frame, Int32Array.of(0, 1), target, 1);
      expect(await runExported(fitted, frame)).toEqual(plain(fitted.transform(frame, null)));
    }
  });
});
