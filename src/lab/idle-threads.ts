import { availableParallelism } from "node:os";
import type { ResourceLimits, Worker } from "node:worker_threads";
import type { ToWorker } from "./worker-messages.ts";

export interface ThreadOptions {
  /** Built module: threads cannot load TypeScript. */
  readonly runnerUrl: URL;
  readonly resourceLimits?: ResourceLimits;
}

/** By the runner that they loaded. */
const idle = new Map<string, Set<Worker>>();

/**
 * Keeps a thread without a job for the next executor of this process. A new one loads the program and compiles it anew, which takes longer than
 * to train on a small table. It forgets its frames and does not keep the process alive.
 * False for one with limits of its own, and when there are enough already.
 */
export function keepThread({ runnerUrl, resourceLimits }: ThreadOptions, worker: Worker): boolean {
  const kept = idle.get(runnerUrl.href) ?? new Set();
  idle.set(runnerUrl.href, kept);
  if (resourceLimits !== undefined || kept.size >= availableParallelism()) return false;
  stopListening(worker);
  for (const end of ["error", "exit"]) worker.on(end, () => kept.delete(worker));
  worker.unref();
  worker.postMessage({ type: "forget" } satisfies ToWorker);
  kept.add(worker);
  return true;
}

/** A kept thread that loaded the runner; null without one, or where limits are wanted. */
export function takeThread({ runnerUrl, resourceLimits }: ThreadOptions): Worker | null {
  if (resourceLimits !== undefined) return null;
  const kept = idle.get(runnerUrl.href) ?? new Set();
  for (const worker of kept) {
    kept.delete(worker);
    stopListening(worker);
    return worker;
  }
  return null;
}

/** By name: Node itself listens to a thread to know whether anybody does. */
function stopListening(worker: Worker): void {
  for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
}
