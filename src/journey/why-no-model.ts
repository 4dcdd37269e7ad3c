import type { StageName } from "./stage-budget.ts";

/** Why a run has judged no model, one plain sentence. unjudgeable: why the given test set can judge none, which the findings tell. */
export function whyNoModel({ unjudgeable, until }: { readonly unjudgeable: string | null; readonly until: StageName }): string {
  if (unjudgeable !== null) return `No model was judged: ${unjudgeable}.`;
  return until === "data" ? "No model was judged: only the data was asked about." : "No model was judged: the budget ended before.";
}
