import { ascendingOrder, orderWithin } from "../stats/index.ts";
import { type ReweightableMetric, reweightable } from "./forms.ts";

/**
 * Average precision: sum over thresholds of (recall gained) x (precision there), rows of equal score together. NaN without a positive
 * row (scikit-learn warns and gives 0). Answers of several models (`answeredBy`): the mean of each one's, by its positive rows.
 */
export const averagePrecision: ReweightableMetric = reweightable(
  { name: "average-precision", label: "average precision", better: "higher", best: 1, worst: 0, chance: null, tasks: ["binary"] },
  ({ truth, outputs, answeredBy }) => {
    const order = (answeredBy == null ? ascendingOrder(outputs) : orderWithin(answeredBy, outputs)).reverse();
    const isPositive = Uint8Array.from(order, (row) => (truth[row] === 1 ? 1 : 0));
    const isLastOf = (values: ArrayLike<number>) =>
      Uint8Array.from(order, (row, i) => (values[row] === values[order[i + 1] ?? -1] ? 0 : 1));
    const isLastOfEqual = isLastOf(outputs);
    const isLastOfModel = answeredBy == null ? null : isLastOf(answeredBy);
    return (weight) => {
      let before = 0;
      let positives = 0;
      let all = 0;
      let gained = 0;
      let area = 0;
      for (let i = 0; i < order.length; i++) {
        const w = weight[order[i]!]!;
        all += w;
        if (isPositive[i] === 1) gained += w;
        const isModelEnd = isLastOfModel !== null && isLastOfModel[i] === 1;
        if (isLastOfEqual[i] === 0 && !isModelEnd) continue;
        positives += gained;
        if (gained > 0) area += gained * (positives / all);
        gained = 0;
        if (!isModelEnd) continue;
        before += positives;
        [positives, all] = [0, 0];
      }
      return area / (before + positives);
    };
  },
);
