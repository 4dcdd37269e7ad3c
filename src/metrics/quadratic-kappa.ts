import { ofConfusion } from "./confusion.ts";
import type { ReweightableMetric } from "./forms.ts";

/**
 * Cohen's kappa with quadratic weights: for classes with an order, a miss costs the square of its distance. The order is the task's
 * order of classes. NaN when truth and decisions are all one class.
 */
export const quadraticKappa: ReweightableMetric = ofConfusion(
  {
    name: "quadratic-kappa",
    label: "quadratic kappa",
    better: "higher",
    best: 1,
    worst: -1,
    chance: 0,
    tasks: ["binary", "multiclass"],
  },
  ({ classes, cells, truth, decided, total }) => {
    let seen = 0;
    let byChance = 0;
    for (let i = 0; i < classes; i++) {
      for (let j = 0; j < classes; j++) {
        seen += (i - j) ** 2 * cells[i * classes + j]!;
        byChance += ((i - j) ** 2 * truth[i]! * decided[j]!) / total;
      }
    }
    return 1 - seen / byChance;
  },
);
