import type { Finding } from "../../core/finding.ts";

/** How sure a finding is, and whether the audit went by it: "confidence 97 %", "only asked, confidence 74 %"; null where an answer has settled it. */
export function surenessText({ confidence, stance, answer }: Pick<Finding, "confidence" | "stance" | "answer">): string | null {
  if (answer !== null) return null;
  return `${stance === "asks" ? "only asked, " : ""}confidence ${confidenceText(confidence)}`;
}

/** In whole percent, but never 100 or 0: what is told is no certainty. */
function confidenceText(confidence: number): string {
  if (confidence > 0.99) return "over 99 %";
  return confidence < 0.01 ? "under 1 %" : `${Math.round(100 * confidence)} %`;
}
