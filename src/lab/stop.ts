/** Thrown by a lab whose budget was over before the experiment had an outcome. */
export class BudgetEnded extends Error {
  readonly budgetMs: number;

  constructor(budgetMs: number) {
    super(`the budget of ${Math.round(budgetMs / 100) / 10} s is over`);
    this.name = "BudgetEnded";
    this.budgetMs = budgetMs;
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
