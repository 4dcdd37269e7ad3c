import type { ResourceLimits } from "node:worker_threads";
import type { Frame } from "../core/column.ts";
import type { Executor } from "./contracts.ts";
import { toSharedFrame } from "./shared-frame.ts";
import { Cancelled } from "./stop.ts";
import { createSeat, type Order } from "./worker-seat.ts";

export interface WorkerExecutorOptions {
  /** Module of the kind: it exports a `Runner`. */
  readonly runnerUrl: URL;
  readonly threads: number;
  /** Of each thread's heap. Typed arrays lie outside of it. */
  readonly resourceLimits?: ResourceLimits;
}

/**
 * Does jobs in worker threads: first come, first served, by the threads in turn. Frames lie on shared memory and are sent to a thread once.
 * Aborting a job that runs ends its thread; another takes its place. A thread that dies fails its job only. Idle threads do not keep
 * the process alive, and are kept for the next executor when this one is closed.
 */
export function workerExecutor({ threads, ...options }: WorkerExecutorOptions): Executor {
  if (!Number.isInteger(threads) || threads < 1) throw new RangeError(`threads must be a whole number of at least 1, not ${threads}`);
  const frames = new Map<string, { readonly given: Frame; readonly shared: Frame }>();
  const queue: Order[] = [];
  let closed = false;
  let orders = 0;
  let turn = 0;
  const seats = Array.from({ length: threads }, () => createSeat(options, () => pump()));

  function pump(): void {
    for (let tried = 0; tried < threads && queue.length > 0 && !closed; tried++) {
      const seat = seats[turn++ % threads];
      if (seat === undefined || seat.order() !== null) continue;
      const order = queue.shift();
      const frame = order === undefined ? undefined : frames.get(order.job.dataset);
      if (order !== undefined && frame !== undefined) seat.start(order, frame.shared);
    }
  }

  function abandon(order: Order): void {
    const waiting = queue.indexOf(order);
    if (waiting >= 0) queue.splice(waiting, 1);
    else void seats.find((seat) => seat.order() === order)?.abandon();
  }

  return {
    threads,
    share: (version, frame) => {
      if (frames.get(version)?.given !== frame) frames.set(version, { given: frame, shared: toSharedFrame(frame) });
    },
    run: async (job, signal) => {
      signal?.throwIfAborted();
      if (closed) throw new Cancelled("the executor is closed");
      if (!frames.has(job.dataset)) throw new RangeError(`dataset version ${job.dataset} is not known to the executor`);
      let stop = (): void => undefined;
      try {
        return await new Promise((resolve, reject) => {
          const order: Order = { number: orders++, job, resolve, reject };
          stop = () => {
            reject(signal?.reason);
            abandon(order);
          };
          signal?.addEventListener("abort", stop, { once: true });
          queue.push(order);
          pump();
        });
      } finally {
        signal?.removeEventListener("abort", stop);
      }
    },
    close: async () => {
      closed = true;
      const open = [...queue.splice(0), ...seats.map((seat) => seat.order()).filter((order) => order !== null)];
      for (const order of open) order.reject(new Cancelled("the executor is closed"));
      await Promise.all(seats.map((seat) => seat.close()));
      frames.clear();
    },
  };
}
