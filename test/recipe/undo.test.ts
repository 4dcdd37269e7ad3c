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
  const { recipe, undone, wanted, held, reopened } = withoutUndone(RECIPE, FINDINGS, ["sentinel:pdays"]);
  expect([recipe, undone, reopened]).toEqual([[drop, marks], [nulls], ["sentinel:pdays"]]);
  expect(wanted).toEqual([{ step: marks, by: "missing:pdays" }]);
  expect(held).toEqual([]);
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
  expect(withoutUndone(RECIPE, FINDINGS, [])).toEqual({ recipe: RECIPE, undone: [], wanted: [], held: [], reopened: [] });
});

test("columns that other findings leave out too are still out: these are named, and the finding is still mended", () => {
  const both: RecipeStep = { op: "drop", columns: ["week", "stop"] };
  const week: RecipeStep = { op: "drop", columns: ["week"] };
  const stop: RecipeStep = { op: "drop", columns: ["stop"] };
  const ids = { both: "combination-leak:week,stop", week: "post-outcome:week", stop: "post-outcome:stop" };
  const findings = [finding(ids.both, [both]), finding(ids.week, [week]), finding(ids.stop, [stop])];
  const recipe: Recipe = [both, week, stop];
  expect(withoutUndone(recipe, findings, [ids.both])).toMatchObject({
    recipe: [week, stop],
    held: [
      { column: "week", by: [ids.week] },
      { column: "stop", by: [ids.stop] },
    ],
    reopened: [],
  });
  expect(withoutUndone(recipe, findings, [ids.both, ids.week])).toMatchObject({
    held: [{ column: "stop", by: [ids.stop] }],
    reopened: [ids.both, ids.week],
  });
  expect(withoutUndone([both, week], findings.slice(0, 1), [ids.both]).held).toEqual([{ column: "week", by: ["2"] }]);
  const twice = [finding(ids.both, [both]), finding("target-leak:week,stop", [both])];
  expect(withoutUndone([both], twice, [ids.both])).toMatchObject({
    undone: [],
    held: [
      { column: "week", by: ["target-leak:week,stop"] },
      { column: "stop", by: ["target-leak:week,stop"] },
    ],
    reopened: [],
  });
});

test.each(["0", "4", "constant:x", "post-outcome:lat", ""])("%j names nothing that was done", (word) => {
  expect(() => withoutUndone(RECIPE, FINDINGS, [word])).toThrow(/There is nothing of this name to undo/);
});
