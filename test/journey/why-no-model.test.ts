import { expect, test } from "vitest";
import { whyNoModel } from "../../src/journey/why-no-model.ts";

test("a run without a model says why: a test set that can judge none, nothing asked, or the budget", () => {
  const budget = /budget ended/;
  expect(whyNoModel({ unjudgeable: "the labels are of no class", until: "production", budgetMs: null })).toBe(
    "No model was judged: the labels are of no class.",
  );
  expect(whyNoModel({ unjudgeable: null, until: "data", budgetMs: null })).toMatch(/only the data/);
  expect(whyNoModel({ unjudgeable: null, until: "model", budgetMs: 1 })).toMatch(budget);
  expect(whyNoModel({ unjudgeable: null, until: "model", budgetMs: 0 })).toMatch(/--budget 0s asks for no experiments/);
});
