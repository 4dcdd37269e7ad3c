import { type CellChunk, type CellKernel, chunkOf } from "./cell-chunk.ts";
import { type CellForm, type CellKind, type CellPlaces, FORM, layoutOf, MOST_WAITING, powerBytes, WAITING_WORDS } from "./cell-layout.ts";
import { type Kernel, openKernel } from "./kernel.ts";
import { BYTES } from "./wasm/cells-bytes.ts";

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
  /** Of what a file begins with: goes behind a byte order mark and, where the first line names the columns, behind that. */
  begin(header: boolean): void;
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

const KINDS: readonly CellKind[] = ["number", "careful", "text"];
const STOPS = ["ended", "full", "strange", "unusual", "waiting"] as const;
const [LF, CR] = [10, 13];
/** A byte order mark. */
const MARK = [0xef, 0xbb, 0xbf];

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

export function forgetCells(): void {
  idle.length = 0;
}

function plainCells(kernel: Kernel<CellKernel>, form: CellForm): PlainCells {
  const { memory, exports } = kernel;
  const layout = layoutOf(form);
  const { places } = layout;
  kernel.reserve(layout.bytes);
  const bytesAt = (from: number, end: number) => new Uint8Array(memory.buffer, from, end - from);
  const words = fillForm(kernel, form, layout);
  const word = (place: number) => (words[place] as number) >>> 0;
  let [from, to] = [0, 0];
  const clear = () => words.set([0, places.texts, 0], FORM.rows);
  clear();
  const take = (): Stop => {
    for (;;) {
      from = exports.takeCells(from, to, places.form);
      const odd = readWaiting(kernel, places, layout.rows, word(FORM.waiting));
      if (odd !== null) return odd;
      words[FORM.waiting] = 0;
      const why = STOPS[word(FORM.why)] ?? "unusual";
      if (why === "strange") return { column: word(FORM.column), cell: cellIn(bytesAt(word(FORM.begin), to), form.delimiter) };
      if (why !== "waiting") return why;
    }
  };
  return {
    room: () => {
      bytesAt(0, to).copyWithin(0, from, to);
      to -= from;
      from = 0;
      return bytesAt(to, layout.inputEnd);
    },
    give: (given) => {
      to += given;
      bytesAt(to, to + 1)[0] = 0;
    },
    begin: (header) => {
      if (header) from = 1 + bytesAt(0, to).indexOf(LF);
      else if (MARK.every((byte, place) => bytesAt(0, to)[place] === byte)) from = MARK.length;
    },
    take,
    rows: () => word(FORM.rows),
    left: () => to - from,
    chunk: (column) => {
      const cells = places.cells + 8 * layout.rows * column;
      return chunkOf(kernel, places, { cells, rows: word(FORM.rows), isText: form.kinds[column] === "text" });
    },
    clear,
  };
}

/** The form of takeCells in src/store/assembly/cells.ts. */
function fillForm({ memory }: Kernel<CellKernel>, form: CellForm, { places, rows, textEnd }: ReturnType<typeof layoutOf>): Int32Array {
  new Uint8Array(memory.buffer, places.kinds).set(form.kinds.map((kind) => KINDS.indexOf(kind)));
  new Uint8Array(memory.buffer, places.powers).set(powerBytes());
  const words = new Int32Array(memory.buffer, places.form, FORM.words);
  const quote = form.quote === "" ? 256 : form.quote.charCodeAt(0);
  words.set([form.delimiter.charCodeAt(0), quote, form.kinds.length, rows, places.kinds, places.cells]);
  words.set([places.powers, textEnd, places.waiting, MOST_WAITING], 6);
  return words;
}

/** Reads the numbers that the kernel left; gives the first that is none. */
function readWaiting({ memory }: Kernel<CellKernel>, places: CellPlaces, rows: number, count: number): StrangeCell | null {
  const list = new Uint32Array(memory.buffer, places.waiting, WAITING_WORDS * count);
  for (let i = 0; i < list.length; i += WAITING_WORDS) {
    const [cell = 0, begin = 0, length = 0] = list.subarray(i, i + WAITING_WORDS);
    const text = Buffer.from(new Uint8Array(memory.buffer, begin, length)).toString("latin1");
    const value = Number(text);
    if (!Number.isFinite(value)) return { column: Math.floor((cell - places.cells) / (8 * rows)), cell: text };
    new Float64Array(memory.buffer, cell, 1)[0] = value;
  }
  return null;
}

/** The cell that the bytes begin with. */
function cellIn(bytes: Uint8Array, delimiter: string): string {
  const end = bytes.findIndex((byte) => byte === delimiter.charCodeAt(0) || byte === LF || byte === CR);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString("utf8");
}
