import { createHash, randomBytes } from "node:crypto";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { OldhandError } from "../core/error.ts";
import { isQuery, readsOnly, withoutPasswords } from "../core/place.ts";
import { temporaryName } from "./atomic.ts";
import { choosePart, notReading } from "./choose-part.ts";
import { distinctNames } from "./column-names.ts";
import { readCsvSql } from "./csv-source.ts";
import { writeError } from "./io-error.ts";
import { type PostgresColumn, postgresColumn, rawPostgresColumn } from "./postgres-columns.ts";
import { translatePostgres } from "./postgres-errors.ts";
import { type RecordCount, recordSink } from "./record-scan.ts";
import type { Desk, Source } from "./source.ts";
import { noRows } from "./write-version.ts";

/** A connection that cannot be made in this time is given up. */
const CONNECT_MS = 15_000;

/**
 * A table, a view or the rows of a query of a Postgres database: one read-only transaction on one snapshot, streamed with COPY. The types
 * of the database are kept. The rows of a table come in the order of its primary key, where it has one.
 */
export async function openPostgres(url: string, part: string | null, desk: Desk): Promise<Source> {
  const shown = withoutPasswords(url);
  const client = await connect(url, shown);
  let query: string | null = null;
  try {
    await client.query(SETTINGS);
    const chosen = await choose(client, part, shown);
    query = chosen.query;
    const columns = await describe(client, chosen, shown);
    return sourceOf(shown, { chosen, columns, ...(await copy(client, chosen, columns, desk.workFolder, shown)) });
  } catch (error) {
    throw translatePostgres(error, shown, query);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** So that values come the same from every server; scans of a table begin at its beginning. */
const SETTINGS = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL DateStyle = ISO; SET LOCAL TimeZone = 'UTC';
  SET LOCAL extra_float_digits = 1; SET LOCAL synchronize_seqscans = off; SET LOCAL statement_timeout = 0`;

async function connect(url: string, shown: string): Promise<Client> {
  const { default: pg } = await import("pg");
  let client: Client;
  try {
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, application_name: "oldhand" });
  } catch {
    throw new OldhandError("bad-option", {
      what: "This is no URL of a Postgres database.",
      where: shown,
      expected: "postgres://USER@HOST:PORT/DATABASE, with the password in PGPASSWORD",
      fix: "Characters such as @ : / # in a user's name or password are written as %40 %3A %2F %23.",
    });
  }
  // What breaks between two statements is told by the next one.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw translatePostgres(error, shown, null);
  }
}

interface Chosen {
  readonly name: string;
  readonly select: string;
  readonly query: string | null;
}

async function choose(client: Client, part: string | null, shown: string): Promise<Chosen> {
  if (part !== null && isQuery(part)) {
    if (!readsOnly(part)) throw notReading(shown, part, null);
    return { name: "query", select: part.replace(/[;\s]+$/, ""), query: part };
  }
  const { rows: tables } = await client.query<{ schema: string; name: string; visible: boolean; oid: string }>(TABLES);
  const nameOf = (table: { schema: string; name: string; visible: boolean }) =>
    table.visible ? table.name : `${table.schema}.${table.name}`;
  const dotted = tables.find(({ schema, name }) => `${schema}.${name}` === part);
  const name = dotted === undefined ? choosePart({ kind: "table", shown, names: tables.map(nameOf) }, part) : nameOf(dotted);
  const table = tables.find((candidate) => nameOf(candidate) === name);
  if (table === undefined) throw new RangeError("no such table");
  const { rows: keys } = await client.query<{ name: string }>(KEYS, [table.oid]);
  const order = keys.length === 0 ? "" : ` ORDER BY ${keys.map((key) => quoted(key.name)).join(", ")}`;
  return { name, select: `SELECT * FROM ${quoted(table.schema)}.${quoted(table.name)}${order}`, query: null };
}

const TABLES = `SELECT n.nspname AS schema, c.relname AS name, c.oid::int8::text AS oid, pg_table_is_visible(c.oid) AS visible
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  ORDER BY NOT pg_table_is_visible(c.oid), n.nspname, c.relname`;

const KEYS = `SELECT a.attname AS name FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(attnum, place)
  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
  WHERE i.indisprimary AND i.indrelid = $1 ORDER BY k.place`;

/** The parentheses and the extended protocol admit one statement that gives rows. */
async function describe(client: Client, { select, query, name }: Chosen, shown: string): Promise<PostgresColumn[]> {
  const single = { text: `SELECT * FROM (\n${select}\n) AS described LIMIT 0`, queryMode: "extended" };
  const { fields } = await client.query(single);
  if (fields.length === 0) throw notReading(shown, query ?? select, "a statement without rows");
  const { rows: types } = await client.query<{ oid: string; name: string; category: string }>(
    "SELECT oid::int8::text AS oid, typname AS name, typcategory AS category FROM pg_type WHERE oid = ANY($1)",
    [fields.map(({ dataTypeID }) => dataTypeID)],
  );
  const names = distinctNames(
    fields.map((field) => field.name),
    `${shown}#${name}`,
  );
  return fields.map(({ dataTypeID }, position) => {
    const found = types.find(({ oid }) => Number(oid) === dataTypeID);
    return postgresColumn(names[position] ?? "", position, found?.name ?? "unknown", found?.category ?? "X");
  });
}

interface Copied {
  readonly path: string;
  readonly contentHash: string;
  readonly bytes: number;
  readonly found: RecordCount;
}

async function copy(
  client: Client,
  { select, name }: Chosen,
  columns: readonly PostgresColumn[],
  workFolder: string,
  shown: string,
): Promise<Copied> {
  const kept = columns.filter(({ cast }) => cast !== null);
  if (kept.length < 2) throw oneColumn(shown, columns);
  const path = temporaryName(join(workFolder, "rows.csv"));
  const tag = `o${randomBytes(4).toString("hex")}`;
  const aliases = columns.map((_, position) => `c${position}`).join(", ");
  const reading = `COPY (SELECT ${kept.map(({ cast }) => cast).join(", ")} FROM (\n${select}\n) AS ${tag}(${aliases})) TO STDOUT (FORMAT csv, FORCE_QUOTE *)`;
  const { sink, count } = recordSink(shown, { delimiter: ",", quote: '"', initialSpace: false }, { first: kept.length, rest: kept.length });
  const hash = createHash("sha256");
  let bytes = 0;
  const file = openSync(path, "wx");
  try {
    const { to } = await import("pg-copy-streams");
    for await (const piece of client.query(to(reading)) as AsyncIterable<Buffer>) {
      hash.update(piece);
      sink.take(piece);
      bytes += piece.length;
      for (let written = 0; written < piece.length; ) written += writeSync(file, piece, written);
    }
    sink.end();
    if (count.records === 0) throw noRows(`${shown}#${name}`);
    return { path, contentHash: hash.digest("hex"), bytes, found: count };
  } catch (error) {
    rmSync(path, { force: true });
    throw writeError(error, path);
  } finally {
    closeSync(file);
  }
}

function sourceOf(
  shown: string,
  { chosen, columns, path, contentHash, bytes, found }: Copied & { chosen: Chosen; columns: readonly PostgresColumn[] },
): Source {
  const kept = columns.filter(({ cast }) => cast !== null);
  const notes = columns.flatMap(({ note }) => note ?? []);
  const relation = readCsvSql(path, { delimiter: ",", quote: '"' }, { first: 0, width: kept.length }, false, found);
  return {
    name: `${shown}#${chosen.name}`,
    bytes,
    format: "postgres",
    dialect: null,
    names: null,
    contentHash,
    how: { format: "postgres", columns: columns.map(({ name, type }) => [name, type]) },
    table: async (session) => {
      const raws = [];
      for (const [index, column] of kept.entries()) raws.push(await rawPostgresColumn(session, relation, column, `c${index}`));
      return {
        raw: { columns: raws, decimal: ".", relation, partRelation: null, rows: found.records },
        notes: chosen.query === null ? notes : [`Read by the query: ${chosen.query}`, ...notes],
      };
    },
    close: () => rmSync(path, { force: true }),
  };
}

function oneColumn(shown: string, columns: readonly PostgresColumn[]): OldhandError {
  return new OldhandError("one-column", {
    what: "The table has fewer than two columns of single values; there is nothing to predict from.",
    where: shown,
    expected: "at least two columns",
    got: columns.map(({ name, type }) => `"${name}" ${type}`).join(", "),
  });
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
