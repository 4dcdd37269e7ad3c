import { BIGINT, DuckDBDataChunk } from "@duckdb/node-api";
import type { Session } from "./session.ts";

const CHUNK_ROWS = 2048;

/** A temporary table with one BIGINT column `number`. */
export async function storeRowNumbers(session: Session, table: string, rowNumbers: Int32Array): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE ${table} (number BIGINT)`);
  const appender = await session.connection.createAppender(table);
  for (let start = 0; start < rowNumbers.length; start += CHUNK_ROWS) {
    const numbers = Array.from(rowNumbers.subarray(start, start + CHUNK_ROWS), BigInt);
    const chunk = DuckDBDataChunk.create([BIGINT], numbers.length);
    chunk.setColumnValues(0, numbers);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
