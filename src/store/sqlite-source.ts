import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Database, SQLiteValue } from "node-sqlite3-wasm";
import { OldhandError } from "../core/error.ts";
import { isQuery, readsOnly } from "../core/place.ts";
import { badQuery, choosePart, notReading } from "./choose-part.ts";
import { count } from "./column-names.ts";
import { textColumn } from "./csv-source.ts";
import { errorText } from "./io-error.ts";
import { identifier } from "./session.ts";
import type { Desk, Source } from "./source.ts";
import type { SourceFile } from "./source-file.ts";
import { type TextTable, textTableWriter } from "./text-table.ts";
import { noRows } from "./write-version.ts";

/**
 * A table, a view or the rows of a query of an SQLite database, read only and row by row. SQLite types single values, so columns are
 * typed like text; columns declared BOOLEAN are true and false. Nothing is written beside the database. `wanted`: columns by which one of several tables is proposed.
 */
export async function openSqlite(file: SourceFile, part: string | null, desk: Desk, wanted: readonly string[] = []): Promise<Source> {
  const folder = mkdtempSync(join(desk.workFolder, ".sqlite-"));
  try {
    const before = stampOf(file.path);
    const { Database } = (await import("node-sqlite3-wasm")).default;
    const within = await attempt(file.path, () => {
      const { path, isCopy } = reachable(file.path, folder);
      return new Database(path, { readOnly: !isCopy, fileMustExist: true });
    });
    try {
      within.exec("PRAGMA temp_store = MEMORY; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cell_size_check = ON");
      await attempt(file.path, () => refuseCut(within, file));
      const chosen = await attempt(file.path, () => choose(within, part, file.path, wanted));
      const found = await attempt(file.path, () => readRows(within, chosen, desk.workFolder, file.path));
      if (stampOf(file.path) === before) return sourceOf(file, chosen, found);
      found.table.close();
      throw changed(file.path);
    } finally {
      within.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A name for the database inside `folder`, so that locks lie there. With a write-ahead log or a journal the files are copied and SQLite
 * puts them together; a database in WAL mode is copied too, since it cannot be opened without writing.
 */
function reachable(path: string, folder: string): { path: string; isCopy: boolean } {
  const inside = join(folder, "database");
  const logs = ["-wal", "-journal"].filter((suffix) => existsSync(path + suffix) && statSync(path + suffix).size > 0);
  if (logs.length === 0 && !isWal(path)) {
    try {
      symlinkSync(resolve(path), inside);
      return { path: inside, isCopy: false };
    } catch {
      // No links on this system: a copy does as well.
    }
  }
  for (const suffix of ["", ...logs]) copyFileSync(path + suffix, inside + suffix);
  return { path: inside, isCopy: true };
}

/** Byte 18 of the header: 2 = write-ahead log. */
function isWal(path: string): boolean {
  const header = Buffer.alloc(20);
  const file = openSync(path, "r");
  try {
    readSync(file, header, 0, 20, 0);
  } finally {
    closeSync(file);
  }
  return header[18] === 2;
}

/** A database is whole pages. SQLite itself would read zeros behind the cut. */
function refuseCut(database: Database, { path, bytes }: SourceFile): void {
  const page = Number(database.get("PRAGMA page_size")?.page_size);
  if (bytes % page === 0) return;
  throw new OldhandError("file-format", {
    what: "The SQLite database is not whole.",
    where: path,
    expected: `pages of ${page} bytes`,
    got: `${bytes} bytes`,
    fix: "Copy it again.",
  });
}

function stampOf(path: string): string {
  const { mtimeMs, size } = statSync(path);
  return `${mtimeMs} ${size}`;
}

/** Quoted text, quoted names and comments. */
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\//g;

interface Chosen {
  /** As the dataset calls it. */
  readonly name: string;
  readonly select: string;
  readonly query: string | null;
}

function choose(database: Database, part: string | null, shown: string, wanted: readonly string[]): Chosen {
  if (part !== null && isQuery(part)) {
    if (!readsOnly(part)) throw notReading(shown, part, null);
    const select = part.replace(/[;\s]+$/, "");
    if (select.replace(QUOTED, " ").includes(";")) throw notReading(shown, part, "more than one statement");
    return { name: "query", select, query: part };
  }
  const rows = database.all(
    "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
  );
  const names = rows.map((row) => String(row.name));
  const likely = part === null && wanted.length > 0 ? names.find((name) => holds(database, name, wanted)) : undefined;
  const name = choosePart({ kind: "table", shown, names, ...(likely === undefined ? {} : { likely }) }, part);
  return { name, select: `SELECT * FROM ${identifier(name)}`, query: null };
}

/** A view on a table that is gone has no columns. */
function holds(database: Database, name: string, columns: readonly string[]): boolean {
  try {
    const own = new Set(database.all(`PRAGMA table_info(${identifier(name)})`).map((row) => String(row.name)));
    return columns.every((column) => own.has(column));
  } catch {
    return false;
  }
}

interface Found {
  readonly columns: readonly { readonly name: string; readonly cells: string }[];
  readonly table: TextTable;
  readonly notes: readonly string[];
}

/** The parentheses of the view admit one statement that reads, and the view tells names and declared types. */
function readRows(database: Database, chosen: Chosen, workFolder: string, shown: string): Found {
  const { name, select, query } = chosen;
  let declared: { name: string; type: string }[];
  try {
    database.run(`CREATE TEMP VIEW oldhand_rows AS SELECT * FROM (\n${select}\n)`);
    declared = database.all("PRAGMA temp.table_info(oldhand_rows)").map((row) => ({ name: String(row.name), type: String(row.type) }));
    database.exec("PRAGMA query_only = ON");
  } catch (error) {
    throw query === null ? error : badQuery(shown, query, errorText(error));
  }
  const bytes = declared.map(() => 0);
  const present = declared.map(() => 0);
  const isBoolean = declared.map(({ type }) => /^bool/i.test(type));
  const writer = textTableWriter(workFolder, declared.length);
  const statement = database.prepare(
    `SELECT ${declared.map((column, index) => `${identifier(column.name)} AS c${index}`).join(", ")} FROM temp.oldhand_rows`,
  );
  try {
    for (const row of statement.iterate()) {
      const cells = declared.map((_, index) => {
        const value = row[`c${index}`] as SQLiteValue;
        if (value !== null) present[index] = (present[index] ?? 0) + 1;
        if (value instanceof Uint8Array) bytes[index] = (bytes[index] ?? 0) + 1;
        return cellText(value, isBoolean[index] === true);
      });
      writer.write(cells);
    }
    const onlyBytes = declared.map((_, index) => (bytes[index] ?? 0) > 0 && bytes[index] === present[index]);
    const columns = declared.map((column, index) => ({ name: column.name, cells: `c${index}` })).filter((_, index) => !onlyBytes[index]);
    return { columns, table: writer.end(), notes: bytesNotes(declared, bytes, onlyBytes, name) };
  } catch (error) {
    writer.abort();
    throw error;
  } finally {
    statement.finalize();
  }
}

function cellText(value: SQLiteValue, isBoolean: boolean): string {
  if (value === null || value instanceof Uint8Array) return "";
  if (isBoolean && (value === 0 || value === 1)) return value === 1 ? "true" : "false";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  return String(value);
}

function bytesNotes(
  declared: readonly { readonly name: string }[],
  bytes: readonly number[],
  onlyBytes: readonly boolean[],
  table: string,
): string[] {
  return declared.flatMap(({ name }, index) => {
    const cells = bytes[index] ?? 0;
    if (cells === 0) return [];
    if (onlyBytes[index] === true) return [`Column "${name}" was left out: it holds bytes, not single values.`];
    return [`Column "${name}" of ${table}: ${count(cells, "cell that holds", "cells that hold")} bytes read as missing.`];
  });
}

function sourceOf(file: SourceFile, { name, query }: Chosen, { columns, table, notes }: Found): Source {
  if (columns.length < 2) {
    table.close();
    throw new OldhandError("one-column", {
      what: "The table has fewer than two columns; there is nothing to predict from.",
      where: `${file.path}#${name}`,
      expected: "at least two columns of single values",
    });
  }
  const { rows, relation, contentHash } = table;
  if (rows === 0) {
    table.close();
    throw noRows(`${file.path}#${name}`);
  }
  return {
    name: `${file.name}#${name}`,
    bytes: file.bytes,
    format: "sqlite",
    dialect: null,
    names: null,
    contentHash,
    how: { format: "sqlite", names: columns.map((column) => column.name) },
    table: async () => ({
      raw: { columns: columns.map((column) => textColumn(column.name, column.cells)), decimal: ".", relation, partRelation: null, rows },
      notes: query === null ? notes : [`Read by the query: ${query}`, ...notes],
    }),
    close: table.close,
  };
}

function changed(path: string): OldhandError {
  return new OldhandError("file-unreadable", {
    what: "The database changed while it was read.",
    where: path,
    fix: "Stop what writes to it, or read a copy made with sqlite3's .backup.",
  });
}

async function attempt<T>(path: string, work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "SQLite3Error") throw error;
    throw new OldhandError("file-format", {
      what: "The SQLite database cannot be read.",
      where: path,
      got: errorText(error),
      fix: "Check it with: sqlite3 FILE 'PRAGMA integrity_check'",
    });
  }
}
