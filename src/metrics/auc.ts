import type { Judged } from "../core/metric.ts";
import { aucOfBlocks, aucUnderWeights, auc as rankAuc } from "../stats/index.ts";
import { type BlockMetric, type ReweightableMetric, reweightable } from "./forms.ts";
import { classCount, membership, probabilitiesOf, weightsOf } from "./judged.ts";

/** One class against the rest. */
interface Side {
  readonly truth: Float64Array;
  readonly scores: Float64Array;
}

const weighted: ReweightableMetric = reweightable(
  { name: "auc", label: "ROC AUC", better: "higher", best: 1, worst: 0, chance: 0.5, tasks: ["binary", "multiclass"] },
  (judged) => meanOverClasses(judged, ({ truth, scores }) => aucUnderWeights(truth, scores, judged.answeredBy)),
);

/**
 * Area under the ROC curve. Multiclass: the mean over classes of one against the rest. Classes without rows are passed over (scikit-learn
 * refuses them); NaN when all rows are of one class. Answers of several models (`answeredBy`): the share of right pairs among those of one model; a
 * model with rows of one class has none.
 */
export const auc: ReweightableMetric & BlockMetric = {
  ...weighted,
  // Without weights two plain sorts are several times faster than one sort of indices.
  score: (judged) =>
    judged.task.kind === "binary" && judged.weight === null && judged.answeredBy == null
      ? rankAuc(judged.truth, judged.outputs)
      : weighted.score(judged),
  underBlocks: (judged, blockOf, blocks) => {
    const weight = weightsOf(judged);
    return meanOverClasses(judged, ({ truth, scores }) => aucOfBlocks(truth, scores, weight, blockOf, blocks, judged.answeredBy));
  },
};

function meanOverClasses(judged: Judged, scorerOf: (side: Side) => (counts: Float64Array) => number): (counts: Float64Array) => number {
  const classes = judged.task.kind === "binary" ? [1] : Array.from({ length: classCount(judged) }, (_, k) => k);
  const scorers = classes.map((k) => scorerOf({ truth: membership(judged, k), scores: probabilitiesOf(judged, k) }));
  return (counts) => {
    const defined = scorers.map((score) => score(counts)).filter((value) => !Number.isNaN(value));
    return defined.reduce((sum, value) => sum + value, 0) / defined.length;
  };
}
