import { chiSquareUpperTail } from "../../stats/index.ts";
import { type ColumnBins, mergeBins } from "../columns/column-bins.ts";

/** Counts of the bins of one column in all blocks of rows before each: (blocks + 1) x bins, row-major. */
export interface BlockCounts {
  readonly name: string;
  readonly bins: number;
  readonly counts: Float64Array;
}

const MOST_BINS = 12;

/** `fine`: bins of a column on all rows, in the order of the file. `blocks` parts of equal length. Missing is a bin of its own; rare levels share one. */
export function blockCounts(name: string, fine: ColumnBins, blocks: number): BlockCounts {
  const { codes, bins } = fine.ordered ? mergeBins(fine, MOST_BINS - 2) : frequentBins(fine.codes, fine.bins);
  const rows = codes.length;
  const counts = new Float64Array((blocks + 1) * bins);
  for (let block = 0; block < blocks; block++) {
    const [from, to] = [firstOf(block, rows, blocks), firstOf(block + 1, rows, blocks)];
    countInto(counts.subarray((1 + block) * bins, (2 + block) * bins), codes, from, to);
  }
  for (let cell = bins; cell < counts.length; cell++) counts[cell] = (counts[cell] ?? 0) + (counts[cell - bins] ?? 0);
  return { name, bins, counts };
}

function countInto(counts: Float64Array, codes: Int32Array, from: number, to: number): void {
  for (let row = from; row < to; row++) counts[codes[row] as number] = (counts[codes[row] as number] as number) + 1;
}

/** First row of a block: the block of a row is floor(row * blocks / rows). */
function firstOf(block: number, rows: number, blocks: number): number {
  return block >= blocks ? rows : Math.ceil((block * rows) / blocks);
}

function frequentBins(codes: Int32Array, bins: number): { codes: Int32Array; bins: number } {
  if (bins <= MOST_BINS) return { codes, bins };
  const counts = new Int32Array(bins);
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  const order = Array.from(counts.keys()).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const place = new Int32Array(bins);
  order.forEach((bin, rank) => {
    place[bin] = Math.min(rank, MOST_BINS - 1);
  });
  return { codes: codes.map((code) => place[code] ?? 0), bins: MOST_BINS };
}

export interface Shift {
  /** Cramer's V of the table of two rows, 0..1. */
  readonly v: number;
  /** No value stands on both sides. */
  readonly apart: boolean;
  /** Chance of such a table without any difference (chi-square). */
  p(): number;
}

/** How unlike the blocks [from, cut) and [cut, to) are. */
export function shiftBetween({ bins, counts }: BlockCounts, from: number, cut: number, to: number): Shift {
  const before = (block: number, bin: number) => counts[block * bins + bin] ?? 0;
  let [na, nb] = [0, 0];
  for (let bin = 0; bin < bins; bin++) {
    na += before(cut, bin) - before(from, bin);
    nb += before(to, bin) - before(cut, bin);
  }
  let [square, used, shared] = [0, 0, false];
  for (let bin = 0; bin < bins && na > 0 && nb > 0; bin++) {
    const [x, y] = [before(cut, bin) - before(from, bin), before(to, bin) - before(cut, bin)];
    if (x + y === 0) continue;
    used++;
    if (x > 0 && y > 0) shared = true;
    const expected = ((x + y) * na) / (na + nb);
    square += (x - expected) ** 2 / expected + (x - expected) ** 2 / (x + y - expected);
  }
  return {
    v: used < 2 ? 0 : Math.sqrt(square / (na + nb)),
    apart: used > 0 && !shared,
    p: () => (used < 2 ? 1 : chiSquareUpperTail(square, used - 1)),
  };
}
