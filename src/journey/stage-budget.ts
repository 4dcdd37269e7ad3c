/** Share of the whole budget at whose end a stage should be done. What a stage leaves over, the next one has. */
const UNTIL = { data: 0.4, model: 0.75, scale: 0.9, production: 1 } as const;

export type StageName = keyof typeof UNTIL;

export const STAGES: readonly StageName[] = ["data", "model", "scale", "production"];

export function isBefore(a: StageName, b: StageName): boolean {
  return STAGES.indexOf(a) < STAGES.indexOf(b);
}

/** Milliseconds that a stage has from now; null without a budget. Never negative. reserveMs: what it leaves at least for those after it. */
export function stageBudget(stage: StageName, budgetMs: number | null, elapsedMs: number, reserveMs = 0): number | null {
  return budgetMs === null ? null : Math.max(0, Math.min(budgetMs * UNTIL[stage], budgetMs - reserveMs) - elapsedMs);
}

/** Milliseconds from the start of the journey at which a stage should be done; Infinity without a budget. The same on every run. */
export function stageEnd(stage: StageName, budgetMs: number | null): number {
  return budgetMs === null ? Number.POSITIVE_INFINITY : budgetMs * UNTIL[stage];
}
