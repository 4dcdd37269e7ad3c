import { meanOfRows, type RowLossMetric } from "./forms.ts";
import { decisions } from "./judged.ts";

/** Share of rows whose class is decided right (P(positive) >= 0.5, or the most probable class). The loss of a row is 0 or 1. */
export const accuracy: RowLossMetric = meanOfRows(
  { name: "accuracy", label: "accuracy", better: "higher", best: 1, worst: 0, chance: null, tasks: ["binary", "multiclass"] },
  (judged) => {
    const decided = decisions(judged);
    return judged.truth.map((label, row) => (decided[row] === label ? 0 : 1));
  },
  (meanLoss) => 1 - meanLoss,
);
