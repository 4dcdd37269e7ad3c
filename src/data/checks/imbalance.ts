import { metricNamed } from "../../metrics/index.ts";
import type { Check } from "../check.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { percent, quoted } from "../findings/phrase.ts";
import { classCounts } from "../labels/class-counts.ts";

/** Always naming the largest class is right in 4 of 5 rows: accuracy no longer tells a model from none. */
const LARGEST = 0.8;
/** From here AUC looks good while most alarms are false: with 5 % positives and AUC 0.9 about two of three are. */
const RARE = 0.05;

/** One class holds most rows. The answer is the right metric; resampling would spoil the probabilities. */
export const imbalance: Check = {
  trap: "imbalance",
  title: "One class holds most rows",
  inspect(context) {
    const { task } = context;
    const counts = classCounts(context);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const top = counts.indexOf(Math.max(...counts));
    const share = (counts[top] ?? 0) / total;
    if (task.kind === "regression" || !(share >= LARGEST) || share === 1) return [];
    const rare = 1 - share < RARE;
    // Log loss judges the probabilities of all classes, whatever their shares: what decides between many classes is no other metric here than elsewhere.
    const metric = task.kind === "multiclass" ? "log-loss" : rare ? "average-precision" : "auc";
    return [
      {
        trap: "imbalance",
        columns: [context.roles.target],
        rows: affectedRows(context, (row) => context.target[row] !== top && !Number.isNaN(context.target[row])),
        severity: rare ? "costly" : "cosmetic",
        confidence: 0.95,
        evidence: {
          largestClass: task.classes[top] ?? "",
          largestShare: share,
          classes: Object.fromEntries(task.classes.map((name, i) => [name, counts[i] ?? 0])),
        },
        fix: { action: "metric", metric },
        counterfactual: { change: "metric", claimed: "accuracy", honest: "balanced-accuracy" },
        question: null,
        why: `${percent(share)} of the rows are ${quoted(task.classes[top] ?? "")}: a model that always says so has an accuracy of ${percent(share)} and is worth nothing. Judge by ${metricNamed(metric).label}, not by accuracy; do not resample, that would make the probabilities wrong.`,
      },
    ];
  },
};
