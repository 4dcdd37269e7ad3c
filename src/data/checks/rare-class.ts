import type { Check } from "../check.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { counted, quoted } from "../findings/phrase.ts";
import { classCounts, heldByClasses } from "../labels/class-counts.ts";

/** Folds of the usual judging; each needs two rows of a class to train on it and be judged on it. */
const FOLDS = 5;

/** Classes with fewer rows than folds can share. */
export const rareClass: Check = {
  trap: "rare-class",
  title: "A class has too few rows to be judged",
  inspect(context) {
    const { task } = context;
    if (task.kind === "regression") return [];
    const counts = classCounts(context);
    const rare = task.classes
      .map((name, index) => ({ name, index, count: counts[index] ?? 0 }))
      .filter(({ count }) => count > 0 && count < 2 * FOLDS);
    if (rare.length === 0) return [];
    const indices = new Set(rare.map(({ index }) => index));
    const listed = rare
      .slice(0, 4)
      .map(({ name, count }) => `${quoted(name)} ${count}`)
      .join(", ");
    const few = rare.some(({ count }) => count < FOLDS);
    return [
      {
        trap: "rare-class",
        columns: [context.roles.target],
        rows: affectedRows(context, (row) => indices.has(context.target[row] ?? -1)),
        ...heldByClasses(context, [...indices]),
        severity: task.kind === "binary" || few ? "harmful" : "costly",
        confidence: 0.95,
        evidence: { classes: Object.fromEntries(rare.map(({ name, count }) => [name, count])), needed: 2 * FOLDS },
        fix: {
          action: "advice",
          text: `Collect at least ${2 * FOLDS} rows of each class, or merge rare classes with the one nearest in meaning.`,
        },
        counterfactual: { change: "classes", classes: [...indices] },
        question: null,
        why: `${counted(rare.length, "class has", "classes have")} fewer than ${2 * FOLDS} rows (${listed}): with ${FOLDS} folds some are judged on one row or none.`,
      },
    ];
  },
};
