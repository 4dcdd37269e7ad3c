import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { BYTES } from "../../wasm/training-bytes.ts";
import type { TreeMemory } from "./memory.ts";

/** Threads that work on one memory: the caller and `threads - 1` workers, asleep between trainings. */
export interface Team {
  readonly threads: number;
  /** Runs task `what` (src/engine/assembly/_team.ts) with these arguments on all threads, or on the caller alone. */
  run(what: number, args: readonly number[], alone?: boolean): void;
  /** Number `place` of what thread t left. */
  result(thread: number, place: number): number;
  /** What the threads need of their own: a word of the control block. */
  setPlace(place: TeamPlace, value: number): void;
  /** Steps of growing that share themselves out. Arguments: src/engine/assembly/_steps.ts, _whole.ts. */
  readonly buildHistogram: (...args: readonly number[]) => void;
  readonly findBestSplit: (...args: readonly number[]) => void;
  readonly partitionRows: (...args: readonly number[]) => number;
  readonly growWhole: (block: number) => number;
  /** Kernels that the caller runs alone. */
  readonly subtractCells: (parent: number, child: number, bytes: number) => void;
  readonly histogramClasses: (...args: readonly number[]) => void;
  readonly writeFoundLevels: (histogram: number, columns: number, node: number, found: number, scratch: number, table: number) => void;
  readonly growBelow: (block: number) => number;
  close(): void;
}

/** Words of the control block (src/engine/assembly/_team.ts). */
const PLACES = { stage: 16, stageBytes: 20, histograms: 24, found: 28, levels: 32, levelsBytes: 36, spareRows: 40, chunk: 44 } as const;
export type TeamPlace = keyof typeof PLACES;

const THREADS = 12;
const LOOKS = 48;
/** Looks at a word before a thread sleeps: some hundred microseconds where each thread has a processor of its own, since waking one takes tens of them. */
const MANY_LOOKS = 500_000;
const FEW_LOOKS = 1000;
const ARGUMENTS = 64;
const LINES = 512;
const LINE = 64;
/** Places in a thread's line: the number of the last task it has done, and its state. */
const DONE = 56;
const STATE = 60;
const STARTING = 0;
const READY = 1;
const FAILED = 2;
const STOP = 0;
/** Bytes behind the lines in which a thread that fails says why: others may still read the arguments. */
const REASON = 256;
/** A worker that has not started after this long never will: the machine gives no thread. */
const START_MS = 60_000;
/** A step takes seconds at most. A caller that has waited so often for so long, and was not merely held with the whole process, waits for a thread that is no more. */
const PATIENCE = { waits: 5, ms: 60_000 };

const WORKER = `
const { workerData } = require("node:worker_threads");
const { module, memory, control, thread, threads } = workerData;
const words = new Int32Array(memory.buffer, control, (${LINES} + ${LINE} * threads) / 4);
const line = (${LINES} + ${LINE} * thread) / 4;
const tell = (place, value) => {
  Atomics.store(words, line + place / 4, value);
  Atomics.notify(words, line + place / 4);
};
const wordOf = (address) => ((address >>> 0) - control) / 4;
const env = {
  memory,
  sleep: (address, value) => void Atomics.wait(words, wordOf(address), value),
  wake: (address) => void Atomics.notify(words, wordOf(address)),
  failed: () => {},
};
try {
  const { serve } = new WebAssembly.Instance(module, { env }).exports;
  tell(${STATE}, ${READY});
  serve(control, thread);
} catch (error) {
  const reason = new Uint8Array(memory.buffer, control + ${LINES} + ${LINE} * threads + ${REASON} * thread, ${REASON});
  reason.set(new TextEncoder().encode(String(error)).subarray(0, reason.length));
  tell(${STATE}, ${FAILED});
  tell(${DONE}, Atomics.load(words, 0));
}
`;

let compiled: WebAssembly.Module | null = null;

function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(BYTES), (char) => char.charCodeAt(0)));
  return compiled;
}

interface Exports extends Omit<Team, "threads" | "run" | "result" | "setPlace" | "growWhole" | "close"> {
  run(control: number, what: number, alone: number): void;
  growWhole(block: number, control: number): number;
}

/** patience: how often and how long the caller waits for a thread before it gives up. */
export function createTeam(memory: TreeMemory, threads: number, patience = PATIENCE): Team {
  const module = kernelModule();
  const bytes = LINES + (LINE + REASON) * threads;
  const control = memory.allocate(bytes);
  memory.u8.fill(0, control, control + bytes);
  const words = new Int32Array(memory.wasm.buffer, control, bytes / 4);
  const numbers = new Float64Array(memory.wasm.buffer, control, bytes / 8);
  words[THREADS / 4] = threads;
  words[LOOKS / 4] = threads <= availableParallelism() ? MANY_LOOKS : FEW_LOOKS;
  const wordOf = (address: number) => ((address >>> 0) - control) / 4;
  const lineOf = (thread: number) => (LINES + LINE * thread) / 4;
  const failure = (thread: number) => {
    const at = control + LINES + LINE * threads + REASON * thread;
    return new TextDecoder().decode(memory.u8.slice(at, at + REASON)).replace(/\0+$/, "");
  };
  let isLost = false;
  const env = {
    memory: memory.wasm,
    sleep: (address: number, value: number) => {
      for (let i = 0; i < patience.waits; i++) if (Atomics.wait(words, wordOf(address), value, patience.ms) !== "timed-out") return;
      isLost = true;
      throw new Error(`a thread of the tree engine does not answer in task ${words[1]}`);
    },
    wake: (address: number) => void Atomics.notify(words, wordOf(address)),
    failed: (thread: number) => {
      throw new Error(`thread ${thread} of the tree engine failed in task ${words[1]}: ${failure(thread)}`);
    },
  };
  const exports = new WebAssembly.Instance(module, { env }).exports as unknown as Exports;
  const workers = startWorkers({ module, memory: memory.wasm, control, threads }, (thread) =>
    awaitStart(words, lineOf(thread) + STATE / 4, () => failure(thread)),
  );
  const isWhole = () => !isLost && workers.every((_, i) => Atomics.load(words, lineOf(i + 1) + STATE / 4) === READY);
  return {
    threads,
    run: (what, args, alone = false) => {
      for (let i = 0; i < args.length; i++) numbers[ARGUMENTS / 8 + i] = args[i]!;
      exports.run(control, what, alone ? 1 : 0);
    },
    result: (thread, place) => numbers[lineOf(thread) / 2 + place]!,
    setPlace: (place, value) => {
      words[PLACES[place] / 4] = value;
    },
    buildHistogram: (...args) => exports.buildHistogram(control, ...args),
    findBestSplit: (...args) => exports.findBestSplit(control, ...args),
    partitionRows: (...args) => exports.partitionRows(control, ...args),
    growWhole: (block) => exports.growWhole(block, control),
    subtractCells: exports.subtractCells,
    histogramClasses: exports.histogramClasses,
    writeFoundLevels: exports.writeFoundLevels,
    growBelow: exports.growBelow,
    close: () => {
      if (threads > 1 && isWhole()) exports.run(control, STOP, 0);
      for (const worker of workers) void worker.terminate();
      memory.free(control);
    },
  };
}

/** started: waits for a thread. @throws Error when one does not start; then all are ended. */
function startWorkers(about: { readonly threads: number; readonly [name: string]: unknown }, started: (thread: number) => void): Worker[] {
  const workers = Array.from({ length: about.threads - 1 }, (_, i) => {
    const worker = new Worker(WORKER, { eval: true, execArgv: [], workerData: { ...about, thread: i + 1 } });
    worker.unref();
    return worker;
  });
  try {
    for (let thread = 1; thread < about.threads; thread++) started(thread);
  } catch (error) {
    for (const worker of workers) void worker.terminate();
    throw error;
  }
  return workers;
}

/**
 * A thread that ends before its first task would be waited for without end. And memory that grows while a thread attaches to it may stay smaller there:
 * so a team is complete before anything else is allocated.
 * @throws Error when the thread failed or did not start.
 */
function awaitStart(words: Int32Array, state: number, failure: () => string): void {
  const answer = Atomics.wait(words, state, STARTING, START_MS);
  if (answer === "timed-out") throw new Error(`a thread of the tree engine did not start within ${START_MS / 1000} s`);
  if (Atomics.load(words, state) !== READY) throw new Error(`a thread of the tree engine failed at its start: ${failure()}`);
}
