import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../core/dataset.ts";
import { OldhandError } from "../core/error.ts";
import type { ReadingNote, Said } from "../core/reading-note.ts";
import { temporaryName } from "./atomic.ts";
import { type ByteSink, lastByteSink, scanBytes, textSink, underscoreSink } from "./byte-scan.ts";
import { type CellSyntax, parseRecord } from "./cells.ts";
import { count, type HeaderNames, headerNotes, headerWithin, isBlank, namesFromHeader, namesWithoutHeader } from "./column-names.ts";
import { normalise } from "./normalise.ts";
import type { OnePass, RawColumn, RawTable } from "./raw-table.ts";
import { openQuote, type RecordCount, recordSink } from "./record-scan.ts";
import { csvThreads, literal, type Session } from "./session.ts";
import { withShiftedAsKnown } from "./shifted-as-known.ts";
import { withShiftedMoved } from "./shifted-rows.ts";
import { type Sniffed, sniff } from "./sniff.ts";
import type { Desk, Source } from "./source.ts";
import type { SourceFile } from "./source-file.ts";
import { type ColumnFiles, type CutList, splitColumns } from "./split-columns.ts";
import { PART_COLUMNS } from "./version.ts";

/** What was decided about a delimited file from its beginning. */
export interface CsvPlan {
  readonly dialect: Dialect;
  readonly syntax: CellSyntax;
  readonly names: readonly string[];
  readonly header: HeaderNames;
  /** Cells of the first record; of a header, one more or less than the rows have is made up for. */
  readonly firstWidth: number;
  readonly notes: readonly Said[];
  /** Columns at the end whose header is blank; they are left out when their cells are blank too. */
  readonly trailing: number;
}

/** The beginning of a delimited file, and how it is written. */
export interface CsvBeginning {
  /** Without a byte order mark. */
  readonly text: string;
  readonly sniffed: Sniffed;
}

const WEB_PAGE = /^\s*(?:<!doctype\s+html|<html)[\s>]/i;

/** Reads the beginning. @throws OldhandError file-empty, encoding, line-too-long, file-format. */
export function beginCsv(file: SourceFile, expected: readonly string[] | null): CsvBeginning {
  const whole = file.bytes === file.head.length;
  checkHead(file, whole);
  const text = new TextDecoder("utf-8").decode(file.head);
  if (text.trim() === "")
    throw new OldhandError("file-empty", {
      what: "The file holds only white space.",
      where: file.path,
      expected: "a table with a header and rows",
    });
  if (WEB_PAGE.test(text))
    throw new OldhandError("file-format", {
      what: "The file is a web page (HTML), no table: often a page that says why the download was refused.",
      where: file.path,
      expected: "a table with a header and rows",
      fix: "Open it in a browser to see what it says, and download the table again.",
    });
  const beginning = beginningOf(text);
  return { text, sniffed: sniff(beginning, whole && beginning.length === text.length, expected) };
}

/** What the beginning says of the whole. @throws OldhandError one-column, header-only, file-format. */
export function planCsv(file: SourceFile, { text, sniffed }: CsvBeginning, expected: readonly string[] | null): CsvPlan {
  const whole = file.bytes === file.head.length;
  const { dialect, initialSpace, records } = sniffed;
  const first = records[0] ?? [];
  if (records.length === 1 && whole)
    throw endsInQuote(text, sniffed) ? openQuote(file.path, quoteLine(text, first)) : onlyHeader(file.path, first);
  // A model of one column, such as a text, is asked with that column alone.
  if (first.length === 1 && expected?.includes(first[0]?.trim() ?? "") !== true) throw oneColumn(file.path, first[0] ?? "");
  const fitted = dialect.header ? fitHeader(records) : { cells: first, notes: [] };
  const header = dialect.header ? namesFromHeader(fitted.cells) : namesWithoutHeader(first.length);
  return {
    dialect,
    syntax: { delimiter: dialect.delimiter, quote: dialect.quote, initialSpace },
    names: header.names,
    header,
    firstWidth: first.length,
    notes: [...dialectNotes(sniffed), ...fitted.notes],
    trailing: dialect.header ? fitted.cells.length - 1 - fitted.cells.findLastIndex((cell) => !isBlank(cell)) : 0,
  };
}

/** So many rows of one width say what the header lacks; the others are then named as those that have too few or too many. */
const NEARLY_ALL_ROWS = 0.9;

/**
 * The header as wide as the rows, where nearly all of them have one cell more or less: a first column without a name (as R writes names of rows), a delimiter at the end
 * of each row or of the header. Other differences are left for the rows to be held to.
 */
function fitHeader(records: Sniffed["records"]): { cells: readonly string[]; notes: readonly Said[] } {
  const [first = [], ...others] = records;
  const width = others.some((row) => row.length === first.length + 1) ? first.length + 1 : first.length - 1;
  const rows = others.filter((row) => row.length === width);
  const isOther = rows.length > 0 && rows.length >= NEARLY_ALL_ROWS * others.length;
  if (isOther && width === first.length - 1 && isBlank(first.at(-1) ?? ""))
    return { cells: first.slice(0, width), notes: [{ kind: "header-delimiter" }] };
  if (!isOther || width !== first.length + 1) return { cells: first, notes: [] };
  if (rows.every((row) => isBlank(row.at(-1) ?? ""))) return { cells: [...first, ""], notes: [] };
  return {
    cells: ["", ...first],
    notes: ["The header has one cell less than the rows; the first column, as in files that R writes, has no name."],
  };
}

/** Enough to tell the dialect: 256 K characters, and at least 30 lines. */
function beginningOf(text: string): string {
  let end = 0;
  for (let line = 0; line < 30; line++) {
    const next = text.indexOf("\n", end);
    if (next < 0) return text;
    end = next + 1;
  }
  return text.slice(0, Math.max(end, 1 << 18));
}

/** Leaves out columns at the end that are blank in the header and in all cells. */
export async function withoutBlankTail(
  session: Session,
  raw: RawTable,
  trailing: number,
): Promise<{ raw: RawTable; notes: ReadingNote[] }> {
  const width = raw.columns.length;
  if (trailing === 0) return { raw, notes: [] };
  const tail = Array.from({ length: trailing }, (_, index) => width - trailing + index);
  const [row] = await session.rows(
    `SELECT ${tail.map((position) => `count_if(NOT regexp_full_match(c${position}, '[,;|\\s]*'))`).join(", ")} FROM ${raw.relation}`,
  );
  const filled = (row ?? []).findLastIndex((cells) => Number(cells) > 0);
  const keep = width - trailing + filled + 1;
  if (keep === width) return { raw, notes: [] };
  const positions = tail.slice(filled + 1).map((position) => position + 1);
  return { raw: { ...raw, columns: raw.columns.slice(0, keep) }, notes: [{ kind: "blank-columns", positions }] };
}

/** From so many bytes on, a file is read once (`OnePass`); below, staging all its texts is as quick as guessing. Of 11 MB it takes a second less of the processor. */
const ONE_PASS_BYTES = 4 * 1024 * 1024;

/** Checks every byte and record of the file; what is returned can be read by DuckDB. The work folder takes copies that are needed for that. */
export async function openCsv(
  file: SourceFile,
  plan: CsvPlan,
  { workFolder, onePassBytes = ONE_PASS_BYTES, shifted }: Desk,
): Promise<Source> {
  const { dialect, syntax, names } = plan;
  const isLong = file.bytes >= onePassBytes;
  const { contentHash, count, endsLine, readsNumbers, split } = await checkWhole(file, plan, workFolder, isLong);
  const inParts = names.length > PART_COLUMNS;
  const rewritten = dialect.wholeRowQuoted || count.unusual || (inParts && !isLong) ? await rewrite(file, plan, workFolder) : null;
  const blockOf = (part: number) => ({ first: part * PART_COLUMNS, width: Math.min(PART_COLUMNS, names.length - part * PART_COLUMNS) });
  const all = { path: file.path, first: 0, width: names.length };
  const fileOf = (part: number) => (split === null ? all : { path: split.paths[part] ?? "", ...blockOf(part) });
  const partSql = (numbers: ReadonlySet<number>, part: number) =>
    readCsvSql(fileOf(part).path, syntax, fileOf(part), dialect.header, count, numbers);
  const relations = rewritten?.paths.map((path, part) =>
    readCsvSql(path, REWRITTEN, blockOf(part), dialect.header, { longest: rewritten.longest, quotedNewline: true }),
  );
  // Where a line holds the cells of other parts too, the database reads it: it goes by the names of the columns.
  const plain = inParts === (split !== null) ? plainFiles(plan, count, fileOf) : null;
  const raw: RawTable = {
    columns: names.map((name, position) => textColumn(name, cellSql(position, syntax.initialSpace))),
    decimal: dialect.decimal,
    relation: relations?.join(" POSITIONAL JOIN ") ?? readCsvSql(file.path, syntax, all, dialect.header, count),
    partRelation: relations === undefined ? (part) => partSql(new Set(), part) : (part) => relations[part] ?? "",
    onePass: rewritten === null && isLong ? { relation: partSql, readsNumbers, plain, done: async (part) => split?.removeOne(part) } : null,
    rows: (rewritten?.records ?? count.records) - (dialect.header ? 1 : 0),
  };
  return {
    name: file.name,
    bytes: file.bytes,
    format: "csv",
    dialect,
    endsOpen: !endsLine,
    names,
    contentHash,
    how: { ...dialect, initialSpace: syntax.initialSpace },
    table: async (session) => {
      const shortened = await withoutBlankTail(session, raw, plan.trailing);
      const isUnnamed = plan.header.unnamed.includes(shortened.raw.columns.length);
      const moved =
        shifted === undefined
          ? await withShiftedMoved(session, shortened.raw, isUnnamed, syntax.delimiter)
          : await withShiftedAsKnown(session, shortened.raw, isUnnamed, syntax.delimiter, shifted, file.path);
      const header = headerNotes(headerWithin(plan.header, moved.raw.columns.length));
      const { raw: read, noticed, rule, overfull } = moved;
      return {
        raw: read,
        notes: [...plan.notes, ...header, ...shortened.notes, ...noticed],
        ...(rule === null ? {} : { shifted: rule }),
        ...(overfull === null ? {} : { overfull }),
      };
    },
    close: () => {
      for (const path of rewritten?.paths ?? []) rmSync(path, { force: true });
      split?.remove();
    },
  };
}

/** The file of each part and its cells in a line, where a cell is what stands between delimiters. */
function plainFiles(
  { dialect, syntax }: CsvPlan,
  { quotedNewline, longest }: RecordCount,
  fileOf: (part: number) => { readonly path: string; readonly width: number },
): OnePass["plain"] {
  if (quotedNewline || syntax.initialSpace || dialect.decimal !== ".") return null;
  const { delimiter, quote } = syntax;
  return (part) => ({ ...fileOf(part), delimiter, quote, header: dialect.header, longest });
}

interface Checked {
  readonly contentHash: string;
  readonly count: RecordCount;
  readonly endsLine: boolean;
  readonly readsNumbers: boolean;
  /** The columns of a long and wide file in files of PART_COLUMNS; null elsewhere, and where lines end in an unusual way. */
  readonly split: (Pick<ColumnFiles, "remove" | "removeOne"> & { readonly paths: readonly string[] }) | null;
}

/** One pass over all bytes. */
async function checkWhole(
  file: SourceFile,
  { dialect, syntax, names, firstWidth }: CsvPlan,
  workFolder: string,
  isLong: boolean,
): Promise<Checked> {
  const width = names.length;
  // A part of one column would have blank lines, which are no records.
  const isSplit = isLong && width > PART_COLUMNS && width % PART_COLUMNS !== 1 && !dialect.wholeRowQuoted;
  const cuts: CutList | null = isSplit ? { block: PART_COLUMNS, places: [], isUncertain: false } : null;
  const paths = cuts === null ? [] : partNames(workFolder, width);
  const scan = recordSink(file.path, syntax, { first: firstWidth, rest: width }, cuts);
  const grouped = underscoreSink();
  const last = lastByteSink();
  const split = cuts === null ? null : splitColumns(paths, cuts);
  const sinks: ByteSink[] = [textSink(file.path), last.sink, ...(isLong ? [grouped.sink] : [])];
  if (!dialect.wholeRowQuoted) sinks.push(scan.sink);
  if (split !== null) sinks.push(split.sink);
  try {
    const contentHash = await scanBytes(file.path, sinks);
    const isWhole = split !== null && cuts?.isUncertain === false && !scan.count.unusual;
    if (!isWhole) split?.remove();
    const readsNumbers = dialect.decimal === "." && !grouped.found();
    return { contentHash, count: scan.count, endsLine: last.endsLine(), readsNumbers, split: isWhole ? { ...split, paths } : null };
  } catch (error) {
    split?.remove();
    throw error;
  } finally {
    await split?.close();
  }
}

function partNames(workFolder: string, width: number): string[] {
  return Array.from({ length: Math.ceil(width / PART_COLUMNS) }, (_, part) => temporaryName(join(workFolder, `part-${part}.csv`)));
}

const REWRITTEN = { delimiter: ",", quote: '"' };

/** A copy that DuckDB reads as we do, in files of PART_COLUMNS columns. */
async function rewrite(
  file: SourceFile,
  plan: CsvPlan,
  workFolder: string,
): Promise<{ paths: string[]; records: number; longest: number }> {
  const width = plan.names.length;
  const paths = partNames(workFolder, width);
  try {
    const found = await normalise(
      file.path,
      paths,
      plan.syntax,
      plan.dialect.wholeRowQuoted,
      { first: plan.firstWidth, names: plan.names },
      PART_COLUMNS,
    );
    return { paths, ...found };
  } catch (error) {
    for (const path of paths) rmSync(path, { force: true });
    throw error;
  }
}

export function textColumn(name: string, sql: string): RawColumn {
  return { name, sql, kind: "text", text: sql };
}

function cellSql(position: number, initialSpace: boolean): string {
  return initialSpace ? `nullif(ltrim(c${position}), '')` : `c${position}`;
}

/** DuckDB takes sixteen times the longest line for its buffers when it is not told otherwise. */
const LEAST_BUFFER_BYTES = 8 * 1024 * 1024;

/** Columns c<first>, c<first + 1>, ... as text, those of `numbers` as DOUBLE; an empty cell is NULL. A quoted line end forbids reading in parallel. What is packed was told by its bytes; DuckDB would go by the name. */
export function readCsvSql(
  path: string,
  syntax: { readonly delimiter: string; readonly quote: string },
  { first, width }: { readonly first: number; readonly width: number },
  header: boolean,
  records: { readonly longest: number; readonly quotedNewline: boolean },
  numbers: ReadonlySet<number> = new Set(),
): string {
  const typeOf = (position: number) => (numbers.has(position) ? "DOUBLE" : "VARCHAR");
  const columns = Array.from({ length: width }, (_, index) => `'c${first + index}':'${typeOf(first + index)}'`).join(",");
  const longest = Math.max(65536, 2 * records.longest);
  const buffer = Math.max(LEAST_BUFFER_BYTES, 2 * longest);
  return `read_csv(${literal(path)}, compression='none', auto_detect=false, delim=${literal(syntax.delimiter)}, quote=${literal(syntax.quote)}, escape=${literal(syntax.quote)}, header=${header}, columns={${columns}}, nullstr='', max_line_size=${longest}, buffer_size=${buffer}, ${csvThreads(!records.quotedNewline)}, allow_quoted_nulls=true)`;
}

function checkHead(file: SourceFile, whole: boolean): void {
  const sink = textSink(file.path);
  sink.take(file.head);
  if (whole) sink.end();
}

function dialectNotes({ dialect, initialSpace, loneReturns, headerWhy }: Sniffed): Said[] {
  const notes: Said[] = [];
  if (dialect.wholeRowQuoted) notes.push("Each line was one quoted cell that held the real line; the outer quotes were taken off.");
  if (dialect.delimiter !== ",") notes.push(`Cells are separated by ${dialect.delimiter === "\t" ? "tabs" : `"${dialect.delimiter}"`}.`);
  if (dialect.decimal === ",") notes.push("Numbers are written with a decimal comma.");
  if (loneReturns) notes.push({ kind: "lone-returns" });
  if (initialSpace) notes.push("Spaces after the delimiter were left out.");
  if (!dialect.header) notes.push({ kind: "no-header", why: headerWhy });
  return notes;
}

/** The first record swallows the rest of the file, because a quote in it is never closed. */
function endsInQuote(text: string, { dialect: { delimiter, quote }, initialSpace }: Sniffed): boolean {
  return parseRecord(text.trimStart(), 0, { delimiter, quote, initialSpace }).open;
}

/** Of the quote that opens the last cell. */
function quoteLine(text: string, cells: readonly string[]): number {
  return text.slice(0, Math.max(0, text.length - (cells.at(-1)?.length ?? 0))).split("\n").length;
}

function onlyHeader(path: string, cells: readonly string[]): OldhandError {
  return new OldhandError("header-only", {
    what: "The file has a header but no rows.",
    where: path,
    expected: "a header and rows",
    got: `one line with ${count(cells.length, "cell", "cells")}`,
  });
}

function oneColumn(path: string, header: string): OldhandError {
  return new OldhandError("one-column", {
    what: "The table has one column; there is nothing to predict from.",
    where: `${path}, line 1`,
    expected: "at least two columns, separated by comma, semicolon, tab, | or one blank",
    got: `"${header.slice(0, 80)}"`,
    fix: "Check the delimiter of the file.",
  });
}
