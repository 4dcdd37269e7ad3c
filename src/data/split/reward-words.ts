import type { NeighbourGap } from "./neighbour-probe.ts";

/** Share of the error by which the group's own rows must help for the sentence to say so. */
const NIL = 0.02;

/** Whether the rows of a group help with its own by as much as counts. */
export function isRewarded({ openError, closedError }: Pick<NeighbourGap, "openError" | "closedError">): boolean {
  return closedError - openError >= NIL * closedError;
}

/** What the measured errors say of a random split. */
export function rewardOf({ openError, closedError }: Pick<NeighbourGap, "openError" | "closedError">): string {
  const gain = closedError - openError;
  if (isRewarded({ openError, closedError })) return "so a random split would reward recognising the group";
  return gain > 0
    ? "which is hardly a difference: it is not by their nearest rows that groups are recognised, if they are"
    : "so no reward for recognising the group shows in them";
}
