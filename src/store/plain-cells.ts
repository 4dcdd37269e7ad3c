import { type Kernel, openKernel } from "./kernel.ts";
import type { ColumnChunk } from "./parquet-file.ts";
import { BYTES } from "./wasm/cells-bytes.ts";

/** How a column is read: numbers; numbers none of which begins with 0 and another digit (then they would be codes); texts. */
export type CellKind = "number" | "careful" | "text";

export interface CellForm {
  /** One byte each; quote "" = none. */
  readonly delimiter: string;
  readonly quote: string;
  readonly kinds: readonly CellKind[];
  /** Bytes of the longest line. */
  readonly longest: number;
  /** Rows of the file, and bytes that may be taken to hold them all. */
  readonly rows: number;
  readonly room: number;
}

/** A cell that is not of the kind of its column. */
export interface StrangeCell {
  readonly column: number;
  readonly cell: string;
}

/** Why no more lines were taken: they end; there is no room for another; a cell is strange; a line holds a quote, a carriage return or another number of cells. */
export type Stop = "ended" | "full" | "unusual" | StrangeCell;

/** Rows of plain lines in columns. */
export interface PlainCells {
  /** Where the next bytes are put; as many as there is room for. `give` says how many were put there. */
  room(): Uint8Array;
  give(bytes: number): void;
  /** Goes behind the next line end. */
  skipLine(): void;
  /** Takes the lines that were given. */
  take(): Stop;
  readonly rows: () => number;
  /** Bytes that were given and not taken. */
  readonly left: () => number;
  /** The rows of one column as a chunk of a Parquet file; it changes with the next call. */
  chunk(column: number): CellChunk;
  /** Forgets the rows. */
  clear(): void;
}

export interface CellChunk extends ColumnChunk {
  /** All different numbers, some of them more than once and NaN among them; null for texts. */
  readonly numbers: Float64Array | null;
}

interface CellKernel {
  takeCells(from: number, end: number, form: number): number;
  presenceOf(cells: number, rows: number, isText: number, bits: number): number;
  plainNumbers(cells: number, rows: number, out: number, told: number): number;
  plainTexts(cells: number, rows: number, out: number): number;
  codesOf(cells: number, rows: number, isText: number, most: number, table: number, last: number, codes: number, entries: number): number;
  packCodes(codes: number, count: number, bits: number, out: number): number;
}

const KINDS: readonly CellKind[] = ["number", "careful", "text"];
const STOPS = ["ended", "full", "strange", "unusual", "waiting"] as const;

const [LF, CR] = [10, 13];
const PIECE_BYTES = 4 * 1024 * 1024;
/** Cells and texts that are held at a time. */
const CELL_BYTES = 32 * 1024 * 1024;
const TEXT_BYTES = 16 * 1024 * 1024;
/** The same of texts where all rows are held. */
const WHOLE_TEXT_BYTES = 64 * 1024 * 1024;
/** As many rows as DuckDB puts into a group. */
const MOST_ROWS = 122_880;
/** Different values from which a column of a group has no dictionary. */
const MOST_CODES = 4096;
/** Numbers that the kernel leaves to the caller in one go. */
const MOST_WAITING = 4096;
const WAITING_WORDS = 3;
/** The kernel knows the powers of ten up to here. */
const MOST_POWER = 40;
const MOST_EXACT_POWER = 22;

/** Words of the form that the kernel reads and fills. */
const FORM = { rows: 10, texts: 11, waiting: 12, why: 13, column: 14, begin: 15, words: 16 } as const;

/** Memory of tables that were read; kept for the next one. */
const idle: Kernel<CellKernel>[] = [];

/** @param work gets the cells of one file; they are not used afterwards. */
export async function withPlainCells<T>(form: CellForm, work: (cells: PlainCells) => Promise<T>): Promise<T> {
  const kernel = idle.pop() ?? openKernel<CellKernel>(BYTES);
  try {
    return await work(plainCells(kernel, form));
  } finally {
    idle.push(kernel);
  }
}

/** Forgets the memory that is kept. */
export function dropPlainCells(): void {
  idle.length = 0;
}

function plainCells({ memory, exports: kernel, reserve }: Kernel<CellKernel>, form: CellForm): PlainCells {
  const width = form.kinds.length;
  const { most, textBytes } = roomFor(form);
  const { places, bytes } = layout({
    input: PIECE_BYTES + form.longest + 64,
    kinds: width,
    powers: 16 * (2 * MOST_POWER + 1) + 8 * (MOST_EXACT_POWER + 1),
    form: 4 * FORM.words,
    told: 16,
    waiting: 4 * WAITING_WORDS * MOST_WAITING,
    cells: 8 * width * most,
    texts: textBytes + form.longest + 8,
    levels: most / 8 + 8,
    codes: 4 * most,
    entries: 8 * MOST_CODES,
    table: 4 * 4 * MOST_CODES,
    out: Math.max(8 * most, textBytes + form.longest + 4 * most) + 16 * MOST_CODES + 8,
  });
  reserve(bytes);
  const bytesAt = (from: number, end: number) => new Uint8Array(memory.buffer, from, end - from);
  const words = new Int32Array(memory.buffer, places.form, FORM.words);
  const word = (place: number) => (words[place] as number) >>> 0;
  bytesAt(places.kinds, places.kinds + width).set(form.kinds.map((kind) => KINDS.indexOf(kind)));
  bytesAt(places.powers, places.form).set(powerBytes());
  words.set([form.delimiter.charCodeAt(0), form.quote === "" ? 256 : form.quote.charCodeAt(0), width, most, places.kinds, places.cells]);
  words.set([places.powers, places.levels, places.waiting, MOST_WAITING], 6);
  const textEnd = places.texts + textBytes + form.longest;
  words[7] = textEnd;
  let [from, to] = [0, 0];
  const clear = () => words.set([0, places.texts, 0], FORM.rows);
  clear();
  const shown = (begin: number) => {
    const cell = bytesAt(begin, Math.min(to, begin + form.longest));
    const end = cell.findIndex((byte) => byte === (words[0] as number) || byte === LF || byte === CR);
    return Buffer.from(end < 0 ? cell : cell.subarray(0, end)).toString("utf8");
  };
  /** Reads the numbers that the kernel left; gives the first that is none. */
  const readWaiting = (): StrangeCell | null => {
    const list = new Uint32Array(memory.buffer, places.waiting, WAITING_WORDS * word(FORM.waiting));
    for (let i = 0; i < list.length; i += WAITING_WORDS) {
      const [cell = 0, begin = 0, length = 0] = list.subarray(i, i + WAITING_WORDS);
      const text = Buffer.from(bytesAt(begin, begin + length)).toString("latin1");
      const value = Number(text);
      if (!Number.isFinite(value)) return { column: Math.floor((cell - places.cells) / (8 * most)), cell: text };
      new Float64Array(memory.buffer, cell, 1)[0] = value;
    }
    words[FORM.waiting] = 0;
    return null;
  };
  const take = (): Stop => {
    for (;;) {
      from = kernel.takeCells(from, to, places.form);
      const odd = readWaiting();
      if (odd !== null) return odd;
      const why = STOPS[word(FORM.why)] ?? "unusual";
      if (why === "strange") return { column: word(FORM.column), cell: shown(word(FORM.begin)) };
      if (why !== "waiting") return why;
    }
  };
  return {
    room: () => {
      bytesAt(0, to).copyWithin(0, from, to);
      to -= from;
      from = 0;
      return bytesAt(to, places.kinds - 64);
    },
    give: (given) => {
      to += given;
      bytesAt(to, to + 1)[0] = 0;
    },
    skipLine: () => {
      from = 1 + bytesAt(0, to).indexOf(LF, from);
    },
    take,
    rows: () => word(FORM.rows),
    left: () => to - from,
    chunk: (column) => {
      const isText = form.kinds[column] === "text";
      const cells = places.cells + 8 * most * column;
      return chunkOf(kernel, memory, places, { cells, rows: word(FORM.rows), isText });
    },
    clear,
  };
}

/** Rows that are held at a time, and bytes of their texts: all of the file, or what is little. */
function roomFor({ kinds, rows, room }: CellForm): { readonly most: number; readonly textBytes: number } {
  const wanted = 8 * kinds.length * (rows + 8);
  if (rows <= MOST_ROWS && wanted <= room / 2)
    return { most: (rows + 8) & ~7, textBytes: Math.min(WHOLE_TEXT_BYTES, Math.floor(room / 4)) };
  return { most: Math.max(8, Math.min(MOST_ROWS, Math.floor(CELL_BYTES / (8 * kinds.length)) & ~7)), textBytes: TEXT_BYTES };
}

/** Places of what is kept, one behind the other. */
function layout<K extends string>(
  sizes: Readonly<Record<K, number>>,
): { readonly places: Readonly<Record<K, number>>; readonly bytes: number } {
  let at = 0;
  const places = Object.entries<number>(sizes).map(([name, size]) => {
    const place = at;
    at += 16 * Math.ceil(size / 16);
    return [name, place];
  });
  return { places: Object.fromEntries(places) as Record<K, number>, bytes: at };
}

interface Cells {
  readonly cells: number;
  readonly rows: number;
  readonly isText: boolean;
}

type ChunkPlaces = Readonly<Record<"levels" | "codes" | "entries" | "table" | "out" | "told", number>>;

function chunkOf(kernel: CellKernel, memory: WebAssembly.Memory, at: ChunkPlaces, { cells, rows, isText }: Cells): CellChunk {
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

/** Of 5 to each power from -MOST_POWER to MOST_POWER 128 bits with the highest bit set, those of negative powers rounded up; then 1, 10, ... as doubles. */
function powerBytes(): Uint8Array {
  const view = new DataView(new ArrayBuffer(16 * (2 * MOST_POWER + 1) + 8 * (MOST_EXACT_POWER + 1)));
  let place = 0;
  for (let power = -MOST_POWER; power <= MOST_POWER; power++) {
    const bits = power < 0 ? reciprocalBits(5n ** BigInt(-power)) : highestBits(5n ** BigInt(power));
    view.setBigUint64(place, bits >> 64n, true);
    view.setBigUint64(place + 8, bits & (2n ** 64n - 1n), true);
    place += 16;
  }
  for (let power = 0; power <= MOST_EXACT_POWER; power++) view.setFloat64(place + 8 * power, 10 ** power, true);
  return new Uint8Array(view.buffer);
}

function highestBits(value: bigint): bigint {
  const bits = BigInt(bitsOf(value));
  return bits > 128n ? value >> (bits - 128n) : value << (128n - bits);
}

/** Powers of five from here on have reciprocals that tell whether a number stands halfway between two doubles. */
const LAST_TELLING = 5n ** 27n;

function reciprocalBits(value: bigint): bigint {
  const bits = BigInt(bitsOf(value));
  return value <= LAST_TELLING ? 2n ** (bits + 127n) / value + 1n : highestBits(2n ** (2n * bits + 128n) / value + 1n);
}

function bitsOf(value: bigint): number {
  return value.toString(2).length;
}
