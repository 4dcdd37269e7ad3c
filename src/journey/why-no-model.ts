import type { StageName } from "./stage-budget.ts";

/** Why a run has judged no model, one plain sentence. unjudgeable: no label of the given test rows can be read, which the findings tell. */
export function whyNoModel({ isUnjudgeable, until }: { readonly isUnjudgeable: boolean; readonly until: StageName }): string {
  if (isUnjudgeable)
    return "No model was judged: no label of the given test rows is one that the training rows have, so nothing could be scored on them.";
  return until === "data" ? "No model was judged: only the data was asked about." : "No model was judged: the budget ended before.";
}
