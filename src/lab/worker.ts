import { parentPort, workerData } from "node:worker_threads";
import type { Frame } from "../core/column.ts";
import type { Job, Runner } from "./contracts.ts";
import { doJob } from "./jobs.ts";
import { type FromWorker, failureOf, type ToWorker, type WorkerSettings } from "./worker-messages.ts";

const settings = workerData as WorkerSettings;
const frames = new Map<string, Frame>();
const runner = import(settings.runnerUrl) as Promise<Runner>;

async function resultOf(job: Job): Promise<unknown> {
  const frame = frames.get(job.dataset);
  if (frame === undefined) throw new RangeError(`dataset version ${job.dataset} was not sent to the worker`);
  return doJob(await runner, frame, job);
}

async function answer(number: number, job: Job): Promise<void> {
  try {
    parentPort?.postMessage({ type: "result", number, result: await resultOf(job) } satisfies FromWorker);
  } catch (error) {
    parentPort?.postMessage({ type: "failure", number, failure: failureOf(error) } satisfies FromWorker);
  }
}

// A runner that cannot be imported fails its jobs, each with the reason.
runner.catch(() => undefined);

parentPort?.on("message", (message: ToWorker) => {
  if (message.type === "frame") frames.set(message.version, message.frame);
  else if (message.type === "forget") frames.clear();
  else void answer(message.number, message.job);
});
