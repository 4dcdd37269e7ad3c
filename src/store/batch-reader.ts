import type { DuckDBDataChunk } from "@duckdb/node-api";
import type { Column } from "../core/column.ts";
import type { ColumnInfo } from "../core/dataset.ts";
import { type ColumnReader, columnReader, shortReader } from "./column-reader.ts";
import { loadColumns } from "./load-columns.ts";
import { literal, openSession, type SessionOptions, withSession } from "./session.ts";

export interface BatchReader {
  /** The next rows; fewer at the end. */
  next(rows: number): Promise<Column[]>;
  close(): void;
}

/** Loads a short staged file at once and gives it in pieces. */
export async function wholeReader(
  limits: SessionOptions,
  spill: string,
  path: string,
  infos: readonly ColumnInfo[],
  rows: number,
): Promise<BatchReader> {
  const stored = infos.map((info, index) => ({ info, stored: `c${index}` }));
  const columns = await withSession(limits, spill, (session) => loadColumns(session, `read_parquet(${literal(path)})`, stored, rows));
  let used = 0;
  const next = async (wanted: number): Promise<Column[]> => {
    used += wanted;
    return columns.map((column) => slice(column, used - wanted, used));
  };
  return { next, close: () => undefined };
}

/**
 * Gives the next rows of a staged Parquet file (columns c0, c1, ... typed like `columns`); fewer at the end, none after it. The levels of
 * a category are the same array in every batch; those of a text are the ones of the batch, since a key has as many as there are rows.
 */
export async function batchReader(
  limits: SessionOptions,
  spill: string,
  path: string,
  columns: readonly ColumnInfo[],
): Promise<BatchReader> {
  const session = await openSession(limits, spill);
  const from = `read_parquet(${literal(path)})`;
  const readers: ColumnReader[] = [];
  for (const [index, info] of columns.entries()) {
    const stored = `c${index}`;
    readers.push(isText(info) ? shortReader(info, stored, 0) : await columnReader(session, from, info, stored, CHUNK_ROWS));
  }
  const room = readers.map((reader) => reader.finish());
  const chunks = session.stream(`SELECT ${readers.map((reader) => reader.sql).join(", ")} FROM ${from}`)[Symbol.asyncIterator]();
  let chunk: DuckDBDataChunk | null = null;
  let used = 0;
  const load = async (): Promise<boolean> => {
    if (chunk !== null && used < chunk.rowCount) return true;
    const result = await chunks.next();
    chunk = result.done === true ? null : result.value;
    used = 0;
    for (const [index, info] of columns.entries()) {
      if (chunk === null) break;
      const vector = chunk.getColumnVector(index);
      const own = isText(info) ? shortReader(info, `c${index}`, chunk.rowCount) : null;
      (own ?? readers[index])?.take(vector, 0);
      if (own !== null) room[index] = own.finish();
    }
    return chunk !== null;
  };
  const next = async (rows: number): Promise<Column[]> => {
    const pieces: { from: number; to: number; columns: Column[] }[] = [];
    let taken = 0;
    while (taken < rows && (await load())) {
      const count = Math.min(rows - taken, (chunk?.rowCount ?? 0) - used);
      pieces.push({ from: taken, to: taken + count, columns: room.map((column) => slice(column, used, used + count)) });
      taken += count;
      used += count;
    }
    return room.map((column, index) =>
      join(
        column,
        pieces.map((piece) => piece.columns[index]),
        taken,
      ),
    );
  };
  return { next, close: () => session.close() };
}

/** Most rows that DuckDB gives in one chunk. */
const CHUNK_ROWS = 2048;

function slice(column: Column, from: number, to: number): Column {
  return "values" in column ? { ...column, values: column.values.slice(from, to) } : { ...column, codes: column.codes.slice(from, to) };
}

function join(like: Column, pieces: readonly (Column | undefined)[], rows: number): Column {
  if ("values" in like) {
    const values = new Float64Array(rows);
    let at = 0;
    for (const piece of pieces) {
      if (piece === undefined || !("values" in piece)) continue;
      values.set(piece.values, at);
      at += piece.values.length;
    }
    return { ...like, values };
  }
  const codes = new Int32Array(rows);
  const levels = like.type === "text" ? new Map<string, number>() : null;
  let at = 0;
  for (const piece of pieces) {
    if (piece === undefined || !("codes" in piece)) continue;
    codes.set(levels === null ? piece.codes : piece.codes.map(placeIn(levels, piece.levels)), at);
    at += piece.codes.length;
  }
  return levels === null ? { ...like, codes } : { ...like, codes, levels: [...levels.keys()] };
}

/** Translates codes of a chunk into places in the levels of the batch, which grow. */
function placeIn(levels: Map<string, number>, own: readonly string[]): (code: number) => number {
  return (code) => {
    const level = own[code];
    if (level === undefined) return -1;
    const known = levels.get(level);
    if (known !== undefined) return known;
    levels.set(level, levels.size);
    return levels.size - 1;
  };
}

function isText(info: ColumnInfo): info is ColumnInfo & { readonly type: "text" } {
  return info.type === "text";
}
