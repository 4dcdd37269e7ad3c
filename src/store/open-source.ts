import { existsSync } from "node:fs";
import { OldhandError } from "../core/error.ts";
import { parsePlace } from "../core/place.ts";
import type { Said } from "../core/reading-note.ts";
import { openArff } from "./arff-source.ts";
import { refusePart } from "./choose-part.ts";
import { copiedSource, type Original } from "./copied-source.ts";
import { beginCsv, openCsv, planCsv } from "./csv-source.ts";
import { openExcel } from "./excel-source.ts";
import { formatOf } from "./file-format.ts";
import { filesOf, keysOf, openSeveral, someOf } from "./glob-source.ts";
import { openJsonLines } from "./jsonl-source.ts";
import { openPacked } from "./packed-source.ts";
import { openParquet } from "./parquet-source.ts";
import { openPostgres } from "./postgres-source.ts";
import { isS3Pattern, listS3, openS3, parseS3 } from "./s3-source.ts";
import type { Desk, Source } from "./source.ts";
import { lookAtSource, type SourceFile } from "./source-file.ts";
import { openSqlite } from "./sqlite-source.ts";
import { tableNotes, tableWithin, writeTable } from "./table-within.ts";
import { toUtf8, windows1252Word } from "./windows-1252.ts";

/**
 * Finds the table that the user names, checks it whole and makes it readable:
 * - a file: CSV, TSV, Parquet, JSONL, ARFF, or one of them packed with gzip or zstd; `book.xlsx#Sheet`; `app.db#table`
 * - several files with the same columns: a pattern with * ? [ ] { } or **
 * - `postgres://user@host/database#table`
 * - `s3://bucket/key`: one of these files, or several by a pattern
 *
 * Behind the # of a database may stand a query that only reads. `expected`: names of columns that the table should have; they decide
 * whether the first record of a file is a header, and one of them alone is a table.
 */
export async function openSource(place: string, desk: Desk, expected: readonly string[] | null = null): Promise<Source> {
  const { kind, where, part } = parsePlace(place, existsSync);
  if (kind === "postgres") return openPostgres(where, part, desk);
  const openOne = (path: string, names: readonly string[] | null) =>
    kind === "s3" ? openS3(path, desk, (file) => openFile(file, part, desk, names)) : openFile(lookAtSource(path), part, desk, names);
  if (kind === "s3" && isS3Pattern(where)) return openSeveral(where, await objectsOf(where), openOne, expected);
  if (kind === "files") return openSeveral(where, await filesOf(where), openOne, expected);
  return openOne(where, expected);
}

async function objectsOf(pattern: string): Promise<string[]> {
  const { bucket, key } = parseS3(pattern);
  const keys = await keysOf(await listS3(pattern), key);
  return someOf(
    keys.map((found) => `s3://${bucket}/${found}`),
    pattern,
  );
}

async function openFile(file: SourceFile, part: string | null, desk: Desk, expected: readonly string[] | null): Promise<Source> {
  const format = formatOf(file);
  if (format === "gzip" || format === "zstd")
    return openPacked(file, format, desk.workFolder, (inner) => openFile(inner, part, desk, expected));
  if (format === "xlsx") return openExcel(file, part, desk, expected);
  if (format === "sqlite") return openSqlite(file, part, desk);
  refusePart(file.path, part);
  if (format === "parquet") return openParquet(file, expected);
  if (format === "jsonl") return openJsonLines(file, expected);
  if (format === "arff") return openArff(file, desk.workFolder);
  return openText(file, desk, expected);
}

/** UTF-8, as it should be; else a copy of what was written as Windows-1252. @throws OldhandError encoding when it is neither. */
async function openText(file: SourceFile, desk: Desk, expected: readonly string[] | null): Promise<Source> {
  const open = (one: SourceFile) => openDelimited(one, desk, expected);
  try {
    return await open(file);
  } catch (error) {
    if (!(error instanceof OldhandError) || error.code !== "encoding") throw error;
    const word = await windows1252Word(file.path);
    if (word === null) throw error;
    const source = await copiedSource(originalOf(file), desk.workFolder, (path) => toUtf8(file.path, path), open);
    return inEncoding(source, word);
  }
}

function originalOf({ path, name, bytes }: SourceFile): Original {
  return { shown: path, name, bytes };
}

/** The table in a delimited file: where a report has written lines around it, a copy without these. */
async function openDelimited(file: SourceFile, desk: Desk, expected: readonly string[] | null): Promise<Source> {
  const beginning = beginCsv(file, expected);
  const { dialect, initialSpace } = beginning.sniffed;
  const look = { header: dialect.header, second: desk.secondHeader !== false, decimal: dialect.decimal, names: expected };
  const within = dialect.wholeRowQuoted ? null : tableWithin(file, beginning.text, { ...dialect, initialSpace }, look);
  if (within === null) return openCsv(file, planCsv(file, beginning, expected), desk);
  const write = (path: string) => writeTable(file.path, path, within);
  const source = await copiedSource(originalOf(file), desk.workFolder, write, (one) =>
    openCsv(one, planCsv(one, beginCsv(one, expected), expected), desk),
  );
  return {
    ...withNotes(source, tableNotes(within)),
    endsOpen: source.endsOpen === true && within.totals.length === 0,
    leftOut: tableNotes(within),
    how: {
      titles: within.titles.length,
      totals: within.totals.length,
      headers: within.header !== null,
      ...(within.second === null ? {} : { second: within.second.lines.length }),
      how: source.how,
    },
  };
}

/** Its version is another than that of the same text in UTF-8, since its notes are. */
function inEncoding(source: Source, word: string): Source {
  return { ...withNotes(source, [{ kind: "windows-1252", word }]), how: { encoding: "windows-1252", how: source.how } };
}

function withNotes(source: Source, more: readonly Said[]): Source {
  return {
    ...source,
    table: async (session, cells) => {
      const read = await source.table(session, cells);
      return { ...read, notes: [...read.notes, ...more] };
    },
  };
}
