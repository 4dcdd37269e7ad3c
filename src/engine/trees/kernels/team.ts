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
/** Place in a thread's line of its state. */
const STATE = 60;
const STARTING = 0;
const READY = 1;
const FAILED = 2;
const STOP = 0;
/** A worker that has not started after this long never will: the machine gives no thread. */
const START_MS = 60_000;

/** Looks some microseconds for the next task, then sleeps. What wakes it may be late word of a task that it has found and done already: none is done twice. */
const WORKER = `
const { workerData } = require("node:worker_threads");
const { module, memory, control, thread, threads } = workerData;
const words = new Int32Array(memory.buffer, control, ${RESULTS + RESULT_LINE} / 4 + 16 * threads);
const done = (${RESULTS} + ${RESULT_LINE} * thread + ${DONE}) / 4;
const state = (${RESULTS} + ${RESULT_LINE} * thread + ${STATE}) / 4;
const tell = (place, value) => {
  Atomics.store(words, place, value);
  Atomics.notify(words, place);
};
let seen = 0;
try {
  const { spin, work } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  tell(state, ${READY});
  for (;;) {
    spin(control, seen);
    while (Atomics.load(words, 0) === seen) Atomics.wait(words, 0, seen);
    seen = Atomics.load(words, 0);
    const what = words[1];
    if (what !== ${STOP}) work(control, what, thread, threads);
    tell(done, seen);
    if (what === ${STOP}) break;
  }
} catch (error) {
  const reason = new Uint8Array(memory.buffer, control + ${ARGUMENTS}, ${RESULTS - ARGUMENTS}).fill(0);
  reason.set(new TextEncoder().encode(String(error)).subarray(0, reason.length));
  tell(state, ${FAILED});
  tell(done, Atomics.load(words, 0));
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
  const place = (thread: number, of: number) => (RESULTS + RESULT_LINE * thread + of) / 4;
  /** What a thread that failed has left in place of the arguments. */
  const failure = () => new TextDecoder().decode(memory.u8.slice(control + ARGUMENTS, control + RESULTS)).replace(/\0+$/, "");
  for (let thread = 1; thread < threads; thread++) awaitStart(words, place(thread, STATE), failure);
  const dispatch = (what: number): void => {
    const task = (words[0]! + 1) | 0;
    words[1] = what;
    Atomics.store(words, 0, task);
    Atomics.notify(words, 0);
    if (what !== STOP) exports.work(control, what, 0, threads);
    for (let thread = 1; thread < threads; thread++) {
      const done = place(thread, DONE);
      exports.spin(control + 4 * done, (task - 1) | 0);
      const isRunning = () => Atomics.load(words, place(thread, STATE)) === READY;
      while (isRunning() && Atomics.load(words, done) !== task) Atomics.wait(words, done, (task - 1) | 0);
      if (what !== STOP && !isRunning()) throw new Error(`thread ${thread} of the tree engine failed in task ${what}: ${failure()}`);
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
