import { setMaxListeners } from "node:events";
import { BudgetEnded, Cancelled } from "./stop.ts";

/** A longer timer would fire at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Time that may be used, and the one signal by which everything is stopped. */
export interface Budget {
  /** Aborted with BudgetEnded or Cancelled as its reason. */
  readonly signal: AbortSignal;
  /** Milliseconds left, at least 0; Infinity without a budget. */
  left(): number;
  /** @throws the reason, when time is over or the user's signal was aborted. */
  check(): void;
  /** Stops the clock and, by Cancelled, everything that still runs. */
  close(): void;
}

/** The clock starts now. budgetMs null = no limit; a user's abort ends it as well. */
export function createBudget(budgetMs: number | null, userSignal: AbortSignal | null): Budget {
  const stop = new AbortController();
  // One listener per experiment under way, each removed when it is settled: no leak to warn of.
  setMaxListeners(0, stop.signal);
  const deadline = budgetMs === null ? Number.POSITIVE_INFINITY : performance.now() + budgetMs;
  const left = () => Math.max(0, deadline - performance.now());
  const end = () => stop.abort(new BudgetEnded(budgetMs ?? 0));
  const cancel = () => stop.abort(new Cancelled());
  const timer = budgetMs === null ? null : setTimeout(end, Math.min(budgetMs, LONGEST_TIMER_MS)).unref();
  if (userSignal?.aborted) cancel();
  userSignal?.addEventListener("abort", cancel, { once: true });
  return {
    signal: stop.signal,
    left,
    check: () => {
      if (left() === 0) end();
      stop.signal.throwIfAborted();
    },
    close: () => {
      if (timer !== null) clearTimeout(timer);
      userSignal?.removeEventListener("abort", cancel);
      stop.abort(new Cancelled("the lab is closed"));
    },
  };
}
