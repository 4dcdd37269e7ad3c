/** Thrown by a lab whose budget was over before the experiment had an outcome. */
export class BudgetEnded extends Error {
  readonly budgetMs: number;

  constructor(budgetMs: number) {
    super(`the budget of ${Math.round(budgetMs / 100) / 10} s is over`);
    this.name = "BudgetEnded";
    this.budgetMs = budgetMs;
  }
}

/** Thrown before work is begun that is foreseen to take more than it may have of what is left. */
export class WouldNotFit extends BudgetEnded {
  /** Foreseen, in milliseconds. */
  readonly neededMs: number;
  readonly leftMs: number;
  /** Share of what is left that it may take. */
  readonly share: number;

  constructor(neededMs: number, leftMs: number, share: number) {
    super(leftMs);
    this.name = "WouldNotFit";
    this.neededMs = neededMs;
    this.leftMs = leftMs;
    this.share = share;
  }
}

/** Thrown by a lab that was told to stop: by its signal, or because it was closed. Named as the platform names it. */
export class Cancelled extends Error {
  readonly code = "ABORT_ERR";

  constructor(message = "cancelled") {
    super(message);
    this.name = "AbortError";
  }
}
