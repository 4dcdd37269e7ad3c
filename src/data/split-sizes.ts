import type { SplitPolicy } from "../core/split.ts";
import type { AuditContext } from "./check.ts";

/** Folds of every proposed policy. */
export const SPLIT_FOLDS = 5;

/** Up to this many labelled rows, folds are drawn twice: else intervals are too wide to tell anything. */
const SMALL = 5_000;

export function repeatsFor(context: AuditContext): number {
  const labelled = context.target.reduce((count, value) => count + Number(!Number.isNaN(value)), 0);
  return labelled <= SMALL ? 2 : 1;
}

/** What people do without thinking: by class where there are classes. */
export function randomSplit(context: AuditContext): SplitPolicy {
  const policy = context.task.kind === "regression" ? "random" : "stratified";
  return { policy, folds: foldsFor(context), repeats: repeatsFor(context) };
}

/** By group, the whole value of the columns or the part that `cut` captures. */
export function groupSplit(context: AuditContext, by: readonly string[], cut: string | null): SplitPolicy {
  const shared = { policy: "group", by, folds: SPLIT_FOLDS, repeats: repeatsFor(context) } as const;
  return cut === null ? shared : { ...shared, cut };
}

/** By a time column: train on the past, judge the next block. By the order of the file alone: contiguous blocks. */
export function orderedSplit(context: AuditContext, by: string | null): SplitPolicy {
  if (by === null) return { policy: "blocks", by: null, folds: SPLIT_FOLDS };
  return { policy: context.frame.rows < 200 ? "blocks" : "time", by, folds: SPLIT_FOLDS };
}

/** As many folds as the rarest class has rows, two at least. */
function foldsFor(context: AuditContext): number {
  if (context.task.kind === "regression") return SPLIT_FOLDS;
  const counts = new Float64Array(context.task.classes.length);
  for (const value of context.target) if (!Number.isNaN(value)) counts[value] = (counts[value] ?? 0) + 1;
  const rarest = counts.filter((count) => count > 0).reduce((least, count) => Math.min(least, count), SPLIT_FOLDS);
  return Math.max(2, Math.min(SPLIT_FOLDS, rarest));
}
