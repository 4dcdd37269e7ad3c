import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import type { Column, Frame } from "../core/column.ts";
import { OldhandError } from "../core/error.ts";
import { temporaryName } from "./atomic.ts";
import { storedNames } from "./column-names.ts";
import { writeError } from "./io-error.ts";
import { makeFolders } from "./make-folder.ts";
import { identifier, literal, type SessionOptions, withSession } from "./session.ts";

/** Writes a table batch by batch. The file is there after `close`, whole, and not before. */
export interface TableWriter {
  /** Batches have the same columns in the same order. @throws OldhandError disk-full; then nothing is left. */
  write(batch: Pick<Frame, "rows" | "columns">): void;
  close(): Promise<void>;
  /** Leaves nothing behind. */
  abort(): void;
}

const DEFAULT_LIMITS: SessionOptions = { memoryBytes: 512 * 1024 * 1024, threads: 1 };

/**
 * A writer for `path`, by its ending: .csv (comma, quoted where needed, \n, missing is an empty cell, dates as ISO 8601) or .parquet
 * (DOUBLE, TIMESTAMP, VARCHAR). @throws OldhandError bad-option for other endings.
 */
export function openWriter(path: string, limits: SessionOptions = DEFAULT_LIMITS): TableWriter {
  const parquet = /^\.parquet$/i.test(extname(path));
  if (!parquet && !/^\.csv$/i.test(extname(path))) {
    throw new OldhandError("bad-option", {
      what: "The format of the output file is not known.",
      where: path,
      expected: "a name that ends in .csv or .parquet",
    });
  }
  const temporary = temporaryName(path);
  const open = openTemporary(temporary, path);
  let file: number | null = open;
  let columns: readonly Pick<Column, "name" | "type">[] | null = null;
  const abort = () => {
    if (file !== null) closeSync(file);
    file = null;
    rmSync(temporary, { force: true });
  };
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      abort();
      throw writeError(error, path);
    }
  };
  return {
    abort,
    write: (batch) =>
      guard(() => {
        if (file === null) throw new Error("the writer is closed");
        if (columns === null) writeText(file, csvHeader(batch.columns));
        columns ??= batch.columns.map(({ name, type }) => ({ name, type }));
        writeRows(file, batch);
      }),
    close: async () => {
      if (file === null) throw new Error("the writer is closed");
      closeSync(file);
      file = null;
      try {
        if (parquet) await toParquet(temporary, columns ?? [], limits);
        renameSync(temporary, path);
      } catch (error) {
        abort();
        throw writeError(error, path);
      }
    },
  };
}

/** Writes a whole frame as openWriter does. */
export async function writeFrame(frame: Frame, path: string, limits: SessionOptions = DEFAULT_LIMITS): Promise<void> {
  const writer = openWriter(path, limits);
  writer.write(frame);
  await writer.close();
}

function openTemporary(temporary: string, path: string): number {
  try {
    makeFolders(dirname(path));
    return openSync(temporary, "wx");
  } catch (error) {
    throw writeError(error, path);
  }
}

const FLUSH_CHARACTERS = 1 << 20;

function writeRows(file: number, batch: Pick<Frame, "rows" | "columns">): void {
  for (const text of csvRows(batch)) writeText(file, text);
}

/** A table as CSV in pieces of about a megabyte, as openWriter writes it; `header` true: with the names of the columns in front. */
export function* csvPieces(batch: Pick<Frame, "rows" | "columns">, header: boolean): Iterable<string> {
  if (header) yield csvHeader(batch.columns);
  yield* csvRows(batch);
}

function csvHeader(columns: readonly Pick<Column, "name">[]): string {
  return `${columns.map((column) => csvCell(column.name)).join(",")}\n`;
}

function* csvRows({ rows, columns }: Pick<Frame, "rows" | "columns">): Iterable<string> {
  const cells = columns.map(cellWriter);
  let pending = "";
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < cells.length; column++) pending += `${column === 0 ? "" : ","}${cells[column]?.(row) ?? ""}`;
    pending += "\n";
    if (pending.length > FLUSH_CHARACTERS) {
      yield pending;
      pending = "";
    }
  }
  yield pending;
}

function writeText(file: number, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

function cellWriter(column: Column): (row: number) => string {
  if ("codes" in column) {
    const { codes, levels } = column;
    const cellOf = (code: number) => (levels[code] === undefined ? "" : csvCell(levels[code]));
    if (levels.length > codes.length) return (row) => cellOf(codes[row] ?? -1);
    const cells = levels.map(csvCell);
    return (row) => cells[codes[row] ?? -1] ?? "";
  }
  const { values } = column;
  if (column.type === "number") return (row) => (Number.isNaN(values[row]) ? "" : String(values[row]));
  const daysOnly = values.every((value) => Number.isNaN(value) || value % 86_400_000 === 0);
  return (row) => {
    const value = values[row] ?? Number.NaN;
    return Number.isNaN(value) ? "" : daysOnly ? new Date(value).toISOString().slice(0, 10) : new Date(value).toISOString();
  };
}

/** Quoted where the reader would otherwise take it for something else: delimiters, quotes, line ends, spaces at the ends, empty text. */
function csvCell(text: string): string {
  return text === "" || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const SQL_TYPES = { number: "DOUBLE", date: "TIMESTAMP", category: "VARCHAR", text: "VARCHAR" } as const;

/** Turns the temporary CSV file into Parquet, in its place. */
async function toParquet(temporary: string, columns: readonly Pick<Column, "name" | "type">[], limits: SessionOptions): Promise<void> {
  const target = `${temporary}.parquet`;
  const stored = storedNames(columns.map((column) => column.name)).map(identifier);
  const types = columns.map((column, index) => `'c${index}':'${SQL_TYPES[column.type]}'`).join(",");
  const source = `read_csv(${literal(temporary)}, auto_detect=false, delim=',', quote='"', escape='"', header=true, columns={${types}}, nullstr='', allow_quoted_nulls=false, parallel=false, max_line_size=16777216, buffer_size=33554432)`;
  try {
    await withSession(limits, join(tmpdir(), `.oldhand-spill-${process.pid}`), (session) =>
      session.run(
        `COPY (SELECT ${stored.map((name, index) => `c${index} AS ${name}`).join(", ")} FROM ${source}) TO ${literal(target)} (FORMAT parquet, USE_TMP_FILE false)`,
      ),
    );
    renameSync(target, temporary);
  } finally {
    rmSync(target, { force: true });
  }
}
