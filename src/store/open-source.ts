import { existsSync } from "node:fs";
import { OldhandError } from "../core/error.ts";
import { parsePlace } from "../core/place.ts";
import type { Said } from "../core/reading-note.ts";
import { shellWord } from "../core/shell-word.ts";
import type { Encoding } from "./alphabets.ts";
import { openArff } from "./arff-source.ts";
import { refusePart } from "./choose-part.ts";
import { copiedSource, type Original } from "./copied-source.ts";
import { beginCsv, openCsv, planCsv } from "./csv-source.ts";
import { openExcel } from "./excel-source.ts";
import { formatOf } from "./file-format.ts";
import { filesOf, keysOf, openSeveral, someOf } from "./glob-source.ts";
import { guessEncoding, toUtf8 } from "./guess-encoding.ts";
import { openJsonLines } from "./jsonl-source.ts";
import { openPacked } from "./packed-source.ts";
import { openParquet } from "./parquet-source.ts";
import { openPostgres } from "./postgres-source.ts";
import { isS3Pattern, listS3, openS3, parseS3 } from "./s3-source.ts";
import type { Desk, Source } from "./source.ts";
import { lookAtSource, type SourceFile } from "./source-file.ts";
import { openSqlite } from "./sqlite-source.ts";
import { tableNotes, tableWithin, writeTable } from "./table-within.ts";
import { twoEncodings } from "./two-encodings.ts";

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
  const openOne = (path: string, names: readonly string[] | null, encoding = desk.encoding) => {
    const at = encoding === undefined ? desk : { ...desk, encoding };
    return kind === "s3" ? openS3(path, at, (file) => openFile(file, part, at, names)) : openFile(lookAtSource(path), part, at, names);
  };
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
  if (format === "sqlite") return openSqlite(file, part, desk, expected ?? desk.wanted ?? []);
  refusePart(file.path, part);
  if (format === "parquet") return openParquet(file, expected);
  if (format === "jsonl") return openJsonLines(file, expected);
  if (format === "arff") return openArff(file, desk.workFolder);
  return openText(file, desk, expected);
}

/** UTF-8, as it should be; else a copy of what was written in another encoding. @throws OldhandError encoding when its bytes do not say in which. */
async function openText(file: SourceFile, desk: Desk, expected: readonly string[] | null): Promise<Source> {
  const open = (one: SourceFile) => openDelimited(one, desk, expected);
  try {
    return await open(file);
  } catch (error) {
    if (!(error instanceof OldhandError) || error.code !== "encoding") throw error;
    const guess = await guessEncoding(file.path, desk.encoding);
    const [encoding, ...rivals] = guess?.encodings ?? [];
    if (guess === null || encoding === undefined) throw (await twoEncodings(file.path, error)) ?? error;
    if (rivals.length > 0) throw severalEncodings(error, file.path, [encoding, ...rivals]);
    const write = (path: string) =>
      toUtf8(encoding, file.path, path).catch((failed: unknown) => {
        throw failed instanceof TypeError ? error : failed;
      });
    const source = await copiedSource(originalOf(file), desk.workFolder, write, open);
    return { ...inEncoding(source, encoding, guess.word), encoding: { name: encoding.name, isSure: guess.isSure } };
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

function severalEncodings(error: OldhandError, path: string, encodings: readonly Encoding[]): OldhandError {
  const names = encodings.map(({ name }) => name);
  return new OldhandError("encoding", {
    ...error.parts,
    what: `The file is not UTF-8, and its bytes do not say whether it is ${names.slice(0, -1).join(", ")} or ${names.at(-1)}.`,
    fix: `Look which of them gives the right words: ${names.map((encoding) => `iconv -f ${encoding} -t UTF-8 ${shellWord(path)} > utf8.csv`).join("; or: ")}`,
  });
}

/** Its version is another than that of the same text in UTF-8, since its notes are. */
function inEncoding(source: Source, { label, name }: Encoding, word: string): Source {
  const note: Said = label === "windows-1252" ? { kind: "windows-1252", word } : { kind: "encoding", encoding: name, word };
  return { ...withNotes(source, [note]), how: { encoding: label, how: source.how } };
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
