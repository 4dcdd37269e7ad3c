import { wrongValue } from "../../wrong-use.ts";

/**
 * One shared WebAssembly memory with an allocator in its first bytes, so that several threads may take and give back blocks. Addresses are byte
 * offsets. Freed blocks lie in a list sorted by address and are joined with their neighbours.
 */
export interface TreeMemory {
  readonly wasm: WebAssembly.Memory;
  /** Views of all that is allocated; ask anew after `allocate`, which may grow the memory. */
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly i32: Int32Array;
  readonly f64: Float64Array;
  /** Address of `bytes` bytes, a multiple of 64, with arbitrary content. @throws RangeError beyond 4 GB. */
  allocate(bytes: number): number;
  /** Gives back what `allocate` returned. */
  free(address: number): void;
  /** Says in all threads that what lay in it is given back for good. */
  end(): void;
  isEnded(): boolean;
}

const PAGE = 65_536;
const MOST_PAGES = 65_536;
const ALIGN = 64;

/** Words of the header: lock, first free block, end of what was ever allocated, whether it is ended. */
const LOCK = 0;
const FREE = 1;
const TOP = 2;
const ENDED = 3;
/** The first bytes up to here belong to the allocator and the team of threads. */
const HEADER_BYTES = 4096;

/** A block's size stands 64 bytes before its address; of a free block the next free one follows. Sizes are in units of ALIGN, so that they fit 32 bits. */
const HEAD = ALIGN;

/** Kernels may read so many bytes beyond the end of a block. */
const READ_BEYOND = 64;

export function createTreeMemory(): TreeMemory {
  const wasm = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
  const header = new Int32Array(wasm.buffer, 0, HEADER_BYTES / 4);
  header[FREE] = 0;
  header[TOP] = HEADER_BYTES / ALIGN;
  return attachTreeMemory(wasm);
}

/** The same memory in another thread. */
export function attachTreeMemory(wasm: WebAssembly.Memory): TreeMemory {
  let views = viewsOf(wasm);
  const current = () => {
    if (views.u8.byteLength !== wasm.buffer.byteLength) views = viewsOf(wasm);
    return views;
  };
  const locked = <T>(work: (words: Int32Array) => T): T => {
    const words = current().i32;
    while (Atomics.compareExchange(words, LOCK, 0, 1) !== 0) Atomics.wait(words, LOCK, 1, 1);
    try {
      return work(words);
    } finally {
      Atomics.store(words, LOCK, 0);
      Atomics.notify(words, LOCK, 1);
    }
  };
  return {
    wasm,
    get u8() {
      return current().u8;
    },
    get u16() {
      return current().u16;
    },
    get i32() {
      return current().i32;
    },
    get f64() {
      return current().f64;
    },
    allocate: (bytes) => {
      const units = Math.ceil(Math.max(1, bytes) / ALIGN) + 1;
      return locked(() => (takeFree(current().i32, units) ?? takeTop(wasm, current, units)) * ALIGN + HEAD);
    },
    free: (address) => locked((words) => giveBack(words, (address - HEAD) / ALIGN)),
    end: () => void Atomics.store(current().i32, ENDED, 1),
    isEnded: () => Atomics.load(current().i32, ENDED) === 1,
  };
}

function viewsOf({ buffer }: WebAssembly.Memory) {
  return { u8: new Uint8Array(buffer), u16: new Uint16Array(buffer), i32: new Int32Array(buffer), f64: new Float64Array(buffer) };
}

const wordOf = (block: number) => (block * ALIGN) / 4;

/** First fit; what is left over stays free. */
function takeFree(words: Int32Array, units: number): number | null {
  let before = 0;
  for (let block = words[FREE]!; block !== 0; block = words[wordOf(block) + 1]!) {
    const size = words[wordOf(block)]!;
    if (size >= units) {
      let next = words[wordOf(block) + 1]!;
      if (size > units + 1) {
        const rest = block + units;
        words[wordOf(rest)] = size - units;
        words[wordOf(rest) + 1] = next;
        words[wordOf(block)] = units;
        next = rest;
      }
      link(words, before, next);
      return block;
    }
    before = block;
  }
  return null;
}

function takeTop(wasm: WebAssembly.Memory, current: () => { i32: Int32Array }, units: number): number {
  const block = current().i32[TOP]!;
  const end = (block + units) * ALIGN + READ_BEYOND;
  const pages = Math.ceil(end / PAGE);
  const have = wasm.buffer.byteLength / PAGE;
  if (pages > MOST_PAGES)
    throw wrongValue("out-of-memory", `the trees' memory is full: ${Math.round(end / 2 ** 20)} MB are wanted, 4096 MB is the limit`);
  // Growing in steps of an eighth: each growth makes all views anew.
  if (pages > have) wasm.grow(Math.min(MOST_PAGES, Math.max(pages, have + (have >> 3))) - have);
  const words = current().i32;
  words[TOP] = block + units;
  words[wordOf(block)] = units;
  return block;
}

function giveBack(words: Int32Array, block: number): void {
  let before = 0;
  let next = words[FREE]!;
  while (next !== 0 && next < block) {
    before = next;
    next = words[wordOf(next) + 1]!;
  }
  words[wordOf(block) + 1] = next;
  link(words, before, block);
  joinNext(words, block);
  if (before !== 0) joinNext(words, before);
}

function link(words: Int32Array, before: number, next: number): void {
  words[before === 0 ? FREE : wordOf(before) + 1] = next;
}

function joinNext(words: Int32Array, block: number): void {
  const next = words[wordOf(block) + 1]!;
  if (next === 0 || block + words[wordOf(block)]! !== next) return;
  words[wordOf(block)] = words[wordOf(block)]! + words[wordOf(next)]!;
  words[wordOf(block) + 1] = words[wordOf(next) + 1]!;
}
