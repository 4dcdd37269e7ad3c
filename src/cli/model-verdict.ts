import { cleanText } from "../core/clean-text.ts";
import type { ModelVerdict } from "../journey/index.ts";
import { badgeText } from "../report/text/index.ts";

/** One line on standard error before a model answers that was not found fit to. */
export function warnOfVerdict(verdict: ModelVerdict | null, isQuiet: boolean): void {
  if (verdict === null || verdict.decision === "go" || isQuiet) return;
  process.stderr.write(`The verdict on this model is ${badgeText(verdict.decision).toUpperCase()}: ${cleanText(verdict.why)}\n`);
}
