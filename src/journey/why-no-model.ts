import type { StageName } from "./stage-budget.ts";

/** Why a run has judged no model, one plain sentence. unjudgeable: why the given test set can judge none, which the findings tell. */
export function whyNoModel({
  unjudgeable,
  until,
  budgetMs,
}: {
  readonly unjudgeable: string | null;
  readonly until: StageName;
  readonly budgetMs: number | null;
}): string {
  if (unjudgeable !== null) return `No model was judged: ${unjudgeable}.`;
  if (until === "data") return "No model was judged: only the data was asked about.";
  return `No model was judged: ${budgetMs === 0 ? "--budget 0s asks for no experiments" : "the budget ended before"}.`;
}
