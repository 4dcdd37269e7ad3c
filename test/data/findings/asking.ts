import type { Suspicion } from "../../../src/core/finding.ts";

/** A finding that asks. */
export const asking = (trap: Suspicion["trap"], columns: readonly string[], parts: Partial<Suspicion> = {}): Suspicion => ({
  trap,
  columns,
  rows: { count: 0, sample: [] },
  severity: "harmful",
  confidence: 0.4,
  evidence: {},
  fix: { action: "advice", text: "look" },
  counterfactual: null,
  question: "is it so?",
  why: "made",
  ...parts,
});
