import { type Finding, SEVERITIES } from "../../core/finding.ts";
import type { Roles } from "../../core/role.ts";
import type { AuditContext, Check } from "../check.ts";

/**
 * What was said of the columns that a model is given, counted anew without those that are left out: sentence, evidence and advice are of the rest, and what no longer holds of them is not told. What
 * was measured stands, and so does a milder severity.
 */
export async function ofColumnsLeft(
  findings: readonly Finding[],
  checks: readonly Check[],
  context: AuditContext,
  roles: Roles,
): Promise<readonly Finding[]> {
  if (roles.features.length === context.roles.features.length) return findings;
  const counting = checks.filter(({ trap, ofModel }) => ofModel === true && findings.some((one) => one.trap === trap));
  const left: AuditContext = { ...context, roles, shared: sharedAnew() };
  const found = (await Promise.all(counting.map((check) => check.inspect(left)))).flat();
  const traps = new Set(counting.map(({ trap }) => trap));
  return findings.flatMap((one): Finding[] => {
    if (!traps.has(one.trap) || one.state === "mended" || one.answer !== null) return [one];
    const anew = found.find(({ trap }) => trap === one.trap);
    if (anew === undefined) return [];
    const { evidence, fix, why } = anew;
    const isMilder = SEVERITIES.indexOf(anew.severity) > SEVERITIES.indexOf(one.severity);
    return [{ ...one, evidence, fix, why, severity: isMilder ? anew.severity : one.severity }];
  });
}

/** What checks share is of the columns that they look at. */
function sharedAnew(): AuditContext["shared"] {
  const values = new Map<string, unknown>();
  return <T>(key: string, make: () => T): T => {
    if (!values.has(key)) values.set(key, make());
    return values.get(key) as T;
  };
}
