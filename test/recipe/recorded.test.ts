import { describe, expect, it } from "vitest";
import type { Recipe } from "../../src/core/recipe.ts";
import type { Task } from "../../src/core/task.ts";
import { fitRecipe } from "../../src/recipe/index.ts";
import recorded from "../reference/recorded/recipe.json" with { type: "json" };
import { allRows, frameOf, numbers, plain, texts } from "./frames.ts";

const { columns, targets } = recorded;
const nan = (values: readonly (number | null)[]) => values.map((value) => value ?? Number.NaN);
const level = texts("level", columns.level);
const frame = frameOf(
  numbers("number", nan(columns.number)),
  numbers("repeated", nan(columns.repeated)),
  numbers("large", columns.large),
  numbers("constant", columns.constant),
  level,
);

function closeTo(got: readonly number[], want: readonly (number | null)[], tolerance: number) {
  expect(got.length).toBe(want.length);
  const far = got.filter((value, row) => {
    const expected = want[row];
    return expected === null || expected === undefined ? !Number.isNaN(value) : !(Math.abs(value - expected) <= tolerance);
  });
  expect(far).toEqual([]);
}

describe("against scikit-learn", () => {
  it.each(["median", "mean", "most-frequent"] as const)("impute %s", (strategy) => {
    const fitted = fitRecipe([{ op: "impute", columns: ["number", "repeated"], strategy }], frame, allRows(frame), null, 1);
    const gap = frameOf(
      numbers("number", [Number.NaN]),
      numbers("repeated", [Number.NaN]),
      numbers("large", [0]),
      numbers("constant", [0]),
      texts("level", [""]),
    );
    const filled = plain(fitted.transform(gap, null));
    expect(filled.number?.[0]).toBeCloseTo(recorded.impute[strategy].number, 12);
    expect(filled.repeated?.[0]).toBeCloseTo(recorded.impute[strategy].repeated, 12);
  });

  it("scale; a large offset and a constant too", () => {
    const names = ["number", "repeated", "large", "constant"] as const;
    const scaled = plain(
      fitRecipe([{ op: "scale", columns: names, method: "standard" }], frame, allRows(frame), null, 1).transformTraining(),
    );
    for (const name of ["number", "repeated", "constant"] as const) closeTo(scaled[name]!, recorded.scale[name], 1e-12);
    // Around 1e9 a double has 1e-7 left, a hundred-thousandth of this column's deviation.
    closeTo(scaled.large!, recorded.scale.large, 2e-5);
  });

  it.each([
    ["binary", { kind: "binary", classes: ["0", "1"] }],
    ["multiclass", { kind: "multiclass", classes: ["0", "1", "2"] }],
    ["value", { kind: "regression" }],
  ] satisfies [keyof typeof targets, Task][])("target mean of a %s target", (name, task) => {
    const recipe: Recipe = [{ op: "encode", columns: ["level"], method: "target-mean", minCount: 1, maxLevels: 100 }];
    const only = frameOf(level);
    const fitted = fitRecipe(recipe, only, allRows(only), { values: Float64Array.from(targets[name]), task }, 1);
    const seen = Object.values(plain(fitted.transform(only, null)));
    const unseen = Object.values(plain(fitted.transform(frameOf(texts("level", ["never"])), null)));
    expect(seen.length).toBe(recorded.targetMean[name].training.length);
    for (const [output, want] of recorded.targetMean[name].training.entries()) closeTo(seen[output]!, want, 1e-12);
    closeTo(unseen.flat(), recorded.targetMean[name].unseen, 1e-12);
  });

  it.each(recorded.groups)("levels kept with minCount $minCount and maxLevels $maxLevels", ({ minCount, maxLevels, codes }) => {
    const present = frameOf(
      texts(
        "level",
        columns.level.filter((value) => value !== null),
      ),
    );
    const recipe: Recipe = [{ op: "encode", columns: ["level"], method: "codes", minCount, maxLevels }];
    const ours = plain(fitRecipe(recipe, present, allRows(present), null, 1).transformTraining()).level!;
    const pairs = new Set(ours.map((code, row) => `${code} ${codes[row]}`));
    expect(pairs.size).toBe(new Set(codes).size);
    expect(pairs.size).toBe(new Set(ours).size);
  });
});
