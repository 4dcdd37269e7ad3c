import { type CellPlaces, MOST_CODES } from "./cell-layout.ts";
import type { Kernel } from "./kernel.ts";
import type { ColumnChunk } from "./parquet-file.ts";

export interface CellChunk extends ColumnChunk {
  /** All different numbers, some of them more than once and NaN among them; null for texts. */
  readonly numbers: Float64Array | null;
}

/** What src/store/assembly/cells.ts exports. Addresses are bytes. */
export interface CellKernel {
  takeCells(from: number, end: number, form: number): number;
  presenceOf(cells: number, rows: number, isText: number, bits: number): number;
  plainNumbers(cells: number, rows: number, out: number, told: number): number;
  plainTexts(cells: number, rows: number, out: number): number;
  codesOf(cells: number, rows: number, isText: number, most: number, table: number, last: number, codes: number, entries: number): number;
  packCodes(codes: number, count: number, bits: number, out: number): number;
}

/** The cells of a column. */
export interface ColumnCells {
  readonly cells: number;
  readonly rows: number;
  readonly isText: boolean;
}

/** As pages of a Parquet file: codes where the values are few, else as they are. */
export function chunkOf({ exports: kernel, memory }: Kernel<CellKernel>, at: CellPlaces, { cells, rows, isText }: ColumnCells): CellChunk {
  const bytesAt = (from: number, end: number) => new Uint8Array(memory.buffer, from, end - from);
  const text = isText ? 1 : 0;
  const present = kernel.presenceOf(cells, rows, text, at.levels);
  const packedLevels = () => [...varint((Math.ceil(rows / 8) << 1) | 1), ...bytesAt(at.levels, at.levels + Math.ceil(rows / 8))];
  const levels = Uint8Array.from(present === rows ? [...varint(rows << 1), 1] : packedLevels());
  const plain = (from: number, count: number) =>
    isText ? kernel.plainTexts(from, count, at.out) : kernel.plainNumbers(from, count, at.out, at.told);
  const rangeOf = () => {
    const [least = 0, most = 0] = new Float64Array(memory.buffer, at.told, 2);
    return isText || present === 0 ? null : { least, most };
  };
  const numbersAt = (from: number, count: number) => (isText ? null : new Float64Array(memory.buffer, from, count));
  const different = kernel.codesOf(cells, rows, text, MOST_CODES, at.table, 4 * MOST_CODES - 1, at.codes, at.entries);
  if (different <= 0) {
    const end = plain(cells, rows);
    return { rows, present, levels, values: [bytesAt(at.out, end)], dictionary: null, range: rangeOf(), numbers: numbersAt(cells, rows) };
  }
  const end = plain(at.entries, different);
  const bits = Math.max(1, Math.ceil(Math.log2(different)));
  const last = kernel.packCodes(at.codes, present, bits, end);
  const head = Uint8Array.from([bits, ...varint((Math.ceil(present / 8) << 1) | 1)]);
  return {
    rows,
    present,
    levels,
    values: [head, bytesAt(end, last)],
    dictionary: { bytes: bytesAt(at.out, end), entries: different },
    range: rangeOf(),
    numbers: numbersAt(at.entries, different),
  };
}

/** Seven bits a byte, the lowest first. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
