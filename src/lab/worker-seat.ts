import { type ResourceLimits, Worker } from "node:worker_threads";
import type { Frame } from "../core/column.ts";
import { OldhandError } from "../core/error.ts";
import type { Experiment } from "../core/experiment.ts";
import { contentHash } from "../core/json.ts";
import type { Fold } from "../core/split.ts";
import type { FoldResult } from "./contracts.ts";
import { errorOf, type FromWorker, type ToWorker, type WorkerSettings } from "./worker-messages.ts";

export interface Job {
  readonly number: number;
  readonly experiment: Experiment;
  readonly fold: Fold;
  readonly validation: Int32Array;
  resolve(result: FoldResult): void;
  reject(error: unknown): void;
}

export interface SeatOptions {
  /** Built module: threads cannot load TypeScript. */
  readonly runnerUrl: URL;
  readonly resourceLimits?: ResourceLimits;
}

/** One place at the bench. Its thread starts with the first job and is replaced with the next job when it died. */
export interface Seat {
  job(): Job | null;
  /** Only when it has no job. */
  start(job: Job, frame: Frame): void;
  /** Ends the thread in the middle of its job. */
  abandon(): Promise<void>;
  close(): Promise<void>;
}

export function createSeat(options: SeatOptions, onFree: () => void): Seat {
  let worker: Worker | null = null;
  let current: Job | null = null;
  const sent = new Map<string, Frame>();

  const settle = (use: (job: Job) => void): void => {
    const job = current;
    current = null;
    worker?.unref();
    if (job !== null) use(job);
    onFree();
  };

  const hire = (): Worker => {
    const settings: WorkerSettings = { runnerUrl: builtUrl(options.runnerUrl).href };
    const { resourceLimits } = options;
    const hired = new Worker(builtUrl(new URL(workerFile(), import.meta.url)), {
      workerData: settings,
      execArgv: [],
      ...(resourceLimits === undefined ? {} : { resourceLimits }),
    });
    let cause: unknown = null;
    hired.on("message", (message: FromWorker) => {
      if (worker !== hired || current?.number !== message.job) return;
      settle((job) => (message.type === "result" ? job.resolve(message.result) : job.reject(errorOf(message.failure))));
    });
    hired.on("error", (error) => {
      cause = error;
    });
    hired.on("exit", (code) => {
      if (worker !== hired) return;
      worker = null;
      settle((job) => job.reject(deathOf(job, cause, code)));
    });
    sent.clear();
    return hired;
  };

  const leave = async (): Promise<void> => {
    const leaving = worker;
    worker = null;
    current = null;
    await leaving?.terminate();
  };

  return {
    job: () => current,
    start: (job, frame) => {
      current = job;
      worker ??= hire();
      worker.ref();
      const { number, experiment, fold, validation } = job;
      if (sent.get(experiment.dataset) !== frame)
        worker.postMessage({ type: "frame", version: experiment.dataset, frame } satisfies ToWorker);
      sent.set(experiment.dataset, frame);
      worker.postMessage({ type: "fold", job: number, experiment, fold, validation } satisfies ToWorker);
    },
    abandon: async () => {
      const left = leave();
      onFree();
      await left;
    },
    close: leave,
  };
}

function workerFile(): string {
  return import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
}

/** Under a TypeScript runner (tests) the built file stands in: src/lab/x.ts -> dist/lab/x.js. */
function builtUrl(url: URL): URL {
  return new URL(url.href.replace(/\/src\/((?:(?!\/src\/).)*)\.ts$/, "/dist/$1.js"));
}

function deathOf(job: Job, cause: unknown, exitCode: number): Error {
  const { experiment, fold } = job;
  const where = `experiment ${contentHash(experiment)} (${experiment.estimator.name}), fold ${fold.index}`;
  if (cause instanceof Error && "code" in cause && cause.code === "ERR_WORKER_OUT_OF_MEMORY") {
    return new OldhandError("out-of-memory", {
      what: "Training ran out of memory.",
      where,
      got: `${fold.train.length} training rows, ${experiment.features.length} columns`,
      fix: "Give it more with --memory, or use fewer --threads.",
    });
  }
  return new Error(`the worker thread died in ${where}: ${cause instanceof Error ? cause.message : `exit code ${exitCode}`}`, { cause });
}
