/** Share of the whole budget at whose end a stage should be done. What a stage leaves over, the next one has. */
const UNTIL = { data: 0.4, model: 0.75, scale: 0.9, production: 1 } as const;

export type StageName = keyof typeof UNTIL;

export const STAGES: readonly StageName[] = ["data", "model", "scale", "production"];

/** Milliseconds that a stage has from now; null without a budget. Never negative. */
export function stageBudget(stage: StageName, budgetMs: number | null, elapsedMs: number): number | null {
  return budgetMs === null ? null : Math.max(0, budgetMs * UNTIL[stage] - elapsedMs);
}
