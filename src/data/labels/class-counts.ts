import type { AuditContext } from "../check.ts";

/** Labelled frame rows of each class, in the task's order; empty for regression. */
export function classCounts(context: AuditContext): readonly number[] {
  if (context.task.kind === "regression") return [];
  const counts = new Array<number>(context.task.classes.length).fill(0);
  for (const label of context.target) if (!Number.isNaN(label)) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
