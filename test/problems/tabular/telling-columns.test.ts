import { expect, test } from "vitest";
import type { RecipeStep } from "../../../src/core/recipe.ts";
import { experimentFor } from "../../../src/problems/tabular/experiment.ts";

const columns = [
  { name: "area", type: "number", missing: 0, distinct: 50 },
  { name: "agent", type: "category", missing: 0, distinct: 4 },
];
const question = {
  dataset: { version: "v", rows: 100, columns },
  target: "y",
  task: { kind: "regression" },
  weight: null,
  heldOut: 0,
  metrics: ["rmse"],
  seed: 1,
} as unknown as Parameters<typeof experimentFor>[0];
const told: RecipeStep = { op: "convert-unit", column: "area", by: { column: "agent", levels: ["Mill"] }, factor: 0.5, offset: 0 };
const of = (features: readonly string[], column = "agent") =>
  experimentFor(question, {
    features,
    recipe: [{ ...told, by: { ...told.by, column } }],
    split: { policy: "random", folds: 2, repeats: 1 },
    estimator: { name: "boosting", params: {} },
  });

test("a column that is no feature is there until it has told which cells are converted", () => {
  expect(of(["area"])).toMatchObject({ features: ["area", "agent"], recipe: [told, { op: "drop", columns: ["agent"] }] });
  expect(of(["area", "agent"]).recipe).not.toContainEqual({ op: "drop", columns: ["agent"] });
  expect(of(["agent"]).features).toEqual(["agent"]);
  expect(of(["area"], "nowhere").features).toEqual(["area"]);
});
