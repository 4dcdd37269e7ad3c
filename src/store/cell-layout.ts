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

const PIECE_BYTES = 4 * 1024 * 1024;
/** Cells and texts that are held at a time. */
const CELL_BYTES = 32 * 1024 * 1024;
const TEXT_BYTES = 16 * 1024 * 1024;
/** The same of texts where all rows are held. */
const WHOLE_TEXT_BYTES = 64 * 1024 * 1024;
/** As many rows as DuckDB puts into a group. */
const MOST_ROWS = 122_880;
/** Different values from which a column of a group has no dictionary. */
export const MOST_CODES = 4096;
/** Numbers that the kernel leaves to the caller in one go, and words of each. */
export const MOST_WAITING = 4096;
export const WAITING_WORDS = 3;
/** The kernel knows the powers of ten up to here. */
const MOST_POWER = 40;
const MOST_EXACT_POWER = 22;
/** Words of the form that the kernel reads and fills. */
export const FORM = { rows: 10, texts: 11, waiting: 12, why: 13, column: 14, begin: 15, words: 16 } as const;
/** Bytes behind the lines that the kernel may read. */
const BEHIND = 64;

/** Where in the memory of the kernel things stand. */
export type CellPlaces = ReturnType<typeof layoutOf>["places"];

/** rows: that are held at a time; inputEnd, textEnd: of the room for lines and for texts; bytes: of all. */
export function layoutOf(form: CellForm) {
  const width = form.kinds.length;
  const { most, textBytes } = roomFor(form);
  // Texts of a line, each filled up to a word.
  const lineBytes = form.longest + 8 * width;
  const inputBytes = PIECE_BYTES + form.longest;
  const { places, bytes } = placed({
    input: inputBytes + BEHIND,
    kinds: width,
    powers: 16 * (2 * MOST_POWER + 1) + 8 * (MOST_EXACT_POWER + 1),
    form: 4 * FORM.words,
    told: 16,
    waiting: 4 * WAITING_WORDS * MOST_WAITING,
    cells: 8 * width * most,
    texts: lineBytes + textBytes + 8,
    levels: most / 8 + 8,
    codes: 4 * most,
    entries: 8 * MOST_CODES,
    table: 4 * 4 * MOST_CODES,
    out: Math.max(8 * most, lineBytes + textBytes + 4 * most) + 16 * MOST_CODES + 8,
  });
  return { places, bytes, rows: most, inputEnd: inputBytes, textEnd: places.texts + lineBytes + textBytes };
}

/** Rows that are held at a time, and bytes of their texts: all of the file, or what is little. */
function roomFor({ kinds, rows, room }: CellForm): { readonly most: number; readonly textBytes: number } {
  const wanted = 8 * kinds.length * (rows + 8);
  if (rows <= MOST_ROWS && wanted <= room / 2)
    return { most: (rows + 8) & ~7, textBytes: Math.min(WHOLE_TEXT_BYTES, Math.floor(room / 4)) };
  const cellBytes = Math.min(CELL_BYTES, room / 8);
  return {
    most: Math.max(8, Math.min(MOST_ROWS, Math.floor(cellBytes / (8 * kinds.length)) & ~7)),
    textBytes: Math.floor(Math.min(TEXT_BYTES, room / 16)),
  };
}

/** Places of what is kept, one behind the other. */
function placed<K extends string>(
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

/** Of 5 to each power from -MOST_POWER to MOST_POWER 128 bits with the highest bit set, those of negative powers rounded up; then 1, 10, ... as doubles. */
export function powerBytes(): Uint8Array {
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
