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
    return (weight) => {
      let positives = 0;
      let all = 0;
      let area = 0;
      for (let start = 0; start < order.length; ) {
        let gained = 0;
        let end = start;
        for (; end < order.length && outputs[order[end]!] === outputs[order[start]!]; end++) {
          const row = order[end]!;
          all += weight[row]!;
          if (truth[row] === 1) gained += weight[row]!;
        }
        positives += gained;
        if (gained > 0) area += gained * (positives / all);
        start = end;
      }
      return area / positives;
    };
  },
);
