import { float64Where } from "../core/typed-from.ts";
import { hits, ofConfusion } from "./confusion.ts";
import type { ReweightableMetric } from "./forms.ts";

/**
 * Matthews correlation of truth and decision (for several classes R_K of Gorodkin 2004). 0 when every row gets one decision; NaN when all
 * rows are of one class (scikit-learn gives 0).
 */
export const mcc: ReweightableMetric = ofConfusion(
  {
    name: "mcc",
    label: "Matthews correlation",
    better: "higher",
    best: 1,
    worst: -1,
    chance: 0,
    tasks: ["binary", "multiclass"],
  },
  (confusion) => {
    const { classes, truth, decided, total } = confusion;
    let right = 0;
    let products = 0;
    let truthSquares = 0;
    let decidedSquares = 0;
    for (let k = 0; k < classes; k++) {
      right += hits(confusion, k);
      products += truth[k]! * decided[k]!;
      truthSquares += truth[k]! ** 2;
      decidedSquares += decided[k]! ** 2;
    }
    if (float64Where(truth, (sum) => sum > 0).length < 2) return Number.NaN;
    if (float64Where(decided, (sum) => sum > 0).length < 2) return 0;
    return (right * total - products) / Math.sqrt(total ** 2 - truthSquares) / Math.sqrt(total ** 2 - decidedSquares);
  },
);
