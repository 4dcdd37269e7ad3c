/** Share of the whole budget at whose end a stage should be done. What a stage leaves over, the next one has. */
const UNTIL = { data: 0.4, model: 0.75, scale: 0.9, production: 1 } as const;

export type StageName = keyof typeof UNTIL;

export const STAGES: readonly StageName[] = ["data", "model", "scale", "production"];

export function isBefore(a: StageName, b: StageName): boolean {
  return STAGES.indexOf(a) < STAGES.indexOf(b);
}

interface StageLimits {
  /** What it leaves at least for those after it. */
  readonly reserveMs?: number;
  /** Milliseconds from the start of the journey at which it should be done instead; null = by its share. */
  readonly untilMs?: number | null;
}

/** Milliseconds that a stage has from now; null without a budget. Never negative. */
export function stageBudget(
  stage: StageName,
  budgetMs: number | null,
  elapsedMs: number,
  { reserveMs = 0, untilMs = null }: StageLimits = {},
): number | null {
  if (budgetMs === null) return null;
  return Math.max(0, Math.min(untilMs ?? budgetMs * UNTIL[stage], budgetMs - reserveMs) - elapsedMs);
}

/**
 * The same at which checks that train nothing should be done. With a budget of 0, which asks for no experiments, and where no stage comes after the audit there is no
 * end: they are what was asked for, and the budget ends the experiments. A stage that is to be done later than that has as long for them.
 */
export function checksEnd(budgetMs: number | null, isLast: boolean, untilMs: number | null = null): number {
  return budgetMs === 0 || isLast ? Number.POSITIVE_INFINITY : Math.max(stageEnd("model", budgetMs), untilMs ?? 0);
}

/** Milliseconds from the start of the journey at which a stage should be done; Infinity without a budget. The same on every run. */
export function stageEnd(stage: StageName, budgetMs: number | null): number {
  return budgetMs === null ? Number.POSITIVE_INFINITY : budgetMs * UNTIL[stage];
}
