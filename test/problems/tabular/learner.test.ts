import { expect, test } from "vitest";
import type { Candidate } from "../../../src/core/comparison.ts";
import type { Experiment } from "../../../src/core/experiment.ts";
import { answered, learnerOf } from "../../../src/problems/tabular/plan.ts";
import { comparisonOf } from "../../journey/results.ts";

const columns = ["a", "y"].map((name) => ({ name, type: "number", missing: 0, distinct: 9 }));
const question = {
  dataset: { version: "v", columns },
  target: "y",
  task: { kind: "regression" },
  weight: null,
  heldOut: 0,
  metrics: ["rmse"],
  seed: 1,
};
const data = { question: { ...question, features: ["a"] }, recipe: [] } as unknown as Parameters<typeof learnerOf>[0];
const experiment = { split: { policy: "random", folds: 5, repeats: 1 } } as unknown as Experiment;

function answer(candidates: readonly Partial<Candidate>[]): ReturnType<typeof learnerOf> {
  const [one] = comparisonOf({}).candidates;
  const all = candidates.map((parts) => ({ ...one!, ...parts }));
  const comparison = comparisonOf({ verdict: "undecided", better: "lower", candidates: all, chosen: "constant" });
  return learnerOf(data, { comparison } as Parameters<typeof learnerOf>[1], experiment);
}

const score = (value: number) => ({ value, low: value, high: value, level: 0.95, method: "", experiments: [] });
const trees = { trees: 40, extraTrees: true };

test("where no model won, the curve is that of the best one as it was judged, whatever would be tried by default", () => {
  const found = answer([
    { name: "constant", label: "the mean", estimator: "constant", state: "chosen", score: score(1) },
    { name: "linear", label: "ridge", state: "undecided", score: score(0.9) },
    { name: "extra-trees", label: "extra", estimator: "forest", params: trees, state: "undecided", score: score(0.8) },
  ]);
  expect(found?.of).toEqual({ label: "extra", isShipped: false, shipped: "the mean" });
  expect(found?.experiment.estimator).toMatchObject({ name: "forest", params: trees });
  expect(found?.experiment.split).toEqual(experiment.split);
});

test("without a model that was judged there is none", () => {
  expect(answer([{ name: "constant", estimator: "constant", state: "chosen", score: score(1) }])).toBeNull();
});

test("the curve of a chosen model is corrected as its score is; that of a model that was not chosen is not", () => {
  const [one] = comparisonOf({}).candidates;
  const candidates = [
    { ...one!, name: "linear", label: "ridge", optimism: 0 },
    { ...one!, name: "trees", label: "trees", optimism: 0.004 },
  ];
  expect(answered({ candidates, chosen: "trees" }, experiment)).toEqual({
    experiment,
    of: { label: "trees", isShipped: true },
    optimism: 0.004,
  });
  expect(answer([{ name: "linear", estimator: "linear", state: "undecided", score: score(0.9) }])?.optimism).toBe(0);
});
