import type { ResourceLimits } from "node:worker_threads";
import type { Frame } from "../core/column.ts";
import type { Executor } from "./contracts.ts";
import { toSharedFrame } from "./shared-frame.ts";
import { Cancelled } from "./stop.ts";
import { createSeat, type Job } from "./worker-seat.ts";

export interface WorkerExecutorOptions {
  /** Module that exports `runFold: FoldRunner`. */
  readonly runnerUrl: URL;
  readonly threads: number;
  /** Of each thread's heap. Typed arrays lie outside of it. */
  readonly resourceLimits?: ResourceLimits;
}

/**
 * Computes folds in worker threads: first come, first served, by the threads in turn. Frames lie on shared memory and are sent to a thread once.
 * Aborting a fold that runs ends its thread; another takes its place. A thread that dies fails its fold only. Idle threads do not keep
 * the process alive.
 */
export function workerExecutor({ threads, ...options }: WorkerExecutorOptions): Executor {
  if (!Number.isInteger(threads) || threads < 1) throw new RangeError(`threads must be a whole number of at least 1, not ${threads}`);
  const frames = new Map<string, { readonly given: Frame; readonly shared: Frame }>();
  const queue: Job[] = [];
  let closed = false;
  let jobs = 0;
  let turn = 0;
  const seats = Array.from({ length: threads }, () => createSeat(options, () => pump()));

  function pump(): void {
    for (let tried = 0; tried < threads && queue.length > 0 && !closed; tried++) {
      const seat = seats[turn++ % threads];
      if (seat === undefined || seat.job() !== null) continue;
      const job = queue.shift();
      const frame = job === undefined ? undefined : frames.get(job.experiment.dataset);
      if (job !== undefined && frame !== undefined) seat.start(job, frame.shared);
    }
  }

  function abandon(job: Job): void {
    const waiting = queue.indexOf(job);
    if (waiting >= 0) queue.splice(waiting, 1);
    else void seats.find((seat) => seat.job() === job)?.abandon();
  }

  return {
    threads,
    share: (version, frame) => {
      if (frames.get(version)?.given !== frame) frames.set(version, { given: frame, shared: toSharedFrame(frame) });
    },
    run: async (experiment, fold, validation, signal) => {
      signal?.throwIfAborted();
      if (closed) throw new Cancelled("the executor is closed");
      if (!frames.has(experiment.dataset)) throw new RangeError(`dataset version ${experiment.dataset} is not known to the executor`);
      let stop = (): void => undefined;
      try {
        return await new Promise((resolve, reject) => {
          const job: Job = { number: jobs++, experiment, fold, validation, resolve, reject };
          stop = () => {
            reject(signal?.reason);
            abandon(job);
          };
          signal?.addEventListener("abort", stop, { once: true });
          queue.push(job);
          pump();
        });
      } finally {
        signal?.removeEventListener("abort", stop);
      }
    },
    close: async () => {
      closed = true;
      const open = [...queue.splice(0), ...seats.map((seat) => seat.job()).filter((job) => job !== null)];
      for (const job of open) job.reject(new Cancelled("the executor is closed"));
      await Promise.all(seats.map((seat) => seat.close()));
      frames.clear();
    },
  };
}
