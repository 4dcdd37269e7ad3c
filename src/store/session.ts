import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance } from "@duckdb/node-api";
import { OldhandError } from "../core/error.ts";
import { errorText, isDiskFull } from "./io-error.ts";

/** Limits of one DuckDB session. */
export interface SessionOptions {
  readonly memoryBytes: number;
  readonly threads: number;
}

export type SqlValue = string | number | boolean | null;

/** One in-process database. Row order is kept. Nothing is downloaded. */
export interface Session {
  readonly connection: DuckDBConnection;
  /** Bytes that are left for arrays outside of the database. */
  readonly outsideBytes: number;
  run(sql: string): Promise<void>;
  /** All rows as plain values; for small results only. */
  rows(sql: string): Promise<SqlValue[][]>;
  /** Chunks of at most 2048 rows, in order. */
  stream(sql: string): AsyncIterable<DuckDBDataChunk>;
  /** So many sessions of this database, at most `most`, that work side by side: they share its memory and threads, and each has temporary tables of its own. */
  lanes(most: number): Promise<Lanes>;
  close(): void;
}

export interface Lanes {
  readonly sessions: readonly Session[];
  close(): Promise<void>;
}

/** What is left is for arrays and strings outside DuckDB, and for buffers that its limit does not count. */
const DUCKDB_SHARE = 0.6;

/** DuckDB needs about this much to do anything with two threads. */
const LEAST_BYTES = 200 * 1024 * 1024;

/** What the database has under `--memory 1GB`, in which it reads and writes a part of any table: below twice as much there is one lane. */
const LANE_BYTES = 600e6;

/** @param spillFolder where intermediate results go that do not fit into memory; made and removed by DuckDB. */
export async function openSession(options: SessionOptions, spillFolder: string): Promise<Session> {
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    memory_limit: `${Math.floor(Math.max(options.memoryBytes * DUCKDB_SHARE, LEAST_BYTES) / 1e6)}MB`,
    threads: String(threadsOf(options)),
    preserve_insertion_order: "true",
    temp_directory: spillFolder,
  });
  return await connect(instance, options.memoryBytes * (1 - DUCKDB_SHARE), options);
}

/** The database is closed with its first session, the one that has `limits`. */
async function connect(instance: DuckDBInstance, outsideBytes: number, limits: SessionOptions | null): Promise<Session> {
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    connection,
    outsideBytes,
    run: async (sql) => {
      await translate(connection.run(sql));
    },
    rows: async (sql) => {
      const reader = await translate(connection.runAndReadAll(sql));
      return reader.getRowsJson().map((row) => row.map((cell) => cell as SqlValue));
    },
    stream: (sql) => chunks(connection, sql),
    lanes: (wanted) => openLanes(instance, connection, outsideBytes, Math.min(wanted, limits === null ? 1 : mostLanes(limits)), limits),
    close: () => {
      connection.closeSync();
      if (limits !== null) instance.closeSync();
    },
  };
}

function threadsOf({ threads }: SessionOptions): number {
  return Math.max(1, Math.floor(threads));
}

function mostLanes(limits: SessionOptions): number {
  return Math.max(1, Math.min(threadsOf(limits), Math.floor((limits.memoryBytes * DUCKDB_SHARE) / LANE_BYTES)));
}

/**
 * Each query works in the thread that waits for it and in those of the database beside it. As many lanes as threads leave it none: two threads that read and write
 * one file take as long as one, and twice its work.
 */
async function openLanes(
  instance: DuckDBInstance,
  connection: DuckDBConnection,
  outsideBytes: number,
  count: number,
  limits: SessionOptions | null,
): Promise<Lanes> {
  const threads = limits === null ? 1 : threadsOf(limits);
  if (count > 1) await connection.run(`SET threads = ${threads - count + 1}`);
  const sessions = await Promise.all(Array.from({ length: count }, () => connect(instance, outsideBytes / count, null)));
  return {
    sessions,
    close: async () => {
      for (const one of sessions) one.close();
      if (count > 1) await connection.run(`SET threads = ${threads}`);
    },
  };
}

/** Runs `work` with a session and closes it whatever happens. */
export async function withSession<T>(options: SessionOptions, spillFolder: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession(options, spillFolder);
  try {
    return await work(session);
  } finally {
    session.close();
  }
}

async function* chunks(connection: DuckDBConnection, sql: string): AsyncIterable<DuckDBDataChunk> {
  const result = await translate(connection.stream(sql));
  for (;;) {
    const chunk = await translate(result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk;
  }
}

async function translate<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  const message = errorText(error);
  if (isDiskFull(error)) {
    return new OldhandError("disk-full", {
      what: "The disk is full.",
      got: firstLine(message),
      fix: "Free some space, or choose another folder with --out.",
    });
  }
  if (/out of memory/i.test(message)) {
    return new OldhandError("out-of-memory", {
      what: "The table does not fit into the memory that is allowed.",
      got: firstLine(message),
      fix: "Allow more with --memory, for example --memory 4GB, or use fewer threads with --threads 1.",
    });
  }
  return error;
}

export function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? "";
}

/** SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** SQL string literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
