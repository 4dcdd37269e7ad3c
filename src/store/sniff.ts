import type { Dialect } from "../core/dataset.ts";
import { type CellSyntax, type ParsedRecord, parseRecords } from "./cells.ts";
import { hasHeader } from "./header.ts";

/** What the sniffer found, with the first records read that way. */
export interface Sniffed {
  readonly dialect: Dialect;
  readonly initialSpace: boolean;
  /** Lines end with \r alone. */
  readonly loneReturns: boolean;
  /** First records, the header included when there is one. */
  readonly records: readonly (readonly string[])[];
  readonly headerWhy: string;
}

const DELIMITERS = [",", ";", "\t", "|"] as const;
const SNIFFED_RECORDS = 1000;

interface Candidate {
  readonly syntax: CellSyntax;
  readonly wholeRowQuoted: boolean;
  readonly records: readonly ParsedRecord[];
  /** Most frequent number of cells. */
  readonly width: number;
  /** Share of records with that number of cells and closed quotes. */
  readonly regular: number;
  /** Whether the first record, the header of most files, has that number of cells too. */
  readonly first: boolean;
  /** Share of records with a cell that holds another delimiter and is no number with a decimal comma. */
  readonly torn: number;
}

/**
 * Finds how a delimited text is written. Each delimiter and quote is tried; the most regular reading with more than one column
 * wins, among equals the one that fits the first record, then the one whose cells hold fewer other delimiters, then the one with
 * more columns: in "1,10;x;2,50" each row has commas as regular as the semicolons. Blanks part cells where nothing else does.
 * @param text the beginning of the file, without a byte order mark
 * @param whole the text is the whole file
 * @param expected names of columns that the file should have, or null
 */
export function sniff(text: string, whole: boolean, expected: readonly string[] | null): Sniffed {
  const plain = DELIMITERS.flatMap((delimiter) =>
    quotesFor(text, whole, delimiter).map((quote) => candidate(text, whole, { delimiter, quote, initialSpace: false }, false)),
  );
  const unwrapped = unwrapRows(text, whole);
  const wrapped =
    unwrapped === null
      ? []
      : DELIMITERS.map((delimiter) => candidate(unwrapped, true, { delimiter, quote: '"', initialSpace: false }, true));
  const parted = [...wrapped, ...plain].reduce((winner, one) => (better(one, winner) ? one : winner));
  const best = parted.width > 1 ? parted : (spacedReading(text, whole, expected) ?? parted);
  const initialSpace = spacesFollow(best);
  const syntax = { ...best.syntax, initialSpace };
  const records = (
    initialSpace ? parseRecords(best.wholeRowQuoted ? (unwrapped ?? text) : text, syntax, SNIFFED_RECORDS, whole) : best.records
  ).map((record) => record.cells);
  const decimal = decimalOf(records, best.syntax.delimiter);
  const header = hasHeader(records, decimal, expected);
  return {
    dialect: {
      delimiter: best.syntax.delimiter,
      quote: best.syntax.quote,
      decimal,
      header: header.header,
      wholeRowQuoted: best.wholeRowQuoted,
    },
    initialSpace,
    loneReturns: /\r(?!\n|$)/.test(text) && !text.includes("\n"),
    records,
    headerWhy: header.why,
  };
}

function candidate(text: string, whole: boolean, syntax: CellSyntax, wholeRowQuoted: boolean): Candidate {
  const records = parseRecords(text, syntax, SNIFFED_RECORDS, whole);
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width] = [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), [1, 0]);
  const good = records.filter((record) => record.cells.length === width && !record.stray && (!record.open || wholeRowQuoted));
  return {
    syntax,
    wholeRowQuoted,
    records,
    width,
    regular: records.length === 0 ? 0 : good.length / records.length,
    first: records[0]?.cells.length === width,
    torn: records.length === 0 ? 0 : records.filter(({ cells }) => cells.some(isTorn)).length / records.length,
  };
}

/** Two cells in each row may be two words. */
const LEAST_SPACED = 3;

/**
 * The reading with one blank between cells, as R writes tables: only where nothing else parts cells, and every row has as many, none of them empty. The header may have one less, for the names of rows. Texts
 * do not have as many words in each row; null for them, and for a file of one column that is expected.
 */
function spacedReading(text: string, whole: boolean, expected: readonly string[] | null): Candidate | null {
  const found = candidate(text, whole, { delimiter: " ", quote: '"', initialSpace: false }, false);
  const { records } = found;
  const [first, ...rows] = records;
  const width = rows[0]?.cells.length ?? 0;
  if (first === undefined || expected?.length === 1) return null;
  // The names that are expected tell a table of a single row too.
  const isNamed = first.cells.some((name) => expected?.includes(name) === true);
  if (!isNamed && (width < LEAST_SPACED || rows.length < LEAST_SPACED)) return null;
  const isWhole = ({ cells, open, stray }: ParsedRecord) => !open && !stray && cells.every((cell) => cell !== "");
  const isTable = records.every(isWhole) && rows.every(({ cells }) => cells.length === width);
  return isTable && (first.cells.length === width || first.cells.length === width - 1) ? found : null;
}

const DECIMAL_COMMA = /^\s*[-+]?(\d+|\d{1,3}(\.\d{3})+),\d+\s*$/;

function isTorn(cell: string): boolean {
  return /[,;\t|]/.test(cell) && !DECIMAL_COMMA.test(cell);
}

function better(a: Candidate, b: Candidate): boolean {
  if (a.width > 1 !== b.width > 1) return a.width > 1;
  const [left, right] = [Math.round(a.regular * 100), Math.round(b.regular * 100)];
  if (left !== right) return left > right;
  if (a.first !== b.first) return a.first;
  const [tornLeft, tornRight] = [Math.round(a.torn * 100), Math.round(b.torn * 100)];
  if (tornLeft !== tornRight) return tornLeft < tornRight;
  return a.width > b.width;
}

/**
 * Quotes worth trying: the apostrophe only when it encloses more cells than the double quote does, none only for tabs, whose files
 * often know no quoting (IANA text/tab-separated-values).
 */
function quotesFor(text: string, whole: boolean, delimiter: string): string[] {
  const cells = parseRecords(text, { delimiter, quote: "", initialSpace: false }, SNIFFED_RECORDS, whole).flatMap((record) => record.cells);
  const opened = (quote: string) => cells.filter((cell) => cell.trimStart().startsWith(quote)).length;
  const closed = cells.some((cell) => cell.length > 1 && cell.trimEnd().endsWith("'"));
  const quote = closed && opened("'") > opened('"') ? "'" : '"';
  return delimiter === "\t" ? [quote, ""] : [quote];
}

/**
 * The real lines of a text in which each line is one quoted cell, or null if it is not written so. A last quote that is missing on
 * the line is added (seen in the UCI bank files). Where the last line's quote is never closed the file was cut off, which reading its rows tells.
 */
function unwrapRows(text: string, whole: boolean): string | null {
  const lines = text.split(/\r\n|\n|\r/);
  if (!whole) lines.pop();
  const filled = lines.filter((line) => line.trim() !== "");
  const rows = filled.slice(0, SNIFFED_RECORDS);
  if (rows.length === 0) return null;
  const isEnd = (place: number) => whole && place > 0 && place === filled.length - 1;
  const unwrapped = rows.map((row, place) => unwrapRow(row) ?? (isEnd(place) && isCutOff(row) ? row.slice(1) : null));
  const good = unwrapped.filter((row): row is string => row !== null);
  if (good.length < rows.length || !good.some((row) => row.includes('"') || /[,;\t|]/.test(row))) return null;
  return good.join("\n");
}

/** A line that opens a quote and never closes it. */
export function isCutOff(line: string): boolean {
  return line.startsWith('"') && !line.slice(1).replaceAll('""', "").includes('"');
}

/** One line without the quotes around it, or null if it is not one quoted cell. */
export function unwrapRow(line: string): string | null {
  if (line.length < 2 || !line.startsWith('"') || !line.endsWith('"')) return null;
  const inner = line.slice(1, -1);
  if (inner.replaceAll('""', "").includes('"')) return null;
  const row = inner.replaceAll('""', '"');
  return row.split('"').length % 2 === 0 ? `${row}"` : row;
}

function spacesFollow(best: Candidate): boolean {
  if (best.syntax.delimiter === "\t") return false;
  const later = best.records.flatMap((record) => record.cells.slice(1)).filter((cell) => cell !== "");
  return later.length > 0 && later.filter((cell) => cell.startsWith(" ")).length >= 0.9 * later.length;
}

function decimalOf(records: readonly (readonly string[])[], delimiter: string): "." | "," {
  if (delimiter === ",") return ".";
  const cells = records.flat();
  const commas = cells.filter((cell) => /^\s*[-+]?\d*,\d+\s*$/.test(cell)).length;
  const dots = cells.filter((cell) => /^\s*[-+]?\d*\.\d+\s*$/.test(cell)).length;
  return commas > dots ? "," : ".";
}
