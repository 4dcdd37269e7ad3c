import { Worker } from "node:worker_threads";
import type { Frame } from "../core/column.ts";
import { OldhandError } from "../core/error.ts";
import type { Job } from "./contracts.ts";
import { keepThread, type ThreadOptions, takeThread } from "./idle-threads.ts";
import { errorOf, type FromWorker, type ToWorker, type WorkerSettings } from "./worker-messages.ts";

/** A job on its way, and who waits for it. */
export interface Order {
  readonly number: number;
  readonly job: Job;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** One place at the bench. Its thread starts with the first job and is replaced with the next job when it died. */
export interface Seat {
  order(): Order | null;
  /** Only when it has none. */
  start(order: Order, frame: Frame): void;
  /** Ends the thread in the middle of its job. */
  abandon(): Promise<void>;
  /** A thread in the middle of a job ends; one without is kept for the next executor. */
  close(): Promise<void>;
}

export function createSeat(options: ThreadOptions, onFree: () => void): Seat {
  let worker: Worker | null = null;
  let current: Order | null = null;
  const sent = new Map<string, Frame>();

  const settle = (use: (order: Order) => void): void => {
    const order = current;
    current = null;
    worker?.unref();
    if (order !== null) use(order);
    onFree();
  };

  const hire = (): Worker => {
    const hired = takeThread(options) ?? newWorker(options);
    let cause: unknown = null;
    hired.on("message", (message: FromWorker) => {
      if (worker !== hired || current?.number !== message.number) return;
      settle((order) => (message.type === "result" ? order.resolve(message.result) : order.reject(errorOf(message.failure))));
    });
    hired.on("error", (error) => {
      cause = error;
    });
    hired.on("exit", (code) => {
      if (worker !== hired) return;
      worker = null;
      settle((order) => order.reject(deathOf(order.job, cause, code)));
    });
    sent.clear();
    return hired;
  };

  const leave = async (): Promise<void> => {
    const leaving = worker;
    const isKept = leaving !== null && current === null && keepThread(options, leaving);
    worker = null;
    current = null;
    if (!isKept) await leaving?.terminate();
  };

  return {
    order: () => current,
    start: (order, frame) => {
      current = order;
      worker ??= hire();
      worker.ref();
      const { number, job } = order;
      if (sent.get(job.dataset) !== frame) worker.postMessage({ type: "frame", version: job.dataset, frame } satisfies ToWorker);
      sent.set(job.dataset, frame);
      worker.postMessage({ type: "job", number, job } satisfies ToWorker);
    },
    abandon: async () => {
      const left = leave();
      onFree();
      await left;
    },
    close: leave,
  };
}

/** Threads cannot load TypeScript: from source the built file is used. */
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "../../dist/lab-worker.js" : "./lab-worker.js", import.meta.url);

function newWorker({ runnerUrl, resourceLimits }: ThreadOptions): Worker {
  const settings: WorkerSettings = { runnerUrl: runnerUrl.href };
  return new Worker(WORKER, {
    workerData: settings,
    execArgv: [],
    ...(resourceLimits === undefined ? {} : { resourceLimits }),
  });
}

function deathOf({ where, size }: Job, cause: unknown, exitCode: number): Error {
  if (cause instanceof Error && "code" in cause && cause.code === "ERR_WORKER_OUT_OF_MEMORY") {
    return new OldhandError("out-of-memory", {
      what: "Training ran out of memory.",
      where,
      got: size,
      fix: "Give it more with --memory, or use fewer --threads.",
    });
  }
  return new Error(`the worker thread died in ${where}: ${cause instanceof Error ? cause.message : `exit code ${exitCode}`}`, { cause });
}
