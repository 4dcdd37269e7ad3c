import type { Column } from "../core/column.ts";
import type { ColumnInfo } from "../core/dataset.ts";
import { type ColumnReader, columnReader, SHORT_TABLE_ROWS, shortReader } from "./column-reader.ts";
import type { Session } from "./session.ts";

export interface StoredColumn {
  readonly info: ColumnInfo;
  /** SQL name. */
  readonly stored: string;
}

/** Columns of `from` (a table of `rows` rows) in shared memory, in order. */
export async function loadColumns(session: Session, from: string, columns: readonly StoredColumn[], rows: number): Promise<Column[]> {
  const readers: ColumnReader[] = [];
  for (const { info, stored } of columns) {
    const { type } = info;
    const short = (type === "category" || type === "text") && rows <= SHORT_TABLE_ROWS;
    readers.push(short ? shortReader({ ...info, type }, stored, rows) : await columnReader(session, from, info, stored, rows));
  }
  let offset = 0;
  for await (const chunk of session.stream(`SELECT ${readers.map((reader) => reader.sql).join(", ")} FROM ${from}`)) {
    readers.forEach((reader, index) => {
      reader.take(chunk.getColumnVector(index), offset);
    });
    offset += chunk.rowCount;
  }
  if (offset !== rows) throw new Error(`${from} gave ${offset} rows instead of ${rows}`);
  return readers.map((reader) => reader.finish());
}
