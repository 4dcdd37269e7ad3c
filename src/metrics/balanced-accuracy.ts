import { hits, ofConfusion } from "./confusion.ts";
import type { ReweightableMetric } from "./forms.ts";

/** Mean recall over the classes that occur in the truth. */
export const balancedAccuracy: ReweightableMetric = ofConfusion(
  {
    name: "balanced-accuracy",
    label: "balanced accuracy",
    better: "higher",
    best: 1,
    worst: 0,
    chance: null,
    tasks: ["binary", "multiclass"],
  },
  (confusion) => {
    const present = Array.from({ length: confusion.classes }, (_, k) => k).filter((k) => confusion.truth[k]! > 0);
    return present.reduce((sum, k) => sum + hits(confusion, k) / confusion.truth[k]!, 0) / present.length;
  },
);
