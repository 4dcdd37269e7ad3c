import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { ReadingNote } from "../core/reading-note.ts";
import { TOTAL, TOTAL_OF } from "../core/total-words.ts";
import { type CellSyntax, type ParsedRecord, parseRecords } from "./cells.ts";
import { newFile } from "./new-file.ts";
import { type SecondHeader, secondHeader } from "./second-header.ts";
import type { SourceFile } from "./source-file.ts";
import { spreadRecords } from "./spread-records.ts";

/** The part of a file that holds its table, where a report has written titles above it or a line of totals below. */
export interface TableWithin {
  /** First byte of the table, and the one after its last. */
  readonly begin: number;
  readonly end: number;
  /** What was left out above and below. */
  readonly titles: readonly string[];
  readonly totals: readonly string[];
  /** The line with the names, where it stands between the rows too, as in files that were put one behind the other; null where it does not. */
  readonly header: string | null;
  /** Lines under the header that describe the columns: bytes of the file, and the lines; null where there is none. */
  readonly second: SecondHeader | null;
}

/** What is known of the table already. `names`: columns that it should have. */
export interface TableLook {
  readonly header: boolean;
  /** Lines under the header may say what the columns are. */
  readonly second: boolean;
  readonly decimal: "." | ",";
  readonly names: readonly string[] | null;
}

/** A table of two columns may have rows of one cell. */
const LEAST_WIDTH = 3;
/** More lines above a table are no titles. */
const MOST_TITLES = 30;
const MOST_TOTALS = 5;
/** Share of the records that are as wide as the table. */
const REGULAR = 0.9;
/** Of a table so wide a title may be two cells: a name and its value. */
const WIDE = 4;
/** Share of the cells that a line of totals leaves blank. */
const BLANK_TOTAL = 1 / 3;
const TAIL_BYTES = 64 * 1024;

/** A line of one cell that counts the rows or gives a total: "Total: 833 rows", "(833 rows)", "833 Zeilen". A row that was cut off has no such words. */
const COUNTED =
  /^(?:(?:grand |sub)?(?:total|totals|sum|summe|gesamt|insgesamt|totale|totaal|suma|somma|somme|razem|celkem|toplam|итого|всего|count|rows|records|anzahl|nombre|numero|liczba|aantal)\b[^\d]{0,40}\d[\d.,' ]*\p{L}{0,12}|\(?\d[\d.,' ]* ?(?:rows?|records?|lines?|zeilen|datensätze|einträge|lignes?|enregistrements?|filas?|registros?|linhas?|righe|rijen|wierszy|rekordów|rekordy)(?: (?:selected|affected|total|exported))?\)?)\.?$/iu;
/** Share of the cells that are filled in a line that only counts. */
const FEW_FILLED = 1 / 4;
const HOLDS_WORD = /\p{L}{2}/u;

/**
 * Looks for lines that a report wrote around a table: above the first record that is as wide as nearly all others, lines of one cell (of two above a wide table) or comments; at the end a line that
 * begins with a word for a total and leaves a third of its cells blank, and behind a blank line one cell of words. A file that was cut off ends in a narrow line too: that has no blank line before it,
 * and stays an error. `syntax`: as nearly all records are written, without lines that are quoted whole. Null where the table is the whole file.
 */
export function tableWithin(file: SourceFile, text: string, syntax: CellSyntax, look: TableLook): TableWithin | null {
  const records = parseRecords(text, syntax, 200, true);
  const width = usualWidth(records);
  if (width < LEAST_WIDTH) return null;
  const { begin, titles } = titlesAbove(text, records, width);
  const isWhole = file.bytes === file.head.length;
  const tail = isWhole ? Buffer.from(file.head) : readTail(file);
  const { bytes, totals } = totalsBelow(tail, syntax, width);
  const header = repeatedHeader(text.slice(begin), syntax);
  const byteAt = (at: number) => markBytes(file.head) + Buffer.byteLength(text.slice(0, at));
  // The last record may be cut off.
  const later = () => spreadRecords(file.path, byteAt(records.at(-2)?.next ?? 0), file.bytes - bytes, syntax);
  const isLooked = look.header && look.second && header === null;
  const described = isLooked ? secondHeader(text, records.slice(titles.length), look.decimal, look.names, later) : null;
  if (titles.length === 0 && totals.length === 0 && header === null && described === null) return null;
  return {
    begin: titles.length === 0 ? 0 : byteAt(begin),
    end: file.bytes - bytes,
    titles,
    totals,
    header,
    second: described === null ? null : { ...described, from: byteAt(described.from), to: byteAt(described.to) },
  };
}

const NUMBER_CELL = /^[-+]?[\d.,]+$/;

/** Share of the other cells that are numbers where the first is a word. */
const NUMBERS = 0.9;

/** The first line, where a later one is equal to it and it stands above numbers without being one. */
function repeatedHeader(text: string, syntax: CellSyntax): string | null {
  const end = text.search(/\r?\n/);
  const line = text.slice(0, Math.max(0, end));
  if (line === "" || !comesBack(text, line)) return null;
  const [first, ...others] = parseRecords(text, syntax, 200, true).map(({ cells }) => cells);
  const rows = others.filter((cells) => cells.join("\n") !== first?.join("\n"));
  const isName = (cell: string, place: number) => {
    const cells = rows.map((row) => (row[place] ?? "").trim()).filter((one) => one !== "");
    return HOLDS_WORD.test(cell) && cells.length > 0 && cells.filter((one) => NUMBER_CELL.test(one)).length >= NUMBERS * cells.length;
  };
  return first?.some(isName) === true ? line : null;
}

/** Whether a later line is equal to it. */
function comesBack(text: string, line: string): boolean {
  for (let at = text.indexOf(`\n${line}`); at >= 0; at = text.indexOf(`\n${line}`, at + 1)) {
    const next = text[at + 1 + line.length];
    if (next === undefined || next === "\n" || next === "\r") return true;
  }
  return false;
}

/** The bytes of the table, as a file of its own, with its names once. */
export async function writeTable(from: string, to: string, { begin, end, header, second }: TableWithin): Promise<void> {
  const bytes = second === null ? createReadStream(from, { start: begin, end: end - 1 }) : around(from, begin, end, second);
  const target = newFile(to);
  if (header === null) await pipeline(bytes, target);
  else await pipeline(bytes, (pieces) => withoutLine(pieces, Buffer.from(header)), target);
}

/** The bytes before and behind the lines under the header. */
async function* around(path: string, begin: number, end: number, second: SecondHeader): AsyncIterable<Buffer> {
  yield* createReadStream(path, { start: begin, end: second.from - 1 });
  yield* createReadStream(path, { start: second.to, end: end - 1 });
}

/** All lines but the later ones that are equal to the first. Quotes hold no such line: it would have to be all of a cell's line, with the quotes of the names. */
async function* withoutLine(pieces: AsyncIterable<Buffer>, line: Buffer): AsyncIterable<Buffer> {
  let rest = Buffer.alloc(0);
  let isFirst = true;
  const keeps = (one: Buffer) => {
    const end = one.at(-1) === 10 ? (one.at(-2) === 13 ? one.length - 2 : one.length - 1) : one.length;
    const isEqual = end === line.length && one.subarray(0, end).equals(line);
    const kept = !isEqual || isFirst;
    isFirst &&= !isEqual;
    return kept;
  };
  for await (const piece of pieces) {
    const bytes = Buffer.concat([rest, piece]);
    const kept: Buffer[] = [];
    let at = 0;
    for (let next = bytes.indexOf(10, at); next >= 0; next = bytes.indexOf(10, at)) {
      const one = bytes.subarray(at, next + 1);
      if (keeps(one)) kept.push(one);
      at = next + 1;
    }
    rest = bytes.subarray(at);
    yield Buffer.concat(kept);
  }
  if (rest.length > 0 && keeps(rest)) yield rest;
}

/** What was left out. */
export function tableNotes({ titles, totals, header, second }: TableWithin): ReadingNote[] {
  const lines = (which: "titles" | "totals" | "secondHeader", found: readonly string[]): ReadingNote[] =>
    found.length === 0 ? [] : [{ kind: "left-out", which, lines: found }];
  return [
    ...lines("titles", titles),
    ...lines("secondHeader", second?.lines ?? []),
    ...(header === null ? [] : [{ kind: "left-out", which: "repeatedNames" } as const]),
    ...lines("totals", totals),
  ];
}

function usualWidth(records: readonly ParsedRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width, count] = [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), [0, 0]);
  return count >= 2 ? width : 0;
}

function titlesAbove(text: string, records: readonly ParsedRecord[], width: number): { begin: number; titles: readonly string[] } {
  const none = { begin: 0, titles: [] };
  const first = records.findIndex((record) => !isTitle(record, width));
  if (first < 1 || first > MOST_TITLES) return none;
  const table = records.slice(first);
  if (table[0]?.cells.length !== width || table.filter(({ cells }) => cells.length === width).length < REGULAR * table.length) return none;
  const blank = /^\s*\n/.exec(text.slice(records[first - 1]?.next ?? 0))?.[0].length ?? 0;
  const begin = (records[first - 1]?.next ?? 0) + blank;
  return { begin, titles: records.slice(0, first).map(({ cells }) => cells.join(" ").trim()) };
}

/** A row of which only the first cell was filled in would begin with a value; a title holds a word. */
function isTitle({ cells, open }: ParsedRecord, width: number): boolean {
  if (open) return false;
  const filled = cells.filter((cell) => cell.trim() !== "");
  const [first = ""] = filled;
  if (filled.length === 0) return true;
  if (first.startsWith("#") && cells.length !== width) return true;
  const isShort = filled.length <= (width >= WIDE ? 2 : 1);
  // Names are missing in headers too, but only single ones: a header of one name stands above no wide table.
  return isShort && HOLDS_WORD.test(first) && (cells.length < width - 1 || (filled.length === 1 && cells.length === width));
}

function totalsBelow(tail: Buffer, syntax: CellSyntax, width: number): { bytes: number; totals: readonly string[] } {
  const totals: string[] = [];
  // Lines of words, which count once a blank line or a total above parts them from the table.
  let remarks: string[] = [];
  let bytes = 0;
  for (let end = tail.length; totals.length + remarks.length < MOST_TOTALS; ) {
    const stop = endOfLast(tail, end);
    const start = tail.lastIndexOf(10, stop - 1) + 1;
    if (start === 0) break;
    const line = tail.toString("utf8", start, stop).trim();
    const [record] = parseRecords(line, syntax, 1, true);
    const isBlank = line.replaceAll(syntax.delimiter, "").trim() === "";
    const total = record !== undefined && isTotal(record, width);
    // A second line of that kind is a row: a shop may be called so.
    if (total && isTotalOf(record) && totals.some((other) => isTotalOf(parseRecords(other, syntax, 1, true)[0]))) return NOTHING_BELOW;
    if (isBlank || total) {
      if (total || remarks.length > 0) bytes = tail.length - start;
      totals.unshift(...(total ? [line] : []), ...remarks);
      remarks = [];
    } else if (record?.cells.length === 1 && HOLDS_WORD.test(line) && /\s/.test(line)) remarks.unshift(line);
    else break;
    end = start;
  }
  return { bytes, totals };
}

const NOTHING_BELOW = { bytes: 0, totals: [] };

function isTotalOf(record: ParsedRecord | undefined): boolean {
  return TOTAL_OF.test((record?.cells.find((cell) => cell.trim() !== "") ?? "").trim());
}

function isTotal({ cells }: ParsedRecord, width: number): boolean {
  const filled = cells.filter((cell) => cell.trim() !== "");
  if (cells.length === 1 && COUNTED.test((cells[0] ?? "").trim())) return true;
  const [name = "", ...values] = filled.map((cell) => cell.trim());
  if (cells.length > width) return false;
  if (TOTAL.test(name)) return filled.length <= (1 - BLANK_TOTAL) * width;
  // A row whose first cell is such a name has more than its name and some numbers.
  return (
    TOTAL_OF.test(name) && values.length > 0 && filled.length <= FEW_FILLED * width && values.every((value) => NUMBER_CELL.test(value))
  );
}

/** Without the line end before it. */
function endOfLast(tail: Buffer, end: number): number {
  const stop = tail[end - 1] === 10 ? end - 1 : end;
  return tail[stop - 1] === 13 ? stop - 1 : stop;
}

function markBytes(head: Uint8Array): number {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
}

function readTail({ path, bytes }: SourceFile): Buffer {
  const file = openSync(path, "r");
  try {
    const tail = Buffer.alloc(TAIL_BYTES);
    return tail.subarray(0, readSync(file, tail, 0, TAIL_BYTES, bytes - TAIL_BYTES));
  } finally {
    closeSync(file);
  }
}
