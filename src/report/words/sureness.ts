import type { Finding } from "../../core/finding.ts";

/** How sure a finding is, and whether the audit went by it: "confidence 97 %", "only asked, confidence 74 %"; null where an answer has settled it. */
export function surenessText(finding: Pick<Finding, "confidence" | "stance" | "answer" | "question">): string | null {
  if (finding.answer !== null) return null;
  return `${finding.stance === "asks" ? `${askedText(finding)}, ` : ""}confidence ${confidenceText(finding.confidence)}`;
}

/** Of what the audit does not act on: a finding whose question is settled, or that never had one, asks nothing. */
export function askedText({ question }: Pick<Finding, "question">): string {
  return question === null ? "only told" : "only asked";
}

/** In whole percent, but never 100 or 0: what is told is no certainty. */
function confidenceText(confidence: number): string {
  if (confidence > 0.99) return "over 99 %";
  return confidence < 0.01 ? "under 1 %" : `${Math.round(100 * confidence)} %`;
}
