import { Worker } from "node:worker_threads";
import type { OnnxSession, OnnxSessionOptions, OnnxTensors } from "./session.ts";

/** What the session's thread sends back. `id` is that of the request; 0 is the opening. */
export type WorkerReply =
  | { readonly id: number; readonly kind: "opened"; readonly inputs: readonly string[]; readonly outputs: readonly string[] }
  | { readonly id: number; readonly kind: "result"; readonly tensors: OnnxTensors }
  | { readonly id: number; readonly kind: "failed"; readonly message: string };

/** "close": answer what is being computed, drop the rest, and end. */
export type WorkerRequest = { readonly id: number; readonly tensors: OnnxTensors } | "close";

export interface WorkerStart {
  readonly bytes: Uint8Array;
  readonly options: OnnxSessionOptions;
}

/** Threads run JavaScript only, so from source the built file is used. */
const ENTRY = import.meta.url.endsWith(".ts")
  ? new URL("../../../dist/onnx-worker.js", import.meta.url)
  : new URL("./onnx-worker.js", import.meta.url);

/**
 * Opens a model in a thread of its own: the same promises as `openOnnxSession`, and the event loop stays free. Requests are answered in
 * order. Inputs are copied unless they lie on shared memory. The thread keeps the process alive until `close`; what is pending then rejects. `close` waits for
 * the batch at hand: to terminate a thread inside the runtime ends the whole process (an uncaught Napi::Error).
 */
export async function openOnnxWorker(bytes: Uint8Array, options: OnnxSessionOptions = {}): Promise<OnnxSession> {
  const workerData: WorkerStart = { bytes, options };
  const worker = new Worker(ENTRY, { workerData });
  const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const replies = waitForReplies(worker);
  const opened = await replies.next(0).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  if (opened.kind !== "opened") throw new Error("the model's thread did not open");
  let last = 0;
  return {
    inputs: opened.inputs,
    outputs: opened.outputs,
    run: async (tensors) => {
      const id = ++last;
      const request: WorkerRequest = { id, tensors };
      worker.postMessage(request);
      const reply = await replies.next(id);
      if (reply.kind !== "result") throw new Error("the model's thread gave no result");
      return reply.tensors;
    },
    close: async () => {
      replies.end(new Error("the model's thread is closed"));
      worker.postMessage("close" satisfies WorkerRequest);
      await exited;
    },
  };
}

function waitForReplies(worker: Worker) {
  const waiting = new Map<number, { resolve: (reply: WorkerReply) => void; reject: (error: Error) => void }>();
  let ended: Error | null = null;
  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on("message", (reply: WorkerReply) => {
    const pending = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.kind === "failed") pending?.reject(new Error(reply.message));
    else pending?.resolve(reply);
  });
  worker.on("error", end);
  worker.on("exit", () => end(new Error("the model's thread is closed")));
  return {
    end,
    next: (id: number) =>
      new Promise<WorkerReply>((resolve, reject) => {
        if (ended === null) waiting.set(id, { resolve, reject });
        else reject(ended);
      }),
  };
}
