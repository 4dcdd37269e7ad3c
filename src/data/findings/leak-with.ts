import type { Suspicion } from "../../core/finding.ts";
import { namedColumns } from "./phrase.ts";

/** A leak with columns that are as much one: left out, priced and asked about together. */
export function leakWith<T extends Suspicion>(one: T, more: readonly string[], said: Pick<Suspicion, "evidence" | "why">): T {
  const columns = [...one.columns, ...more].sort();
  const steps = [{ op: "drop" as const, columns }];
  return {
    ...one,
    columns,
    evidence: { ...one.evidence, ...said.evidence },
    fix: one.fix.action === "steps" ? { action: "steps", steps } : one.fix,
    counterfactual: { change: "steps", steps, flatters: true },
    question: one.question === null ? null : `At the moment of prediction, are the values of ${namedColumns(columns)} already written?`,
    why: `${one.why} ${said.why}`,
  };
}
