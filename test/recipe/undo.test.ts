import { expect, test } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import type { Recipe, RecipeStep } from "../../src/core/recipe.ts";
import { withoutUndone } from "../../src/recipe/index.ts";

const drop: RecipeStep = { op: "drop", columns: ["late"] };
const nulls: RecipeStep = { op: "null-out", column: "pdays", values: [999] };
const marks: RecipeStep = { op: "missing-indicator", columns: ["pdays"] };
const RECIPE: Recipe = [drop, nulls, marks];

function finding(id: string, steps: readonly RecipeStep[], state = "mended"): Finding {
  return { id, state, fix: { action: "steps", steps } } as unknown as Finding;
}

const FINDINGS = [
  finding("post-outcome:late", [drop]),
  finding("sentinel:pdays", [nulls, marks]),
  finding("missing:pdays", [marks]),
  finding("constant:x", [{ op: "drop", columns: ["x"] }], "kept"),
];

test("a finding takes back its steps, but for those that another one wants too", () => {
  const { recipe, undone, wanted, reopened } = withoutUndone(RECIPE, FINDINGS, ["sentinel:pdays"]);
  expect([recipe, undone, reopened]).toEqual([[drop, marks], [nulls], ["sentinel:pdays"]]);
  expect(wanted).toEqual([{ step: marks, by: "missing:pdays" }]);
});

test("a number takes back that step, whoever wants it", () => {
  expect(withoutUndone(RECIPE, FINDINGS, ["3", "1"])).toMatchObject({
    recipe: [nulls],
    undone: [drop, marks],
    wanted: [],
    reopened: ["post-outcome:late", "sentinel:pdays", "missing:pdays"],
  });
});

test("all takes back everything, nothing nothing", () => {
  expect(withoutUndone(RECIPE, FINDINGS, ["all"])).toMatchObject({ recipe: [], undone: RECIPE });
  expect(withoutUndone(RECIPE, FINDINGS, [])).toEqual({ recipe: RECIPE, undone: [], wanted: [], reopened: [] });
});

test.each(["0", "4", "constant:x", "post-outcome:lat", ""])("%j names nothing that was done", (word) => {
  expect(() => withoutUndone(RECIPE, FINDINGS, [word])).toThrow(/There is nothing of this name to undo/);
});
