import type { AuditContext } from "../check.ts";
import { type GroupEvidence, groupEvidence } from "./group-evidence.ts";
import type { NeighbourGap } from "./neighbour-probe.ts";
import { timeEvidence } from "./time-evidence.ts";

/**
 * The verified group that a split would go by; null when there is none, or when it is one that no name speaks of (blocks of equal values, values that come back) and rows near in a time column hide more
 * of the error than its own rows do: a price that was set for a day stands in blocks because of the day. What is asked about (levels) is no rival of a time.
 */
export function judgedGroup(context: AuditContext): GroupEvidence | null {
  const [found] = groupEvidence(context);
  return found === undefined || explainedByTime(context, found) ? null : found;
}

/** A group that a time explains, for what is said of the split. */
export function groupLeftToTime(context: AuditContext): GroupEvidence | null {
  const [found] = groupEvidence(context);
  return found !== undefined && explainedByTime(context, found) ? found : null;
}

function explainedByTime(context: AuditContext, { key, gap }: GroupEvidence): boolean {
  if (key.from !== "blocks" && key.from !== "repeats") return false;
  const time = timeEvidence(context);
  return time !== null && time.order.by !== null && time.order.by !== key.column && time.verified && hidden(time.gap) > hidden(gap);
}

/** Share of the error that neighbours hide. */
function hidden({ openError, closedError }: NeighbourGap): number {
  return 1 - openError / closedError;
}
