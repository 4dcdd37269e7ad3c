import { type Confusion, hits, ofConfusion } from "./confusion.ts";
import type { ReweightableMetric } from "./forms.ts";

/** F1 of the positive class: 2 TP / (2 TP + FP + FN). NaN when no row is or is called positive (scikit-learn warns and gives 0). */
export const f1: ReweightableMetric = ofConfusion(
  { name: "f1", label: "F1", better: "higher", best: 1, worst: 0, chance: null, tasks: ["binary"] },
  (confusion) => f1Of(confusion, 1),
);

/** Mean F1 over the classes that occur in the truth or in the decisions, as scikit-learn's macro average. */
export const macroF1: ReweightableMetric = ofConfusion(
  { name: "macro-f1", label: "macro F1", better: "higher", best: 1, worst: 0, chance: null, tasks: ["binary", "multiclass"] },
  (confusion) => {
    const defined = Array.from({ length: confusion.classes }, (_, k) => f1Of(confusion, k)).filter((value) => !Number.isNaN(value));
    return defined.reduce((sum, value) => sum + value, 0) / defined.length;
  },
);

function f1Of(confusion: Confusion, k: number): number {
  return (2 * hits(confusion, k)) / (confusion.truth[k]! + confusion.decided[k]!);
}
