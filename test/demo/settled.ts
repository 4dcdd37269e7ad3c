import type { JourneyResult } from "../../src/core/verdict.ts";

/**
 * The result as a machine that has nothing else to do gives it. Whether the speed of one answer can be told within its budget hangs on what else runs: an
 * undecided gate `latency` is a measured figure like the milliseconds that the golden text masks, so it becomes passed and the step that would settle it
 * goes. One that failed, and every other gate, stays as it is.
 */
export function settled(result: JourneyResult): JourneyResult {
  const { proof, verdict } = result;
  const unsure = proof?.gates.find(({ gate, status }) => gate === "latency" && status === "undecided");
  if (proof === null || unsure === undefined) return result;
  const gates = proof.gates.map((gate) => (gate === unsure ? { ...gate, status: "passed" as const } : gate));
  const next = verdict.next.filter((step) => !step.startsWith(`To settle the undecided gate "${unsure.title}"`));
  return { ...result, proof: { ...proof, gates }, verdict: { ...verdict, next } };
}

/**
 * Whether other programs slowed answers so much that the gate `latency` failed, though half of the answers came within the budget: each is timed by the clock. That changes
 * the verdict as well, so there is nothing to settle.
 */
export function isSlowed({ proof }: JourneyResult, crowding: number): boolean {
  const failed = proof?.gates.find(({ gate, status }) => gate === "latency" && status === "failed");
  return crowding > 2 && failed !== undefined && Number(failed.evidence.p50Ms) <= Number(failed.evidence.budgetMs);
}
