import { BudgetEnded } from "../lab/index.ts";

/** Time between two looks at what else there is to do: much below the second in which Ctrl-C should end. */
const EVERY_MS = 100;

/**
 * A function for long loops of this thread: now and then it lets signals and timers be heard, and throws the signal's reason when the user has stopped the work,
 * BudgetEnded when `leftMs` is used up. Between these moments it costs a look at the clock.
 */
export function pauses(signal: AbortSignal | null, leftMs: () => number = () => Number.POSITIVE_INFINITY): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < EVERY_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    if (leftMs() <= 0) throw new BudgetEnded(0);
    last = performance.now();
  };
}
