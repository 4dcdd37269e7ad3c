import type { Judged } from "../core/metric.ts";
import { ascendingOrder, aucInOrder, auc as rankAuc } from "../stats/index.ts";
import { type ReweightableMetric, reweightable } from "./forms.ts";
import { classCount, membership, probabilitiesOf } from "./judged.ts";

const weighted: ReweightableMetric = reweightable(
  { name: "auc", label: "ROC AUC", better: "higher", best: 1, worst: 0, chance: 0.5, tasks: ["binary", "multiclass"] },
  (judged) => {
    const classes = judged.task.kind === "binary" ? [1] : Array.from({ length: classCount(judged) }, (_, k) => k);
    const scorers = classes.map((k) => oneAgainstRest(judged, k));
    return (weight) => {
      const defined = scorers.map((score) => score(weight)).filter((value) => !Number.isNaN(value));
      return defined.reduce((sum, value) => sum + value, 0) / defined.length;
    };
  },
);

/**
 * Area under the ROC curve. Multiclass: the mean over classes of one against the rest. Classes without rows are passed over (scikit-learn
 * refuses them); NaN when all rows are of one class.
 */
export const auc: ReweightableMetric = {
  ...weighted,
  // Without weights two plain sorts are several times faster than one sort of indices.
  score: (judged) =>
    judged.task.kind === "binary" && judged.weight === null ? rankAuc(judged.truth, judged.outputs) : weighted.score(judged),
};

function oneAgainstRest(judged: Judged, k: number): (weight: Float64Array) => number {
  const truth = membership(judged, k);
  const scores = probabilitiesOf(judged, k);
  const order = ascendingOrder(scores);
  return (weight) => aucInOrder(order, truth, scores, weight);
}
