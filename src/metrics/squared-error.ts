import { weightedMean } from "../stats/index.ts";
import { meanOfRows, type ReweightableMetric, type RowLossMetric, reweightable } from "./forms.ts";

/** Root of the mean squared error, in the target's unit. The loss of a row is its squared error. */
export const rmse: RowLossMetric = meanOfRows(
  { name: "rmse", label: "RMSE", better: "lower", best: 0, worst: Number.POSITIVE_INFINITY, chance: null, tasks: ["regression"] },
  ({ truth, outputs }) => truth.map((value, row) => (outputs[row]! - value) ** 2),
  Math.sqrt,
);

/** Share of the variance explained: 1 - SSE / SST. NaN when the truth is constant (scikit-learn gives 0 or 1). */
export const r2: ReweightableMetric = reweightable(
  { name: "r2", label: "R2", better: "higher", best: 1, worst: Number.NEGATIVE_INFINITY, chance: 0, tasks: ["regression"] },
  ({ truth, outputs }) =>
    (weight) => {
      const centre = weightedMean(truth, weight);
      let residual = 0;
      let total = 0;
      let first = Number.NaN;
      let varies = false;
      for (let row = 0; row < truth.length; row++) {
        if (weight[row] === 0) continue;
        if (Number.isNaN(first)) first = truth[row]!;
        if (truth[row] !== first) varies = true;
        residual += weight[row]! * (outputs[row]! - truth[row]!) ** 2;
        total += weight[row]! * (truth[row]! - centre) ** 2;
      }
      return varies ? 1 - residual / total : Number.NaN;
    },
);
