import { Worker } from "node:worker_threads";
import { forgetCells } from "./plain-cells.ts";
import { type KeptColumn, type PlainLinesFile, type PlainResult, plainPass } from "./plain-pass.ts";

export interface PlainAsk {
  readonly lines: PlainLinesFile;
  readonly kept: readonly KeptColumn[];
  readonly to: string;
}

/** An error comes without its class and code. */
export type PlainAnswer = { readonly result: PlainResult } | { readonly error: unknown };

/** Threads cannot load TypeScript: from source the built file is used. */
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "../../dist/plain-worker.js" : "./plain-worker.js", import.meta.url);

/** From so many bytes on a pass is made in a thread of its own. */
const BESIDE_BYTES = 32 * 1024 * 1024;

/** Threads that wait for a pass. They keep no program from ending. */
const idle: Worker[] = [];

/** `plainPass`, of a long file in another thread; "unusual" too where the machine does not give the memory for it. */
export async function plainPassBeside(ask: PlainAsk, bytes: number): Promise<PlainResult> {
  try {
    return await (bytes < BESIDE_BYTES ? plainPass(ask.lines, ask.kept, ask.to) : inThread(ask));
  } catch (error) {
    if (error instanceof RangeError) return "unusual";
    throw error;
  }
}

async function inThread(ask: PlainAsk): Promise<PlainResult> {
  const worker = idle.pop() ?? new Worker(WORKER, { execArgv: [] });
  worker.ref();
  const answer = await new Promise<PlainAnswer>((resolve, reject) => {
    const ended = (code: number) => reject(new Error(`the thread that reads the file ended with ${code}`));
    worker.once("error", reject);
    worker.once("exit", ended);
    worker.once("message", (message: PlainAnswer) => {
      worker.off("error", reject);
      worker.off("exit", ended);
      resolve(message);
    });
    worker.postMessage(ask);
  });
  worker.unref();
  idle.push(worker);
  if ("error" in answer) throw answer.error;
  return answer.result;
}

/** Ends the threads that wait, and gives the memory back. */
export async function endPlainPasses(): Promise<void> {
  forgetCells();
  await Promise.all(idle.splice(0).map((worker) => worker.terminate()));
}
