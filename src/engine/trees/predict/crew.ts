import { Worker } from "node:worker_threads";
import { type KernelMemory, kernelModule } from "./kernel.ts";

/** States of a slot. */
const FREE = 0;
const FILLED = 1;
const DONE = 2;
const CLOSED = 3;
/** The worker has not begun yet. */
const STARTING = 4;
/** The worker threw in the slot's block. */
const FAILED = 5;

const SLOT_BYTES = 64;
/** While a worker is at one slot, the other is filled. */
export const SLOTS_EACH = 2;
/** Slots lie in the memory from here up to the program. */
const SLOTS_AT = 1024;
export const MOST_HELPERS = 16;
export const PROGRAM_AT = SLOTS_AT + MOST_HELPERS * SLOTS_EACH * SLOT_BYTES;

/**
 * What a worker does: the blocks of its slots in turn, asleep between them. A slot's words: state, then the arguments of predictBlock. A slot is
 * not free before this runs.
 */
const WORKER = `
const { module, memory, slots, count } = require("node:worker_threads").workerData;
const { predictBlock } = new WebAssembly.Instance(module, { env: { memory } }).exports;
const words = new Int32Array(memory.buffer, slots, count * ${SLOT_BYTES / 4});
for (let slot = 0; slot < count; slot++) Atomics.store(words, slot * ${SLOT_BYTES / 4}, ${FREE});
for (let slot = 0; ; slot = (slot + 1) % count) {
  const at = slot * ${SLOT_BYTES / 4};
  for (let state = Atomics.load(words, at); state !== ${FILLED}; state = Atomics.load(words, at)) {
    if (state === ${CLOSED}) process.exit();
    Atomics.wait(words, at, state);
  }
  let end = ${DONE};
  try {
    predictBlock(...words.subarray(at + 1, at + 7));
  } catch {
    end = ${FAILED};
  }
  Atomics.store(words, at, end);
  Atomics.notify(words, at);
}
`;

/** Workers over one memory, asleep between blocks. They do not keep the process alive. */
export interface Crew {
  readonly slots: number;
  readonly helpers: number;
  /** Whether the slot may be filled: it is empty and the next that its worker looks at. */
  isFree(slot: number): boolean;
  isDone(slot: number): boolean;
  /** args: program, input, stride, work, out, rows. */
  start(slot: number, args: readonly number[]): void;
  /** Waits until a started slot is done. @throws Error when its worker failed. */
  wait(slot: number): void;
  /** Makes a done slot free. */
  release(slot: number): void;
  close(): void;
}

export function createCrew({ memory }: KernelMemory, helpers: number): Crew {
  const slots = helpers * SLOTS_EACH;
  const at = (slot: number) => (SLOTS_AT + slot * SLOT_BYTES) / 4;
  const words = () => new Int32Array(memory.buffer, 0, PROGRAM_AT / 4);
  for (let slot = 0; slot < slots; slot++) Atomics.store(words(), at(slot), STARTING);
  const workers = Array.from({ length: helpers }, (_, helper) => {
    const workerData = { module: kernelModule(), memory, slots: 4 * at(helper * SLOTS_EACH), count: SLOTS_EACH };
    const worker = new Worker(WORKER, { eval: true, execArgv: [], workerData });
    worker.unref();
    return worker;
  });
  /** By worker: which of its slots is next. A worker takes them in turn. */
  const turn = new Uint8Array(helpers);
  return {
    slots,
    helpers,
    isFree: (slot) => turn[Math.floor(slot / SLOTS_EACH)] === slot % SLOTS_EACH && Atomics.load(words(), at(slot)) === FREE,
    isDone: (slot) => Atomics.load(words(), at(slot)) === DONE,
    start: (slot, args) => {
      turn[Math.floor(slot / SLOTS_EACH)] = (slot + 1) % SLOTS_EACH;
      words().set(args, at(slot) + 1);
      Atomics.store(words(), at(slot), FILLED);
      Atomics.notify(words(), at(slot));
    },
    wait: (slot) => {
      while (Atomics.load(words(), at(slot)) === FILLED) Atomics.wait(words(), at(slot), FILLED);
      if (Atomics.load(words(), at(slot)) === FAILED) throw new Error("a thread of the prediction kernel failed");
    },
    release: (slot) => Atomics.store(words(), at(slot), FREE),
    close: () => {
      for (let slot = 0; slot < slots; slot++) {
        Atomics.store(words(), at(slot), CLOSED);
        Atomics.notify(words(), at(slot));
      }
      for (const worker of workers) void worker.terminate();
    },
  };
}
