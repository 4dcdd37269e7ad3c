import type { CutList } from "./split-columns.ts";

/** Lines without a quote and a carriage return: their delimiters are all that needs to be known of them. */
export interface PlainLines {
  /** Before the lines of a piece. */
  begin(piece: Uint8Array): void;
  /** Whether the line from `from` to its line feed at `end` is one. Asked in the order of the lines. */
  holds(from: number, end: number): boolean;
  /** Delimiters from `from` up to `end`. Those after a block of cells are put into `cuts`, by their place in the piece and `offset`. */
  count(from: number, end: number, cuts: CutList | null, offset: number): number;
}

/** A native search for each line takes as long as looking at the bytes of some fifty cells. */
export const LEAST_PLAIN_CELLS = 64;

/** Bytes that are looked at, four at a time, before it is asked whether a cut lies among them. */
const STEP_BYTES = 64;

const CR = 13;

export function plainLines(delimiter: number, quote: number): PlainLines {
  let piece: Uint8Array = new Uint8Array(0);
  let words: Int32Array = new Int32Array(0);
  let [nextQuote, nextReturn] = [0, 0];
  const after = (byte: number, from: number) => {
    const at = byte < 0 ? -1 : piece.indexOf(byte, from);
    return at < 0 ? piece.length : at;
  };
  return {
    begin: (next) => {
      piece = next;
      words = new Int32Array(piece.buffer, 0, piece.buffer.byteLength >> 2);
      nextQuote = after(quote, 0);
      nextReturn = after(CR, 0);
    },
    holds: (from, end) => {
      if (nextQuote < from) nextQuote = after(quote, from);
      if (nextReturn < from) nextReturn = after(CR, from);
      return end < nextQuote && end < nextReturn;
    },
    count: (from, end, cuts, offset) => {
      const block = cuts?.block ?? Number.POSITIVE_INFINITY;
      let [found, cut] = [0, block];
      for (let i = from; i < end; ) {
        const isWhole = ((piece.byteOffset + i) & 3) === 0 && i + STEP_BYTES <= end;
        const many = isWhole ? countInStep(words, (piece.byteOffset + i) >> 2, delimiter) : 0;
        if (isWhole && found + many < cut) {
          found += many;
          i += STEP_BYTES;
          continue;
        }
        for (const until = isWhole ? i + STEP_BYTES : Math.min(end, i + 1); i < until; i++) {
          if (piece[i] !== delimiter || ++found !== cut) continue;
          cuts?.places.push(offset + i);
          cut += block;
        }
      }
      return found;
    },
  };
}

/** How often a byte stands in a step. The top bit of a byte of `tops` is set where the bytes are equal: no lower bit differs, nor the top one, and adding 127 to the lower ones carries nothing up. */
function countInStep(words: Int32Array, first: number, byte: number): number {
  const pattern = Math.imul(byte, 0x01010101);
  let sums = 0;
  for (let i = first; i < first + STEP_BYTES / 4; i++) {
    const other = (words[i] as number) ^ pattern;
    const tops = ~(((other & 0x7f7f7f7f) + 0x7f7f7f7f) | other) & 0x80808080;
    sums += tops >>> 7;
  }
  return Math.imul(sums, 0x01010101) >>> 24;
}
