import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";

/** SHA-256 of pieces that are put into its buffers. */
export interface FileHash {
  /** Of one length. They are filled in turn. */
  readonly buffers: readonly Buffer[];
  /** Takes the first bytes of a buffer. */
  take(buffer: number, bytes: number): void;
  /** When the buffer may be filled again. */
  free(buffer: number): Promise<void>;
  /** In hex. */
  digest(): Promise<string>;
  close(): void;
}

/** One piece is looked at, one is read meanwhile. */
const BUFFERS = 2;
/** One more waits for a thread that lags behind. */
const BUFFERS_BESIDE = 4;

export function hashHere(pieceBytes: number): FileHash {
  const hash = createHash("sha256");
  const buffers = Array.from({ length: BUFFERS }, () => Buffer.allocUnsafe(pieceBytes));
  return {
    buffers,
    take: (buffer, bytes) => hash.update(buffers[buffer]?.subarray(0, bytes) ?? ""),
    free: () => Promise.resolve(),
    digest: () => Promise.resolve(hash.digest("hex")),
    close: () => undefined,
  };
}

/** Answers each piece with its buffer, and what is no piece with the digest. */
const WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
const hash = require("node:crypto").createHash("sha256");
const buffers = workerData.map((memory) => Buffer.from(memory));
parentPort.on("message", (piece) => {
  if (piece === null) return parentPort.postMessage(hash.digest("hex"));
  hash.update(buffers[piece.buffer].subarray(0, piece.bytes));
  parentPort.postMessage(piece.buffer);
});
`;

/** The same in a thread of its own. */
export function hashBeside(pieceBytes: number): FileHash {
  const memories = Array.from({ length: BUFFERS_BESIDE }, () => new SharedArrayBuffer(pieceBytes));
  const worker = new Worker(WORKER, { eval: true, execArgv: [], workerData: memories });
  const waiting: Promise<unknown>[] = memories.map(() => Promise.resolve());
  const answers: { resolve(answer: unknown): void; reject(error: unknown): void }[] = [];
  let failure: unknown = null;
  const fail = (error: unknown) => {
    failure ??= error;
    for (const { reject } of answers.splice(0)) reject(failure);
  };
  worker.on("message", (answer) => answers.shift()?.resolve(answer));
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("the thread that hashes the file has ended")));
  const ask = (message: unknown) => {
    const answer = new Promise<unknown>((resolve, reject) => {
      if (failure !== null) return reject(failure);
      answers.push({ resolve, reject });
      worker.postMessage(message);
    });
    // Nobody may wait for it any more.
    answer.catch(() => undefined);
    return answer;
  };
  return {
    buffers: memories.map((memory) => Buffer.from(memory)),
    take: (buffer, bytes) => {
      waiting[buffer] = ask({ buffer, bytes });
    },
    free: async (buffer) => {
      await waiting[buffer];
    },
    digest: async () => String(await ask(null)),
    close: () => void worker.terminate(),
  };
}
