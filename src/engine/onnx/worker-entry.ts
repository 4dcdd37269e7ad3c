// The thread behind `openOnnxWorker`: opens the model it is given and answers requests one after the other.
import { parentPort, workerData } from "node:worker_threads";
import { type OnnxSession, openOnnxSession } from "./session.ts";
import type { WorkerReply, WorkerRequest, WorkerStart } from "./worker-session.ts";

function reply(message: WorkerReply, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, [...transfer]);
}

function failed(id: number, error: unknown): void {
  reply({ id, kind: "failed", message: error instanceof Error ? error.message : String(error) });
}

async function answer(session: OnnxSession, { id, tensors }: Exclude<WorkerRequest, "close">): Promise<void> {
  const results = await session.run(tensors);
  const buffers = Array.from(results.values(), ({ values }) => (ArrayBuffer.isView(values) ? values.buffer : null));
  const owned = new Set(buffers.filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer));
  reply({ id, kind: "result", tensors: results }, [...owned]);
}

async function serve({ bytes, options }: WorkerStart): Promise<void> {
  const session = await openOnnxSession(bytes, options);
  let queue = Promise.resolve();
  let isClosed = false;
  parentPort?.on("message", (request: WorkerRequest) => {
    if (request === "close") {
      isClosed = true;
      queue = queue.then(() => session.close()).finally(() => parentPort?.close());
    } else {
      const next = async () => {
        if (!isClosed) await answer(session, request);
      };
      queue = queue.then(next).catch((error: unknown) => failed(request.id, error));
    }
  });
  reply({ id: 0, kind: "opened", inputs: session.inputs, outputs: session.outputs });
}

serve(workerData as WorkerStart).catch((error: unknown) => failed(0, error));
