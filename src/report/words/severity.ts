import type { Finding, Severity } from "../../core/finding.ts";

export const SEVERITY_MEANING: Readonly<Record<Severity, string>> = {
  blocker: "the score would be a lie",
  harmful: "training is damaged",
  costly: "accuracy is left on the table",
  cosmetic: "no harm shown, or mended",
};

const PLURALS: Readonly<Record<Severity, readonly [string, string]>> = {
  blocker: ["blocker", "blockers"],
  harmful: ["harmful", "harmful"],
  costly: ["costly", "costly"],
  cosmetic: ["cosmetic", "cosmetic"],
};

/** "1 blocker", "3 harmful". */
export function severityCount(severity: Severity, count: number): string {
  const [one, many] = PLURALS[severity];
  return `${count} ${count === 1 ? one : many}`;
}

/** What was done about a finding. */
export function stateText({ state, severity }: Pick<Finding, "state" | "severity">): string {
  if (state === "mended") return "mended in this run";
  return severity === "cosmetic" ? "left as it is" : "open";
}
