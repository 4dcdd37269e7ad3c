import type { RawColumn } from "./raw-table.ts";
import type { Session } from "./session.ts";

/** A column of a Postgres result, and how it is asked for. */
export interface PostgresColumn {
  readonly name: string;
  /** As the database calls it, e.g. "int8". */
  readonly type: string;
  readonly kind: "number" | "whole" | "date" | "words" | "category";
  /** SQL of Postgres over the column; null = left out. */
  readonly cast: string | null;
  readonly note: string | null;
}

/** @param category `pg_type.typcategory`: N numeric, B boolean, D date or time, T span, S string, E enum. */
export function postgresColumn(name: string, position: number, type: string, category: string): PostgresColumn {
  const cell = `c${position}`;
  const column = { name, type, cast: cell, note: null };
  if (type === "money") return { ...column, kind: "number", cast: `${cell}::numeric` };
  if (type === "int8" || type === "numeric") return { ...column, kind: "whole" };
  if (/^(int[24]|float[48])$/.test(type)) return { ...column, kind: "number" };
  if (category === "B") return { ...column, kind: "category", cast: `CASE ${cell} WHEN true THEN 'true' WHEN false THEN 'false' END` };
  if (/^(date|timestamp|timestamptz)$/.test(type)) return { ...column, kind: "date", cast: finiteTime(cell) };
  if (category === "T") {
    return {
      ...column,
      kind: "number",
      cast: `extract(epoch FROM ${cell})`,
      note: `Column "${name}" is an interval; it is read in seconds.`,
    };
  }
  if (category === "S") return { ...column, kind: "words" };
  if (category === "E" || /^(uuid|time|timetz|inet|cidr|macaddr|macaddr8|oid|bit|varbit)$/.test(type)) {
    return { ...column, kind: "category", cast: `${cell}::text` };
  }
  return { ...column, kind: "category", cast: null, note: `Column "${name}" was left out: it holds ${type}, not single values.` };
}

/** Infinite dates are missing. */
function finiteTime(cell: string): string {
  return `CASE WHEN isfinite(${cell}) THEN ${cell} END`;
}

/** The copied cell with its type. Whole numbers beyond 2^53 are codes, as in a Parquet file. */
export async function rawPostgresColumn(
  session: Session,
  relation: string,
  { name, kind }: PostgresColumn,
  cell: string,
): Promise<RawColumn> {
  if (kind === "words" || kind === "category") return { name, kind, sql: cell, text: cell };
  if (kind === "date") return { name, kind, sql: `TRY_CAST(regexp_replace(${cell}, '\\+00$', '') AS TIMESTAMP)`, text: cell };
  const value = `TRY_CAST(${cell} AS DOUBLE)`;
  const number: RawColumn = { name, kind: "number", sql: `CASE WHEN isfinite(${value}) THEN ${value} END`, text: cell };
  if (kind === "number") return number;
  const [row] = await session.rows(
    `SELECT count(*) FROM ${relation} WHERE strlen(${cell}) >= 16 AND abs(${value}) >= 9007199254740992 AND NOT contains(${cell}, '.')`,
  );
  return Number(row?.[0] ?? 0) === 0 ? number : { name, kind: "category", sql: cell, text: cell };
}
