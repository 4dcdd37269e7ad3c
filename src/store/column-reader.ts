import type { DuckDBVector } from "@duckdb/node-api";
import type { Column } from "../core/column.ts";
import type { ColumnInfo } from "../core/dataset.ts";
import type { Session } from "./session.ts";

/** Copies one column from vectors into shared memory. */
export interface ColumnReader {
  /** What to select: DOUBLE without NULL (NaN is missing), INTEGER codes without NULL (-1 is missing), or VARCHAR. */
  readonly sql: string;
  take(vector: DuckDBVector, offset: number): void;
  /** The column; call it when all is taken. */
  finish(): Column;
}

/** Up to this many rows, making an ENUM for each column costs more (10 ms) than decoding its cells here (under 1 us each). */
export const SHORT_TABLE_ROWS = 10_000;

let enumNumber = 0;

/**
 * @param stored SQL name of the column in `from`
 * @param capacity rows of room that the arrays have
 */
export async function columnReader(
  session: Session,
  from: string,
  info: ColumnInfo,
  stored: string,
  capacity: number,
): Promise<ColumnReader> {
  const { name, type } = info;
  if (type === "number" || type === "date") {
    const values = new Float64Array(new SharedArrayBuffer(capacity * Float64Array.BYTES_PER_ELEMENT));
    const value = type === "number" ? stored : `epoch_us(${stored}) / 1000.0`;
    return {
      sql: `coalesce(CAST(${value} AS DOUBLE), 'NaN'::DOUBLE)`,
      take: (vector, offset) => values.set(doublesOf(vector), offset),
      finish: () => ({ name, type, values }),
    };
  }
  const codes = new Int32Array(new SharedArrayBuffer(capacity * Int32Array.BYTES_PER_ELEMENT));
  const levels = await makeEnum(session, from, stored);
  return {
    sql: levels.names.length === 0 ? "CAST(-1 AS INTEGER)" : `CAST(coalesce(enum_code(CAST(${stored} AS ${levels.type})), -1) AS INTEGER)`,
    take: (vector, offset) => codes.set(integersOf(vector), offset),
    finish: () => ({ name, type, codes, levels: levels.names }),
  };
}

/** The same for a category or text column of a short table. */
export function shortReader(info: ColumnInfo & { readonly type: "category" | "text" }, stored: string, rows: number): ColumnReader {
  const found = new Map<string, number>();
  const codes = new Int32Array(new SharedArrayBuffer(rows * Int32Array.BYTES_PER_ELEMENT)).fill(-1);
  return {
    sql: stored,
    take: (vector, offset) => {
      for (let row = 0; row < vector.itemCount; row++) {
        const level = vector.getItem(row);
        if (typeof level !== "string") continue;
        const code = found.get(level) ?? found.size;
        if (code === found.size) found.set(level, code);
        codes[offset + row] = code;
      }
    },
    finish: () => {
      const levels = inByteOrder([...found.keys()]);
      const place = new Int32Array(levels.length);
      levels.forEach((level, index) => {
        place[found.get(level) ?? 0] = index;
      });
      for (let row = 0; row < rows; row++) codes[row] = place[codes[row] ?? -1] ?? -1;
      return { name: info.name, type: info.type, codes, levels };
    },
  };
}

/** Sorts by the UTF-8 bytes, as DuckDB does. Without surrogates the order of code units is the same. */
function inByteOrder(levels: string[]): string[] {
  if (!levels.some((level) => /[\ud800-\udfff]/.test(level))) return levels.sort();
  return levels.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

async function makeEnum(session: Session, from: string, stored: string): Promise<{ names: string[]; type: string }> {
  const type = `levels_${enumNumber++}`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${type}_rows AS SELECT DISTINCT ${stored} AS level FROM ${from} WHERE ${stored} IS NOT NULL ORDER BY level`,
  );
  const names: string[] = [];
  for await (const chunk of session.stream(`SELECT level FROM ${type}_rows`)) {
    for (const level of chunk.getColumnValues(0)) names.push(String(level));
  }
  if (names.length > 0) await session.run(`CREATE TEMP TYPE ${type} AS ENUM (SELECT level FROM ${type}_rows)`);
  await session.run(`DROP TABLE ${type}_rows`);
  return { names, type };
}

/** The raw values of a vector: `getItem` costs a call per cell, a view costs nothing. The field is the same in every numeric vector. */
function itemsOf(vector: DuckDBVector): unknown {
  return (vector as unknown as { items: unknown }).items;
}

export function doublesOf(vector: DuckDBVector): Float64Array {
  const items = itemsOf(vector);
  if (items instanceof Float64Array) return items;
  throw new Error(`expected a DOUBLE vector, got ${String(vector.type)}`);
}

function integersOf(vector: DuckDBVector): Int32Array {
  const items = itemsOf(vector);
  if (items instanceof Int32Array) return items;
  throw new Error(`expected an INTEGER vector, got ${String(vector.type)}`);
}
