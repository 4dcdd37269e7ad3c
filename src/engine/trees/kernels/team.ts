import { Worker } from "node:worker_threads";
import { BYTES } from "../../wasm/training-bytes.ts";
import type { TreeMemory } from "./memory.ts";

/** Threads that work on one memory: the caller and `threads - 1` workers, asleep between tasks. */
export interface Team {
  readonly threads: number;
  /** Runs task `what` (src/engine/assembly/_team.ts) with these arguments on all threads, or on the caller alone. */
  run(what: number, args: readonly number[], alone?: boolean): void;
  /** Number `place` of what thread t left. */
  result(thread: number, place: number): number;
  /** Kernels that the caller runs alone. */
  readonly subtractCells: (parent: number, child: number, bytes: number) => void;
  readonly histogramClasses: (...args: readonly number[]) => void;
  readonly writeFoundLevels: (histogram: number, columns: number, node: number, found: number, scratch: number, table: number) => void;
  readonly growBelow: (block: number) => number;
  readonly growWhole: (block: number) => number;
  close(): void;
}

const ARGUMENTS = 64;
const RESULTS = 512;
const RESULT_LINE = 64;
/** Place in a thread's line of the number of the last task it has done. */
const DONE = 56;
const STOP = 0;

/** Looks some microseconds for the next task, then sleeps. */
const WORKER = `
const { workerData } = require("node:worker_threads");
const { module, memory, control, thread, threads } = workerData;
const { spin, work } = new WebAssembly.Instance(module, { env: { memory } }).exports;
const done = ${RESULTS} + ${RESULT_LINE} * thread + ${DONE};
const words = new Int32Array(memory.buffer, control, ${RESULTS + RESULT_LINE} / 4 + 16 * threads);
for (let seen = 0; ; ) {
  spin(control, seen);
  Atomics.wait(words, 0, seen);
  seen = Atomics.load(words, 0);
  const what = words[1];
  if (what !== ${STOP}) work(control, what, thread, threads);
  Atomics.store(words, done / 4, seen);
  Atomics.notify(words, done / 4);
  if (what === ${STOP}) break;
}
`;

let compiled: WebAssembly.Module | null = null;

function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(BYTES), (char) => char.charCodeAt(0)));
  return compiled;
}

interface Exports {
  work(control: number, what: number, thread: number, threads: number): void;
  spin(word: number, value: number): void;
  subtractCells(parent: number, child: number, bytes: number): void;
  histogramClasses(...args: readonly number[]): void;
  writeFoundLevels(histogram: number, columns: number, node: number, found: number, scratch: number, table: number): void;
  growBelow(block: number): number;
  growWhole(block: number): number;
}

export function createTeam(memory: TreeMemory, threads: number): Team {
  const module = kernelModule();
  const exports = new WebAssembly.Instance(module, { env: { memory: memory.wasm } }).exports as unknown as Exports;
  const bytes = RESULTS + RESULT_LINE * threads;
  const control = memory.allocate(bytes);
  memory.u8.fill(0, control, control + bytes);
  const words = new Int32Array(memory.wasm.buffer, control, bytes / 4);
  const numbers = new Float64Array(memory.wasm.buffer, control, bytes / 8);
  const workers = Array.from({ length: threads - 1 }, (_, i) => {
    const worker = new Worker(WORKER, {
      eval: true,
      execArgv: [],
      workerData: { module, memory: memory.wasm, control, thread: i + 1, threads },
    });
    worker.unref();
    return worker;
  });
  const dispatch = (what: number): void => {
    const task = (words[0]! + 1) | 0;
    words[1] = what;
    Atomics.store(words, 0, task);
    Atomics.notify(words, 0);
    if (what !== STOP) exports.work(control, what, 0, threads);
    for (let thread = 1; thread < threads; thread++) {
      const done = (RESULTS + RESULT_LINE * thread + DONE) / 4;
      exports.spin(control + 4 * done, (task - 1) | 0);
      while (Atomics.load(words, done) !== task) Atomics.wait(words, done, (task - 1) | 0);
    }
  };
  return {
    threads,
    run: (what, args, alone = false) => {
      for (let i = 0; i < args.length; i++) numbers[ARGUMENTS / 8 + i] = args[i]!;
      if (alone || threads === 1) exports.work(control, what, 0, 1);
      else dispatch(what);
    },
    result: (thread, place) => numbers[(RESULTS + RESULT_LINE * thread) / 8 + place]!,
    subtractCells: exports.subtractCells,
    histogramClasses: exports.histogramClasses,
    writeFoundLevels: exports.writeFoundLevels,
    growBelow: exports.growBelow,
    growWhole: exports.growWhole,
    close: () => {
      if (threads > 1) dispatch(STOP);
      for (const worker of workers) void worker.terminate();
      memory.free(control);
    },
  };
}
