import type { Finding, Severity } from "../../core/finding.ts";

const MEANING: Readonly<Record<Severity, string>> = {
  blocker: "the score would be a lie",
  harmful: "training is damaged",
  costly: "accuracy is left on the table",
  cosmetic: "no harm shown, or mended",
};

/** What stands over findings of a severity. One whose question is open is a suspicion, so the heading says no more than "if". */
export function severityMeaning(severity: Severity, findings: readonly Pick<Finding, "trap" | "question" | "answer">[]): string {
  const open = findings.filter(({ question, answer }) => question !== null && answer === null);
  if ((severity !== "blocker" && severity !== "harmful") || open.length === 0) return MEANING[severity];
  if (open.length < findings.length) return `${MEANING[severity]}; where a question is open, only if the suspicion is right`;
  if (severity === "harmful") return "if the suspicion is right, training is damaged or the score too good";
  const isLate = open.every(({ trap }) => trap === "post-outcome");
  return isLate ? "if it is known only later, the score is a lie" : "if the suspicion is right, the score is a lie";
}

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
  if (state === "kept") return "kept as it is";
  return severity === "cosmetic" ? "advice" : "open";
}
