import { expect, test } from "vitest";
import { whyNoModel } from "../../src/journey/why-no-model.ts";

test("a run without a model says why: labels that cannot be scored, nothing asked, or the budget", () => {
  const budget = /budget ended/;
  expect(whyNoModel({ isUnjudgeable: true, until: "production" })).toMatch(/no label of the given test rows/);
  expect(whyNoModel({ isUnjudgeable: true, until: "production" })).not.toMatch(budget);
  expect(whyNoModel({ isUnjudgeable: false, until: "data" })).toMatch(/only the data/);
  expect(whyNoModel({ isUnjudgeable: false, until: "model" })).toMatch(budget);
});
