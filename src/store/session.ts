import { existsSync } from "node:fs";
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

interface Database {
  readonly instance: DuckDBInstance;
  readonly limits: Limits;
}

interface Limits {
  readonly memory_limit: string;
  readonly threads: string;
  readonly temp_directory: string;
}

/**
 * The database that the last session left. To begin one takes ten times as long as a look at a small table. What a session makes is its own and goes with its connection,
 * so the next one begins with nothing but two sleeping threads.
 */
let idle: Database | null = null;

/** @param spillFolder where intermediate results go that do not fit into memory; made and removed by DuckDB. */
export async function openSession(options: SessionOptions, spillFolder: string): Promise<Session> {
  return (await open(options, spillFolder)).session;
}

async function open(options: SessionOptions, spillFolder: string): Promise<{ readonly session: Session; readonly database: Database }> {
  const limits: Limits = {
    memory_limit: `${Math.floor(Math.max(options.memoryBytes * DUCKDB_SHARE, LEAST_BYTES) / 1e6)}MB`,
    threads: String(threadsOf(options)),
    temp_directory: spillFolder,
  };
  const instance = await databaseWith(limits);
  const session = await connect(instance, options.memoryBytes * (1 - DUCKDB_SHARE), options);
  return { session, database: { instance, limits } };
}

async function databaseWith(limits: Limits): Promise<DuckDBInstance> {
  const kept = idle;
  idle = null;
  if (kept === null)
    return DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      // A file may be another one under its old name when the next session reads it.
      enable_external_file_cache: "false",
      preserve_insertion_order: "true",
      ...limits,
    });
  const connection = await kept.instance.connect();
  for (const name of ["memory_limit", "threads", "temp_directory"] as const)
    if (kept.limits[name] !== limits[name]) await connection.run(`SET ${name} = ${literal(limits[name])}`);
  connection.closeSync();
  return kept.instance;
}

/** The database is closed with its first session, the one that has `limits`. */
async function connect(instance: DuckDBInstance, outsideBytes: number, limits: SessionOptions | null): Promise<Session> {
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const streams = { open: 0 };
  return {
    connection,
    outsideBytes,
    run: async (sql) => {
      expectNoStream(streams, sql);
      await translate(onOneThreadIfNeeded(sql, (text) => connection.run(text)));
    },
    rows: async (sql) => {
      expectNoStream(streams, sql);
      const reader = await translate(onOneThreadIfNeeded(sql, (text) => connection.runAndReadAll(text)));
      return reader.getRowsJson().map((row) => row.map((cell) => cell as SqlValue));
    },
    stream: (sql) => chunks(connection, sql, streams),
    lanes: (wanted) => openLanes(instance, outsideBytes, Math.min(wanted, limits === null ? 1 : mostLanes(limits)), limits),
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
async function openLanes(instance: DuckDBInstance, outsideBytes: number, count: number, limits: SessionOptions | null): Promise<Lanes> {
  const threads = limits === null ? 1 : threadsOf(limits);
  const sessions = await Promise.all(Array.from({ length: count }, () => connect(instance, outsideBytes / count, null)));
  const setThreads = async (most: number) => {
    if (count > 1) await sessions[0]?.run(`SET threads = ${most}`);
  };
  await setThreads(threads - count + 1);
  return {
    sessions,
    close: async () => {
      // By a lane: the session that they come from may be reading.
      try {
        await setThreads(threads);
      } finally {
        for (const one of sessions) one.close();
      }
    },
  };
}

/** Runs `work` with a session and closes it whatever happens. The database stays for the next session, unless `work` failed or has spilled. */
export async function withSession<T>(options: SessionOptions, spillFolder: string, work: (session: Session) => Promise<T>): Promise<T> {
  const { session, database } = await open(options, spillFolder);
  let isKept = false;
  try {
    const result = await work(session);
    isKept = idle === null && !existsSync(spillFolder);
    return result;
  } finally {
    if (isKept) {
      session.connection.closeSync();
      idle = database;
    } else session.close();
  }
}

/** Streams of one connection that are not read to their end. */
interface Streams {
  open: number;
}

/** The database ends a stream, without an error, when its connection gets another query: rows would be lost. */
function expectNoStream(streams: Streams, sql: string): void {
  if (streams.open > 0) throw new Error(`a query while another is read would end that one: ${sql.slice(0, 200)}`);
}

async function* chunks(connection: DuckDBConnection, sql: string, streams: Streams): AsyncIterable<DuckDBDataChunk> {
  expectNoStream(streams, sql);
  streams.open++;
  try {
    const result = await translate(connection.stream(sql));
    for (;;) {
      const chunk = await translate(result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield chunk;
    }
  } finally {
    streams.open--;
  }
}

/** How a CSV file is to be read, as `read_csv` takes it. */
export function csvThreads(inParallel: boolean): string {
  return `parallel=${inParallel}, strict_mode=false`;
}

/** DuckDB gives up where the end of a buffer parts a doubled quote so that the rest of the line could be a row; on one thread it reads the file. A statement that failed has changed nothing. */
async function onOneThreadIfNeeded<T>(sql: string, ask: (sql: string) => Promise<T>): Promise<T> {
  try {
    return await ask(sql);
  } catch (error) {
    const alone = sql.replaceAll(csvThreads(true), csvThreads(false));
    if (alone === sql || !/Parallel CSV Reader currently does not support/.test(errorText(error))) throw error;
    return ask(alone);
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
