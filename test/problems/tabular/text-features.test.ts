import { expect, test } from "vitest";
import type { Recipe } from "../../../src/core/recipe.ts";
import { experimentFor } from "../../../src/problems/tabular/experiment.ts";

const columns = [
  { name: "note", type: "text", missing: 3, distinct: 90 },
  { name: "size", type: "number", missing: 0, distinct: 50 },
];
const question = {
  dataset: { version: "v", rows: 100, columns },
  target: "y",
  task: { kind: "binary", classes: ["no", "yes"] },
  weight: null,
  heldOut: 0,
  metrics: ["auc"],
  seed: 1,
} as unknown as Parameters<typeof experimentFor>[0];
const text: Recipe = [{ op: "text", column: "note", minTexts: 5, maxTerms: 100 }];
const recipeOf = (name: string, recipe: Recipe) =>
  experimentFor(question, {
    features: ["note", "size"],
    recipe,
    split: { policy: "random", folds: 2, repeats: 1 },
    estimator: { name, params: {} },
  }).recipe;

test("baselines read no text; what a linear model reads of one is brought to scale", () => {
  expect(recipeOf("constant", text)).toEqual([]);
  expect(recipeOf("one-column-rule", text)).toEqual([]);
  const scaled = recipeOf("linear", text).find((step) => step.op === "scale");
  expect(scaled).toMatchObject({ columns: expect.arrayContaining(["size", "note.words", "note.score"]) });
});

test("a text that no step reads is left out by the models", () => {
  for (const name of ["boosting", "linear"]) expect(JSON.stringify(recipeOf(name, []))).not.toContain("note");
});
