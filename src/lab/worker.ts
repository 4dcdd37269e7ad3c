import { parentPort, workerData } from "node:worker_threads";
import type { Frame } from "../core/column.ts";
import type { FoldResult, FoldRunner } from "./contracts.ts";
import { type FromWorker, failureOf, type ToWorker, type WorkerSettings } from "./worker-messages.ts";

const settings = workerData as WorkerSettings;
const frames = new Map<string, Frame>();
const runner = import(settings.runnerUrl) as Promise<{ readonly runFold: FoldRunner }>;

async function runJob(message: Extract<ToWorker, { type: "fold" }>): Promise<FoldResult> {
  const { runFold } = await runner;
  const { experiment, fold, validation } = message;
  const frame = frames.get(experiment.dataset);
  if (frame === undefined) throw new RangeError(`dataset version ${experiment.dataset} was not sent to the worker`);
  const { outputs, ...rest } = await runFold(frame, experiment, fold, validation);
  return { ...rest, outputs: Float64Array.from(outputs) };
}

async function answer(message: Extract<ToWorker, { type: "fold" }>): Promise<void> {
  const { job } = message;
  try {
    const result = await runJob(message);
    parentPort?.postMessage({ type: "result", job, result } satisfies FromWorker, [result.outputs.buffer as ArrayBuffer]);
  } catch (error) {
    parentPort?.postMessage({ type: "failure", job, failure: failureOf(error) } satisfies FromWorker);
  }
}

// A runner that cannot be imported fails its jobs, each with the reason.
runner.catch(() => undefined);

parentPort?.on("message", (message: ToWorker) => {
  if (message.type === "frame") frames.set(message.version, message.frame);
  else void answer(message);
});
