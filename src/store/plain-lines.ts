import { type Kernel, openKernel } from "./kernel.ts";
import { BYTES } from "./wasm/lines-bytes.ts";

/** Lines without a quote, of as many cells as the others: their delimiters are all that needs to be known of them. */
export interface PlainLines {
  /** Before the lines of a piece are taken. */
  begin(piece: Uint8Array): void;
  /** Takes lines of the piece from `from` on, where one begins, as long as they are plain and end in it. */
  take(from: number): Taken;
}

export interface Taken {
  readonly lines: number;
  /** Those of the lines that end with a carriage return and a line feed. */
  readonly both: number;
  /** Bytes of the longest, the first one of its end included. */
  readonly longest: number;
  /** Where the next line begins. */
  readonly next: number;
  /** Places of delimiters behind a block of cells, and of line feeds as -(place + 1); of no blocks empty. Changes with the next call. */
  readonly cuts: Int32Array;
}

interface LineKernel {
  takeLines(from: number, end: number, delimiter: number, quote: number, width: number, block: number, told: number): number;
}

/** Words that are told before the cuts. */
const HEAD = 4;
/** The kernel reads so many bytes at once. */
const AT_ONCE = 16;

let opened: Kernel<LineKernel> | null = null;

/** block: cells of a block, 0 = no cuts. A piece is taken whole before another begins. */
export function plainLines(delimiter: number, quote: number, width: number, block: number): PlainLines {
  opened ??= openKernel<LineKernel>(BYTES);
  const { memory, exports: kernel, reserve } = opened;
  let [length, told] = [0, 0];
  return {
    begin: (piece) => {
      length = piece.length;
      told = AT_ONCE * Math.ceil((length + AT_ONCE) / AT_ONCE);
      // Each cut stands behind a block of cells of a byte or more, or is the end of a line of more than one block.
      const cuts = block === 0 ? 0 : 2 * Math.ceil(length / block) + 2;
      reserve(told + 4 * (HEAD + cuts));
      new Uint8Array(memory.buffer).set(piece);
    },
    take: (from) => {
      const next = kernel.takeLines(from, length, delimiter, quote, width, block, told);
      const [lines = 0, both = 0, longest = 0, cuts = 0] = new Int32Array(memory.buffer, told, HEAD);
      return { lines, both, longest, next, cuts: new Int32Array(memory.buffer, told + 4 * HEAD, cuts) };
    },
  };
}
