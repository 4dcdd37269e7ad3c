import { OldhandError } from "../core/error.ts";
import type { ByteSink } from "./byte-scan.ts";
import type { CellSyntax } from "./cells.ts";
import { type PlainLines, plainLines } from "./plain-lines.ts";
import type { CutList } from "./split-columns.ts";

/** What a pass over the structure of a delimited file found. */
export interface RecordCount {
  records: number;
  /** Bytes of the longest record. */
  longest: number;
  /** A quoted cell holds a line end. */
  quotedNewline: boolean;
  /** Needs to be written anew before DuckDB reads it: mixed or old line ends, lines of spaces, quotes after spaces. */
  unusual: boolean;
}

const STATE = { cellStart: 0, plain: 1, quoted: 2, quoteSeen: 3 } as const;
const SHOWN = 5;
const [LF, CR, SPACE, BACKSLASH] = [10, 13, 32, 92];

/** Counts records and holds every one to its cells: the first may have others than the rest, and then the file is unusual. `cuts` is filled. @throws OldhandError ragged-row, file-format (quotes). */
export function recordSink(
  path: string,
  syntax: CellSyntax,
  widths: { readonly first: number; readonly rest: number },
  cuts: CutList | null = null,
): { sink: ByteSink; count: RecordCount } {
  const width = widths.rest;
  const count: RecordCount = { records: 0, longest: 0, quotedNewline: false, unusual: widths.first !== width };
  const delimiter = syntax.delimiter.charCodeAt(0);
  const quote = syntax.quote === "" ? -1 : syntax.quote.charCodeAt(0);
  const ragged: RaggedRow[] = [];
  let raggedTotal = 0;
  let state: number = STATE.cellStart;
  let cells = 1;
  let line = 1;
  let recordLine = 1;
  let quoteLine = 1;
  let isEscaped = false;
  let blank = true;
  let empty = true;
  let previous = 0;
  let offset = 0;
  let recordStart = 0;
  const ends = { lf: 0, crlf: 0, cr: 0 };
  const endRecord = (end: number) => {
    count.longest = Math.max(count.longest, end - recordStart);
    recordStart = end;
    if (blank) {
      // DuckDB takes a blank line above the header for a row.
      if (!empty || count.records === 0) count.unusual = true;
    } else {
      count.records++;
      if (cells !== (count.records === 1 ? widths.first : width) && ++raggedTotal <= SHOWN) ragged.push({ line: recordLine, cells });
    }
    state = STATE.cellStart;
    cells = 1;
    blank = true;
    empty = true;
    recordLine = line;
  };
  // Nothing changes within a run of these, outside of quotes and inside.
  const isOrdinary = runOf(delimiter, quote, LF, CR, SPACE);
  const isQuoted = runOf(quote, LF);
  const walk = (piece: Uint8Array, from: number, to: number) => {
    for (let i = from; i < to; i++) {
      const byte = piece[i] as number;
      if (state === STATE.quoted) {
        if (byte === quote) {
          state = STATE.quoteSeen;
          isEscaped = previous === BACKSLASH;
        } else if (byte === LF) {
          line++;
          count.quotedNewline = true;
        } else i = endOfRun(piece, i, isQuoted);
      } else if (isOrdinary[byte] === 1) {
        if (state === STATE.quoteSeen) throw strayText(path, line, quoteLine, isEscaped);
        state = STATE.plain;
        blank = false;
        empty = false;
        i = endOfRun(piece, i, isOrdinary);
      } else if (byte === LF) {
        line++;
        if (previous === CR) {
          ends.crlf++;
          ends.cr--;
          recordStart = offset + i + 1;
          recordLine = line;
        } else {
          ends.lf++;
          cuts?.places.push(-(offset + i + 1));
          endRecord(offset + i + 1);
        }
      } else if (byte === CR) {
        ends.cr++;
        if (cuts !== null) cuts.isUncertain = true;
        endRecord(offset + i + 1);
      } else if (byte === delimiter) {
        if (cuts !== null && cells % cuts.block === 0 && cells < width) cuts.places.push(offset + i);
        cells++;
        blank = false;
        empty = false;
        state = STATE.cellStart;
      } else if (byte === quote && state !== STATE.plain) {
        if (state === STATE.cellStart) quoteLine = line;
        if (state === STATE.cellStart && syntax.initialSpace && previous === SPACE) count.unusual = true;
        state = STATE.quoted;
        blank = false;
        empty = false;
      } else if (byte === SPACE) {
        empty = false;
        if (state === STATE.quoteSeen) count.unusual = true;
        else if (!(state === STATE.cellStart && syntax.initialSpace)) state = state === STATE.cellStart ? STATE.plain : state;
      } else {
        blank = false;
        empty = false;
      }
      previous = piece[i] as number;
    }
  };
  // Of one cell a blank line looks like a record.
  const plain = count.unusual || width < 2 ? null : plainLines(delimiter, quote, width, cuts?.block ?? 0);
  /** Takes plain lines from where one begins; gives where the next other one begins. */
  const takePlain = (lines: PlainLines, from: number) => {
    const taken = lines.take(from);
    if (taken.lines === 0) return from;
    for (const place of taken.cuts) cuts?.places.push(place < 0 ? place - offset : place + offset);
    count.records += taken.lines;
    count.longest = Math.max(count.longest, taken.longest);
    recordStart = offset + taken.next;
    line += taken.lines;
    recordLine = line;
    ends.crlf += taken.both;
    ends.lf += taken.lines - taken.both;
    previous = LF;
    return taken.next;
  };
  const take = (piece: Uint8Array) => {
    plain?.begin(piece);
    for (let at = 0; at < piece.length; ) {
      if (plain !== null && state === STATE.cellStart && cells === 1 && empty) at = takePlain(plain, at);
      const lineFeed = plain === null || at === piece.length ? -1 : piece.indexOf(LF, at);
      const end = lineFeed < 0 ? piece.length : lineFeed + 1;
      walk(piece, at, end);
      at = end;
    }
    offset += piece.length;
  };
  const end = () => {
    if (state === STATE.quoted) throw openQuote(path, quoteLine, quoteLine === line);
    const isCut = !blank && cells < width;
    if (!blank || !empty) endRecord(offset);
    if (ends.cr > 0 || (ends.lf > 0 && ends.crlf > 0)) count.unusual = true;
    if (raggedTotal > 0) throw raggedRows(path, ragged, width, raggedTotal, { below: count.records - 1, isCut });
  };
  return { sink: { take, end }, count };
}

/** 1 for all bytes but these. */
function runOf(...others: readonly number[]): Uint8Array {
  const table = new Uint8Array(256).fill(1);
  for (const byte of others) if (byte >= 0) table[byte] = 0;
  return table;
}

/** The last byte of a run that begins at `from`. */
function endOfRun(piece: Uint8Array, from: number, isInside: Uint8Array): number {
  let i = from;
  while (i + 1 < piece.length && isInside[piece[i + 1] as number] === 1) i++;
  return i;
}

export interface RaggedRow {
  readonly line: number;
  readonly cells: number;
}

/** So many rows of another width than the first line say that the first line is the odd one. */
const FIRST_IS_ODD = 0.9;

/** @param total how many there are, when `rows` are only the first; below: rows under the first line; isCut: the last row is too short and has no line end */
export function raggedRows(
  path: string,
  rows: readonly RaggedRow[],
  width: number,
  total = rows.length,
  { below = 0, isCut = false }: { readonly below?: number; readonly isCut?: boolean } = {},
): OldhandError {
  const shown = rows.slice(0, SHOWN);
  const [first] = shown;
  if (first !== undefined && below > 1 && total >= FIRST_IS_ODD * below && shown.every(({ cells }) => cells === first.cells))
    return oddFirstLine(path, width, first.cells);
  if (first !== undefined && total === 1 && isCut) return cutOff(path, first, width);
  const list = shown.map(({ line, cells }) => `line ${line}: ${cells}`).join(", ");
  return new OldhandError("ragged-row", {
    what: `${total === 1 ? "One row has" : `${total} rows have`} another number of cells than the first.`,
    where: `${path}, ${list}${total > shown.length ? ", ..." : ""}`,
    expected: `${width} cells in each row`,
    got: shown.map(({ cells }) => cells).join(", "),
    fix: "Quote cells that hold the delimiter, or remove those lines.",
  });
}

function oddFirstLine(path: string, width: number, cells: number): OldhandError {
  return new OldhandError("ragged-row", {
    what: `The first line has ${width} cells, and the rows below it have ${cells}: it does not name their columns.`,
    where: `${path}, line 1`,
    expected: `a first line with ${cells} names`,
    got: `${width} cells`,
    fix: "If it counts rows and columns or names classes, remove it, and put a line with the names of the columns in its place if you have them. If it is the header, complete it.",
  });
}

/** Only the last row is too short, and no line end follows it. */
function cutOff(path: string, { line, cells }: RaggedRow, width: number): OldhandError {
  return new OldhandError("ragged-row", {
    what: "The file ends within its last row: it seems to be cut off.",
    where: `${path}, line ${line}`,
    expected: `${width} cells and a line end`,
    got: `${cells} ${cells === 1 ? "cell" : "cells"} and the end of the file`,
    fix: "Copy or export the whole file again; if only this row is lost, remove its line.",
  });
}

/** @param isLast it is opened in the last line */
export function openQuote(path: string, line: number, isLast = false): OldhandError {
  return new OldhandError("file-format", {
    what: `A quote is opened and never closed${isLast ? " in the last line: the file may be cut off" : ""}.`,
    where: `${path}, line ${line}`,
    expected: "a closing quote before the end of the file",
    fix: isLast
      ? "Copy or export the whole file again. If it is whole, close the quote, or double it if it is part of the text."
      : "Close it, or double it if it is part of the text.",
  });
}

function strayText(path: string, line: number, quoteLine: number, isEscaped: boolean): OldhandError {
  return new OldhandError("file-format", {
    what: isEscaped
      ? 'Quotes inside a cell are written with a backslash (\\"), which a CSV file does not know: text follows a closing quote.'
      : "Text follows a closing quote.",
    where: `${path}, line ${line}${quoteLine === line ? "" : ` (the quote was opened in line ${quoteLine})`}`,
    expected: "a delimiter or a line end after a closing quote",
    fix: isEscaped
      ? 'Write "" for each \\" in the file, or export it again with doubled quotes.'
      : "Close the quote where the cell ends, and double quotes that are part of the text.",
  });
}
