import { expect, test } from "vitest";
import type { Candidate, Comparison } from "../../src/core/comparison.ts";
import { type CardInput, modelCard } from "../../src/model/index.ts";

const estimate = (value: number, experiments: string[]) => ({
  value,
  low: value - 0.02,
  high: value + 0.02,
  level: 0.95,
  method: "corrected resampled t",
  experiments,
});

const candidate = (name: string, score: number, state: Candidate["state"]): Candidate => ({
  name,
  label: `the ${name} | model`,
  complexity: 2,
  estimator: "linear",
  params: {},
  score: estimate(score, [`id-${name}`]),
  optimism: 0,
  overBaseline: estimate(score - 0.5, ["id-constant", `id-${name}`]),
  againstBest: null,
  fitMs: 10,
  state,
  note: null,
});

const comparison: Comparison = {
  metric: "auc",
  metricLabel: "ROC AUC",
  better: "higher",
  worthwhile: { gain: 0.02, why: "0.02 ROC AUC" },
  blindChoice: null,
  toDecide: null,
  test: null,
  rule: null,
  candidates: [
    candidate("linear", 0.8123456, "chosen"),
    { ...candidate("forest", Number.NaN, "failed"), overBaseline: null, note: "out of luck" },
  ],
  chosen: "linear",
  verdict: "model",
  why: ["It beats\nthe baseline."],
  calibration: {
    method: "platt",
    before: { logLoss: 0.5, brier: 0.2, ece: 0.08 },
    after: { logLoss: 0.4, brier: 0.15, ece: 0.01 },
    bins: [],
    p: 0.4,
  },
  threshold: { value: 0.31, why: "best F1", precision: 0.6, recall: 0.7 },
  importance: [{ column: "a`b", drop: estimate(0.1, ["id-linear"]) }],
  corrections: null,
  errorHalfWidth: null,
};

const input: CardInput = {
  name: "churn",
  version: "abc123",
  created: "2026-11-23",
  task: { kind: "binary", classes: ["no", "yes"] },
  target: 'left: "yes"',
  dataset: { name: "customers.csv", version: "0123456789abcdef", rows: 1000, features: ["a`b", "c"] },
  training: { rows: 700, loadedRows: 800, of: 1000, why: "no more fit into 512 MB of --memory" },
  sampledRows: 500,
  split: "5 groups of rows, by customer",
  comparison,
  preparation: ["missing ages become the median"],
  limits: ["Customers of one country only."],
  slices: [{ name: "country = DE", rows: 200, score: estimate(0.7, ["id-linear"]) }],
};

const card = modelCard(input);

test("the card names what the budget did not reach for", () => {
  const left = modelCard({
    ...input,
    comparison: { ...input.comparison, notTried: [{ label: "random forest, 150 trees", seconds: 11.7 }] },
  });
  expect(left).toContain("Not tried, since the budget was not expected to reach so far: random forest, 150 trees (about 12 s)");
  expect(card).not.toContain("Not tried");
});

test("front matter is YAML that names task, metric and value; names with quotes and colons are quoted", () => {
  const [, front] = card.split("---\n");
  expect(front).toContain("pipeline_tag: tabular-classification");
  expect(front).toContain('target: "left: \\"yes\\""');
  expect(front).toContain("type: auc");
  expect(front).toContain("value: 0.812346");
});

test("names cannot act on the terminal or turn the text that shows the card", () => {
  const card = modelCard({ ...input, name: "\u001b[31mred", target: "\u202eegnahc" });
  for (const text of ["\u001b", "\u202e", "u001b"]) expect(card).not.toContain(text);
});

test("says on how many rows it was trained and judged, and why not on all", () => {
  expect(card).toContain("Trained on 700 labelled rows, of 800 that were loaded: no more fit into 512 MB of --memory.");
  expect(card).toContain("Judged on rows it had not seen, in a uniform sample of 500 rows:");
});

test("every score has its interval and the chosen one its experiment", () => {
  expect(card).toContain("**ROC AUC 0.812 [0.792, 0.832]**");
  expect(card).toContain("experiment `id-linear`");
  expect(card).toContain("| the forest \\| model | not judged |  | failed: out of luck |");
});

test("what cannot be known is asked, what is known is said", () => {
  expect(card).toContain("To be answered by the people who use it");
  expect(card).toContain("Customers of one country only.");
  expect(card).toContain("| country = DE | 200 | 0.700 [0.680, 0.720] |");
  expect(card).toContain("log loss 0.5 and 0.4");
  expect(card).toContain("precision 0.6, recall 0.7");
  expect(card).toContain("`a'b`");
  expect(card).not.toContain("NaN");
  expect(card).not.toContain("undefined");
});

test("a precision that is 0 / 0 is unknown, with the reason", () => {
  const threshold = { ...comparison.threshold!, precision: Number.NaN, recall: 0 };
  expect(modelCard({ ...input, comparison: { ...comparison, threshold } })).toContain(
    "precision unknown (no row is called positive), recall 0.",
  );
});

test("a regression without a chosen model still makes a card", () => {
  const empty = modelCard({
    ...input,
    task: { kind: "regression" },
    slices: [],
    comparison: { ...comparison, chosen: "", calibration: null, threshold: null, importance: [], errorHalfWidth: 3.2 },
  });
  expect(empty).toContain("tabular-regression");
  expect(empty).toContain("No model was chosen.");
  expect(empty).toContain("90 % of the out-of-fold errors were at most 3.2.");
});
