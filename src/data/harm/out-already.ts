import type { Finding, Suspicion } from "../../core/finding.ts";
import { droppedBy, leavesOutToBeHonest } from "./ground.ts";

type Repair = Pick<Suspicion, "fix" | "counterfactual"> & { readonly id: string };

/**
 * A column that is out as a leak, a key or for another finding that is told first leaves nothing on the table: what else would leave it out, and has no harm of its own, is cosmetic.
 * `findings`: in the order in which they are told. `kept`: the fixes that are made.
 */
export function withoutLossTwice(findings: readonly Finding[], kept: readonly Repair[]): readonly Finding[] {
  const honest = kept.filter(leavesOutToBeHonest);
  const told: Repair[] = [];
  return findings.map((one): Finding => {
    const own = kept.find(({ id }) => id === one.id);
    const dropped = own === undefined ? [] : dropsOf(own);
    const out = new Set([...honest, ...told].flatMap((other) => (other === own ? [] : dropsOf(other))));
    if (own !== undefined) told.push(own);
    const isOut = dropped.length > 0 && dropped.every((name) => out.has(name));
    return one.severity === "costly" && one.harm === null && isOut ? { ...one, severity: "cosmetic" } : one;
  });
}

function dropsOf({ fix }: Repair): readonly string[] {
  return fix.action === "steps" ? [...droppedBy(fix.steps)] : [];
}
