import { type Finding, SEVERITIES } from "../../core/finding.ts";
import { severityCount } from "./severity.ts";

/** "2 blockers, 1 harmful, 7 costly"; what there is none of is left out. */
export function severityCounts(findings: readonly Finding[]): string {
  const parts = SEVERITIES.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const);
  const shown = parts.filter(([, count]) => count > 0).map(([severity, count]) => severityCount(severity, count));
  return shown.length === 0 ? "none" : shown.join(", ");
}
