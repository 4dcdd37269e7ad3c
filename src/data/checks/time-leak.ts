import type { Check } from "../check.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { type GroupEvidence, groupEvidence } from "../split/group-evidence.ts";
import { gapEvidence } from "../split/neighbour-probe.ts";
import { orderedSplit, randomSplit } from "../split/split-sizes.ts";
import { timeEvidence } from "../split/time-evidence.ts";

/** Rows that follow each other in time resemble each other: a random split judges a row by its own hour. */
export const timeLeak: Check = {
  trap: "time-leak",
  title: "A random split mixes the past with the future",
  inspect(context) {
    const found = timeEvidence(context);
    // Groups that stand in blocks explain an order that no column names.
    if (found === null || (found.order.by === null && groupEvidence(context).length > 0)) return [];
    const { order, gap, window, verified } = found;
    const honest = orderedSplit(context, order.by);
    return [
      {
        trap: "time-leak",
        columns: order.by === null ? [] : [order.by],
        rows: NO_ROWS,
        severity: "blocker",
        confidence: verified ? Math.min(0.97, (order.by === null ? 0.65 : 0.85) + 0.01 * Math.min(gap.z, 20)) : 0.6,
        evidence: {
          persistence: order.persistence,
          expected: order.expected,
          persistenceZ: order.persistenceZ,
          window,
          ...gapEvidence(gap),
        },
        fix: { action: "split", split: honest },
        counterfactual: { change: "split", naive: randomSplit(context), honest },
        question:
          order.by === null ? "Do the rows stand in the order in which they were collected, and do new cases come after them?" : null,
        why: `Rows next to each other ${order.by === null ? "in the file" : `by \`${order.by}\``} resemble each other (z ${order.persistenceZ.toFixed(0)}). ${errors(gap, verified)}`,
      },
    ];
  },
};

function errors({ openError, closedError }: GroupEvidence["gap"], verified: boolean): string {
  if (!verified) return "New cases come later, so a random split answers another question than the one that matters.";
  return `The nearest rows judge a row with an error of ${openError.toFixed(3)} when its neighbours in that order may help and ${closedError.toFixed(3)} when they may not, so a random split would claim too much.`;
}
