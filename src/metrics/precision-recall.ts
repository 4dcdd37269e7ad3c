import { hits, ofConfusion } from "./confusion.ts";
import type { ReweightableMetric } from "./forms.ts";

/**
 * Share of rows called positive that are. 0 when none is called positive although some are, as scikit-learn; NaN when none is either.
 */
export const precision: ReweightableMetric = ofConfusion(
  { name: "precision", label: "precision", better: "higher", best: 1, worst: 0, chance: null, tasks: ["binary"] },
  (confusion) => {
    if (confusion.decided[1]! > 0) return hits(confusion, 1) / confusion.decided[1]!;
    return confusion.truth[1]! > 0 ? 0 : Number.NaN;
  },
);

/** Share of the positive rows that are called positive. NaN without a positive row (scikit-learn warns and gives 0). */
export const recall: ReweightableMetric = ofConfusion(
  { name: "recall", label: "recall", better: "higher", best: 1, worst: 0, chance: null, tasks: ["binary"] },
  (confusion) => hits(confusion, 1) / confusion.truth[1]!,
);
