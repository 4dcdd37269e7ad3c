import { meanOfRows, type RowLossMetric } from "./forms.ts";

/** Brier score: mean of (P(positive) - truth)^2. */
export const brier: RowLossMetric = meanOfRows(
  { name: "brier", label: "Brier score", better: "lower", best: 0, worst: 1, chance: null, tasks: ["binary"] },
  ({ truth, outputs }) => truth.map((label, row) => (outputs[row]! - label) ** 2),
);
