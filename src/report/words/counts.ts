import { type Finding, SEVERITIES } from "../../core/finding.ts";
import { severityCount } from "./severity.ts";

/** "2 blockers, 1 harmful, 7 costly"; what there is none of is left out. */
export function severityCounts(findings: readonly Finding[]): string {
  const parts = SEVERITIES.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const);
  const shown = parts.filter(([, count]) => count > 0).map(([severity, count]) => severityCount(severity, count));
  return shown.length === 0 ? "none" : shown.join(", ");
}

/** " (3 mended, 1 kept as it is)"; empty where nothing was decided. */
export function statesText(findings: readonly Finding[]): string {
  const count = (wanted: Finding["state"]) => findings.filter(({ state }) => state === wanted).length;
  const parts = [
    [count("mended"), "mended"],
    [count("kept"), "kept as it is"],
  ] as const;
  const shown = parts.filter(([many]) => many > 0).map(([many, word]) => `${many} ${word}`);
  return shown.length === 0 ? "" : ` (${shown.join(", ")})`;
}
