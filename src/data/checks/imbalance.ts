import type { Suspicion } from "../../core/finding.ts";
import { metricNamed } from "../../metrics/index.ts";
import { wilson } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { percent, quoted } from "../findings/phrase.ts";
import { classCounts, heldByClasses } from "../labels/class-counts.ts";

/** Always naming the largest class is right in 4 of 5 rows: accuracy no longer tells a model from none. */
const LARGEST = 0.8;
/** From here AUC looks good while most alarms are false: with 5 % positives and AUC 0.9 about two of three are. */
const RARE = 0.05;

/** Of two-sided intervals whose limits are 95 % limits, one-sided: a share that may as well be smaller in the population is no imbalance. */
const LEVEL = 0.9;

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
    if (task.kind === "regression" || share === 1) return [];
    if (!(wilson(counts[top] ?? 0, total, LEVEL).low >= LARGEST)) return ofManyClasses(context, counts, total);
    const rare = 1 - share < RARE;
    // Log loss judges the probabilities of all classes, whatever their shares: what decides between many classes is no other metric here than elsewhere.
    const metric = task.kind === "multiclass" ? "log-loss" : rare ? "average-precision" : "auc";
    return [
      {
        trap: "imbalance",
        columns: [context.roles.target],
        rows: affectedRows(context, (row) => context.target[row] !== top && !Number.isNaN(context.target[row])),
        ...heldByClasses(
          context,
          [...counts.keys()].filter((index) => index !== top),
        ),
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

/** A class of many that accuracy hardly notices: so many times as rare as the most frequent one. Classes too rare for folds are told by `rare-class`. */
const TIMES = 10;
const LEAST_ROWS = 10;

function ofManyClasses(context: AuditContext, counts: ArrayLike<number>, total: number): readonly Suspicion[] {
  const { task, target, roles } = context;
  const most = Math.max(...Array.from(counts));
  const isRare = (count: number) => count >= LEAST_ROWS && wilson(count, count + most, LEVEL).high <= 1 / (1 + TIMES);
  const rare = Array.from(counts).flatMap((count, place) => (isRare(count) ? [place] : []));
  if (task.kind !== "multiclass" || rare.length === 0) return [];
  const names = task.classes.filter((_, place) => rare.includes(place));
  const rows = rare.reduce((sum, place) => sum + (counts[place] ?? 0), 0);
  const shown = names.slice(0, 3).map(quoted).join(", ");
  return [
    {
      trap: "imbalance",
      columns: [roles.target],
      rows: affectedRows(context, (row) => rare.includes(target[row] ?? -1)),
      ...heldByClasses(context, rare),
      severity: "cosmetic",
      confidence: 0.95,
      evidence: { rareClasses: names, rareShare: rows / total, largestShare: most / total },
      fix: { action: "metric", metric: "log-loss" },
      counterfactual: { change: "metric", claimed: "accuracy", honest: "balanced-accuracy" },
      question: null,
      why: `${names.length === 1 ? `The class ${shown} is` : `${names.length} classes (${shown}${names.length > 3 ? ", ..." : ""}) are`} at least ${TIMES} times as rare as the largest, with ${percent(rows / total)} of the rows: accuracy hardly notices whether they are told. Judge by log loss, and look at the score of each class.`,
    },
  ];
}
