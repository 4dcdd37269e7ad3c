import { threadId } from "node:worker_threads";
import { wrongValue } from "../../wrong-use.ts";

/**
 * One shared WebAssembly memory with an allocator in its first bytes, so that several threads may take and give back blocks. Addresses are byte
 * offsets. Freed blocks lie in a list sorted by address and are joined with their neighbours.
 *
 * A thread may be ended at any point (`worker.terminate()`), also between two of the writes below, and then gives nothing back. So the sizes of the blocks and
 * the end of the last one are right after each single write: whoever waits too long for the lock takes it over and makes the list anew from them.
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
  /** These blocks outlive the thread that allocated them. */
  keep(addresses: readonly number[]): void;
  /** Gives back all that a thread allocated which is no more, but for what is kept. thread: its `threadId`. */
  releaseThread(thread: number): void;
  /** Says in all threads that what lay in it is given back for good. */
  end(): void;
  isEnded(): boolean;
}

const PAGE = 65_536;
const MOST_PAGES = 65_536;
const ALIGN = 64;

/** Words of the header: lock (the ticket of whoever holds it, 0 of none), first free block, end of what was ever allocated, whether it is ended, last ticket. */
const LOCK = 0;
const FREE = 1;
const TOP = 2;
const ENDED = 3;
const TICKETS = 4;
/** The first bytes up to here belong to the allocator and the team of threads. */
const HEADER_BYTES = 4096;

/** A block's size stands 64 bytes before its address, in units of ALIGN, so that it fits 32 bits; then the next free block, if it is free; then whose it is. */
const HEAD = ALIGN;
const NEXT = 1;
const OWNER = 2;
const NOBODY = 0;
const KEPT = -1;

/** Kernels may read so many bytes beyond the end of a block. */
const READ_BEYOND = 64;

/** The lock is held for microseconds. Who has held it for so long, while this thread was not merely stopped with the whole process, is no more. */
const PATIENCE = { waits: 5, ms: 1000 };

export function createTreeMemory(): TreeMemory {
  const wasm = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
  const header = new Int32Array(wasm.buffer, 0, HEADER_BYTES / 4);
  header[FREE] = 0;
  header[TOP] = HEADER_BYTES / ALIGN;
  return attachTreeMemory(wasm);
}

/** The same memory in another thread. */
export function attachTreeMemory(wasm: WebAssembly.Memory, patience = PATIENCE): TreeMemory {
  let views = viewsOf(wasm);
  const current = () => {
    if (views.u8.byteLength !== wasm.buffer.byteLength) views = viewsOf(wasm);
    return views;
  };
  const locked = <T>(work: (words: Int32Array) => T): T => {
    const words = current().i32;
    const isTakenOver = takeLock(words, patience);
    try {
      if (isTakenOver) listFree(current().i32);
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
    free: (address) => locked(() => giveBack(current().i32, (address - HEAD) / ALIGN)),
    keep: (addresses) => {
      for (const address of addresses) current().i32[(address - HEAD) / 4 + OWNER] = KEPT;
    },
    releaseThread: (thread) =>
      locked(() => {
        const words = current().i32;
        for (const block of blocksOf(words)) if (words[wordOf(block) + OWNER] === ownerOf(thread)) words[wordOf(block) + OWNER] = NOBODY;
        listFree(words);
      }),
    end: () => void Atomics.store(current().i32, ENDED, 1),
    isEnded: () => Atomics.load(current().i32, ENDED) === 1,
  };
}

const ownerOf = (thread: number) => thread + 1;

/** Returns whether it was taken from a thread that is no more. */
function takeLock(words: Int32Array, { waits, ms }: typeof PATIENCE): boolean {
  // A ticket is used once, so that one who holds the lock for long is not taken for another who has just come by it again.
  const ticket = Atomics.add(words, TICKETS, 1) + 1 || 1;
  for (let seen = 0, silent = 0; ; ) {
    const holder = Atomics.compareExchange(words, LOCK, 0, ticket);
    if (holder === 0) return false;
    if (holder !== seen) silent = 0;
    seen = holder;
    if (Atomics.wait(words, LOCK, holder, ms) !== "timed-out") continue;
    silent++;
    if (silent >= waits && Atomics.compareExchange(words, LOCK, holder, ticket) === holder) return true;
  }
}

/** All blocks, free or not, by address. */
function* blocksOf(words: Int32Array): Iterable<number> {
  for (let block = HEADER_BYTES / ALIGN; block < words[TOP]!; block += words[wordOf(block)]!) yield block;
}

/** Makes the list of free blocks anew and joins neighbours. */
function listFree(words: Int32Array): void {
  words[FREE] = 0;
  let last = 0;
  for (const block of [...blocksOf(words)]) {
    if (words[wordOf(block) + OWNER] !== NOBODY) continue;
    if (last !== 0 && last + words[wordOf(last)]! === block) {
      words[wordOf(last)] = words[wordOf(last)]! + words[wordOf(block)]!;
      continue;
    }
    words[wordOf(block) + NEXT] = 0;
    link(words, last, block);
    last = block;
  }
}

function viewsOf({ buffer }: WebAssembly.Memory) {
  return { u8: new Uint8Array(buffer), u16: new Uint16Array(buffer), i32: new Int32Array(buffer), f64: new Float64Array(buffer) };
}

const wordOf = (block: number) => (block * ALIGN) / 4;

/** First fit; what is left over stays free. */
function takeFree(words: Int32Array, units: number): number | null {
  let before = 0;
  for (let block = words[FREE]!; block !== 0; block = words[wordOf(block) + NEXT]!) {
    const size = words[wordOf(block)]!;
    if (size >= units) {
      let next = words[wordOf(block) + NEXT]!;
      if (size > units + 1) {
        const rest = block + units;
        words[wordOf(rest)] = size - units;
        words[wordOf(rest) + NEXT] = next;
        words[wordOf(rest) + OWNER] = NOBODY;
        words[wordOf(block)] = units;
        next = rest;
      }
      link(words, before, next);
      words[wordOf(block) + OWNER] = ownerOf(threadId);
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
  words[wordOf(block)] = units;
  words[wordOf(block) + OWNER] = ownerOf(threadId);
  words[TOP] = block + units;
  return block;
}

function giveBack(words: Int32Array, block: number): void {
  words[wordOf(block) + OWNER] = NOBODY;
  let before = 0;
  let next = words[FREE]!;
  while (next !== 0 && next < block) {
    before = next;
    next = words[wordOf(next) + NEXT]!;
  }
  words[wordOf(block) + NEXT] = next;
  link(words, before, block);
  joinNext(words, block);
  if (before !== 0) joinNext(words, before);
}

function link(words: Int32Array, before: number, next: number): void {
  words[before === 0 ? FREE : wordOf(before) + NEXT] = next;
}

function joinNext(words: Int32Array, block: number): void {
  const next = words[wordOf(block) + NEXT]!;
  if (next === 0 || block + words[wordOf(block)]! !== next) return;
  words[wordOf(block)] = words[wordOf(block)]! + words[wordOf(next)]!;
  words[wordOf(block) + NEXT] = words[wordOf(next) + NEXT]!;
}
