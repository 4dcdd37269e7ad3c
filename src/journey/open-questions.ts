import type { Finding, FindingsFile } from "../core/finding.ts";
import { isSettled } from "../core/open-question.ts";

/** Columns that were left out on suspicion: whoever knows better may still answer. */
export function unansweredDrops({ findings }: FindingsFile): Finding[] {
  return findings.filter(
    (finding) =>
      finding.state === "mended" &&
      finding.question !== null &&
      finding.answer === null &&
      !isSettled(finding, findings) &&
      finding.fix.action === "steps" &&
      finding.fix.steps.some(({ op }) => op === "drop"),
  );
}
