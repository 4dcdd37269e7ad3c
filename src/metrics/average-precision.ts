import { ascendingOrder } from "../stats/index.ts";
import { type ReweightableMetric, reweightable } from "./forms.ts";

/**
 * Average precision: sum over thresholds of (recall gained) x (precision there), rows of equal score together. NaN without a positive
 * row (scikit-learn warns and gives 0).
 */
export const averagePrecision: ReweightableMetric = reweightable(
  { name: "average-precision", label: "average precision", better: "higher", best: 1, worst: 0, chance: null, tasks: ["binary"] },
  ({ truth, outputs }) => {
    const order = ascendingOrder(outputs).reverse();
    const isPositive = Uint8Array.from(order, (row) => (truth[row] === 1 ? 1 : 0));
    const isLastOfEqual = Uint8Array.from(order, (row, i) => (outputs[row] === outputs[order[i + 1] ?? -1] ? 0 : 1));
    return (weight) => {
      let positives = 0;
      let all = 0;
      let gained = 0;
      let area = 0;
      for (let i = 0; i < order.length; i++) {
        const w = weight[order[i]!]!;
        all += w;
        if (isPositive[i] === 1) gained += w;
        if (isLastOfEqual[i] === 0) continue;
        positives += gained;
        if (gained > 0) area += gained * (positives / all);
        gained = 0;
      }
      return area / positives;
    };
  },
);
