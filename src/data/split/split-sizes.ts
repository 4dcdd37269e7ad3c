import type { SplitPolicy } from "../../core/split.ts";
import { float64Where } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed, textAt } from "../columns/column-facts.ts";

/** Folds of every proposed policy. */
const SPLIT_FOLDS = 5;

/** Up to this many labelled rows, folds are drawn twice: else intervals are too wide to tell anything. Of a sample once: more rows would tell more than another draw. */
const SMALL = 5_000;

function repeatsFor(context: AuditContext): number {
  if (context.frame.rows < context.dataset.rows) return 1;
  const labelled = context.target.reduce((count, value) => count + Number(!Number.isNaN(value)), 0);
  return labelled <= SMALL ? 2 : 1;
}

/** What people do without thinking: by class where there are classes. */
export function randomSplit(context: AuditContext): Extract<SplitPolicy, { policy: "random" | "stratified" }> {
  const policy = context.task.kind === "regression" ? "random" : "stratified";
  return { policy, folds: foldsFor(context), repeats: repeatsFor(context) };
}

/** By group, the whole value of the columns or the part that `cut` captures. At most as many folds as groups. */
export function groupSplit(context: AuditContext, by: readonly string[], cut: string | null): SplitPolicy {
  const groups = differentValues(context, by, cut);
  const shared = { policy: "group", by, folds: Math.max(2, Math.min(SPLIT_FOLDS, groups)), repeats: repeatsFor(context) } as const;
  return cut === null ? shared : { ...shared, cut };
}

/**
 * By a time column: train on the past, judge the next block. By the order of the file alone, or for few rows: contiguous blocks. Rows of one time
 * stay together, so there are no more folds than times allow.
 */
export function orderedSplit(context: AuditContext, by: string | null): SplitPolicy {
  if (by === null) return { policy: "blocks", by: null, folds: SPLIT_FOLDS };
  const policy = context.frame.rows < 200 ? "blocks" : "time";
  return { policy, by, folds: foldsInOrder(context, by, policy) };
}

/** The growing window trains on one part before it judges the first. */
export function foldsInOrder(context: AuditContext, by: string | null, policy: "time" | "blocks"): number {
  if (by === null) return SPLIT_FOLDS;
  const times = differentValues(context, [by], null);
  return Math.max(2, Math.min(SPLIT_FOLDS, policy === "time" ? times - 1 : times));
}

/** Different combinations of present values in labelled rows. */
function differentValues(context: AuditContext, by: readonly string[], cut: string | null): number {
  const columns = columnsNamed(context.frame, by);
  const pattern = cut === null ? null : new RegExp(cut, "u");
  const seen = new Set<string>();
  for (let row = 0; row < context.frame.rows; row++) {
    if (Number.isNaN(context.target[row])) continue;
    const texts = columns.map((column) => textAt(column, row));
    if (texts.every((text) => text === null)) continue;
    seen.add(texts.map((text) => (text === null ? "" : (pattern?.exec(text)?.[1] ?? text))).join("\u0001"));
  }
  return seen.size;
}

/** As many folds as the rarest class has rows, two at least. */
function foldsFor(context: AuditContext): number {
  if (context.task.kind === "regression") return SPLIT_FOLDS;
  const counts = new Float64Array(context.task.classes.length);
  for (const value of context.target) if (!Number.isNaN(value)) counts[value] = (counts[value] ?? 0) + 1;
  const rarest = float64Where(counts, (count) => count > 0).reduce((least, count) => Math.min(least, count), SPLIT_FOLDS);
  return Math.max(2, Math.min(SPLIT_FOLDS, rarest));
}
