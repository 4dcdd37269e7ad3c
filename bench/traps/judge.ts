import type { Finding } from "../../src/core/finding.ts";
import type { TrapId } from "../../src/core/trap.ts";
import type { Planted } from "./plants/index.ts";

export interface Sown {
  readonly trap: TrapId;
  readonly strength: number;
  readonly planted: Planted;
}

export function isFound({ trap, planted }: Sown, findings: readonly Finding[]): boolean {
  return findings.some((one) => one.trap === trap && touches(one, planted.columns));
}

/** Found, or told by another face of it: a sibling of the target that nearly gives it is a target-leak. */
export function isCaught(sown: Sown, findings: readonly Finding[]): boolean {
  const { planted } = sown;
  return isFound(sown, findings) || findings.some((one) => planted.also?.includes(one.trap) === true && touches(one, planted.columns));
}

/** Whether a plant explains the finding: it is the trap itself, or another face of it. */
export function isReal(finding: Finding, sown: readonly Sown[]): boolean {
  return sown.some(({ trap, planted }) => {
    if (finding.trap === trap) return touches(finding, planted.columns);
    return planted.also?.includes(finding.trap) === true;
  });
}

function touches(finding: Finding, columns: readonly string[]): boolean {
  return columns.length === 0 || finding.columns.length === 0 || finding.columns.some((name) => columns.includes(name));
}
