import type { DuckDBVector } from "@duckdb/node-api";
import type { Column } from "../core/column.ts";
import type { ColumnInfo } from "../core/dataset.ts";
import type { Session } from "./session.ts";

/** Copies one column from vectors into shared memory. */
export interface ColumnReader {
  /** Gives DOUBLE without NULL (NaN is missing), or INTEGER codes without NULL (-1 is missing). */
  readonly sql: string;
  readonly column: Column;
  take(vector: DuckDBVector, offset: number): void;
}

let enumNumber = 0;

/** @param stored SQL name of the column in `from` */
export async function columnReader(session: Session, from: string, info: ColumnInfo, stored: string, rows: number): Promise<ColumnReader> {
  if (info.type === "number" || info.type === "date") {
    const values = new Float64Array(new SharedArrayBuffer(rows * Float64Array.BYTES_PER_ELEMENT));
    const value = info.type === "number" ? stored : `epoch_us(${stored}) / 1000.0`;
    return {
      sql: `coalesce(CAST(${value} AS DOUBLE), 'NaN'::DOUBLE)`,
      column: { name: info.name, type: info.type, values },
      take: (vector, offset) => values.set(doublesOf(vector), offset),
    };
  }
  const codes = new Int32Array(new SharedArrayBuffer(rows * Int32Array.BYTES_PER_ELEMENT));
  const { levels, type } = await makeEnum(session, from, stored);
  return {
    sql: levels.length === 0 ? "CAST(-1 AS INTEGER)" : `CAST(coalesce(enum_code(CAST(${stored} AS ${type})), -1) AS INTEGER)`,
    column: { name: info.name, type: info.type, codes, levels },
    take: (vector, offset) => codes.set(integersOf(vector), offset),
  };
}

async function makeEnum(session: Session, from: string, stored: string): Promise<{ levels: string[]; type: string }> {
  const type = `levels_${enumNumber++}`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${type}_rows AS SELECT DISTINCT ${stored} AS level FROM ${from} WHERE ${stored} IS NOT NULL ORDER BY level`,
  );
  const levels: string[] = [];
  for await (const chunk of session.stream(`SELECT level FROM ${type}_rows`)) {
    for (const level of chunk.getColumnValues(0)) levels.push(String(level));
  }
  if (levels.length > 0) await session.run(`CREATE TEMP TYPE ${type} AS ENUM (SELECT level FROM ${type}_rows)`);
  await session.run(`DROP TABLE ${type}_rows`);
  return { levels, type };
}

/** The raw values of a vector: `getItem` costs a call per cell, a view costs nothing. The field is the same in every numeric vector. */
function itemsOf(vector: DuckDBVector): unknown {
  return (vector as unknown as { items: unknown }).items;
}

function doublesOf(vector: DuckDBVector): Float64Array {
  const items = itemsOf(vector);
  if (items instanceof Float64Array) return items;
  throw new Error(`expected a DOUBLE vector, got ${String(vector.type)}`);
}

function integersOf(vector: DuckDBVector): Int32Array {
  const items = itemsOf(vector);
  if (items instanceof Int32Array) return items;
  throw new Error(`expected an INTEGER vector, got ${String(vector.type)}`);
}
