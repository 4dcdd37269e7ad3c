import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";

/** Labelled frame rows of each class, in the task's order; empty for regression. */
export function classCounts(context: AuditContext): readonly number[] {
  if (context.task.kind === "regression") return [];
  const counts = new Array<number>(context.task.classes.length).fill(0);
  for (const label of context.target) if (!Number.isNaN(label)) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** What the cells of the target hold in rows of these classes, as it is written there. */
export function heldByClasses({ task, dataset, roles }: AuditContext, indices: readonly number[]): Pick<Suspicion, "held"> {
  if (task.kind === "regression") return {};
  const { spelt = {}, unknown = [], amount } = task.labels ?? {};
  const names = task.classes.filter((_, index) => indices.includes(index));
  const others = Object.entries(spelt).flatMap(([value, name]) => (names.includes(name) ? [value] : []));
  const type = dataset.columns.find(({ name }) => name === roles.target)?.type;
  const texts = [...names, ...others].filter((value) => !unknown.includes(value));
  const values = type === "number" ? texts.map(Number) : texts;
  return amount !== undefined || type === "date" || values.some(Number.isNaN) ? {} : { held: [{ column: roles.target, values }] };
}
