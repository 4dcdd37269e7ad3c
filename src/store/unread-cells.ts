import type { ColumnInfo } from "../core/dataset.ts";
import type { RawColumn } from "./raw-table.ts";
import { literal, type Session } from "./session.ts";

/** Cells of one column of a new table that hold something, but nothing of the column's type: they are taken as missing. */
export interface UnreadCells {
  readonly column: string;
  readonly type: "number" | "date";
  /** Cells that could not be read, at least 1. */
  readonly count: number;
  /** Cells of the column that were read. */
  readonly read: number;
  /** The first of them, and its row of the table, from 1. */
  readonly example: string;
  readonly row: number;
  /** The training file writes its numbers as texts: so they are read here too. */
  readonly isWritten?: boolean;
}

/**
 * SQL of what a cell holds that `value` could not read; NULL for a cell that is read, blank, or one that was taken as missing in training too.
 * Null when the file's own type needs no reading.
 */
export function unreadSql({ kind }: RawColumn, { type, unparsed }: ColumnInfo, value: string, text: string): string | null {
  if ((type !== "number" && type !== "date") || kind === type) return null;
  const known = unparsed.length === 0 ? "" : ` AND ${text} NOT IN (${unparsed.map((one) => literal(one.value)).join(", ")})`;
  return `CASE WHEN ${value} IS NULL AND trim(${text}) <> ''${known} THEN ${text} END`;
}

/** Counts the staged columns u0, u1, ... beside c0, c1, ... (`has[i]`: there is a u of column i). Memory does not grow with the rows. */
export async function unreadCells(
  session: Session,
  path: string,
  columns: readonly ColumnInfo[],
  has: readonly boolean[],
): Promise<UnreadCells[]> {
  const from = `read_parquet(${literal(path)}, file_row_number = true)`;
  const places = columns.flatMap((_, place) => (has[place] === true ? [place] : []));
  if (places.length === 0) return [];
  const [counts = []] = await session.rows(`SELECT ${places.map((place) => `count(u${place})`).join(", ")} FROM ${from}`);
  const found: UnreadCells[] = [];
  for (const [index, place] of places.entries()) {
    const info = columns[place];
    const count = Number(counts[index] ?? 0);
    if (count === 0 || (info?.type !== "number" && info?.type !== "date")) continue;
    const first = `FILTER (u${place} IS NOT NULL)`;
    const [row = []] = await session.rows(
      `SELECT count(c${place}), arg_min(u${place}, file_row_number) ${first}, min(file_row_number) ${first} FROM ${from}`,
    );
    const [read, example, at] = row;
    found.push({
      column: info.name,
      type: info.type,
      count,
      read: Number(read ?? 0),
      example: String(example),
      row: Number(at ?? 0) + 1,
      ...(info.amount === undefined ? {} : { isWritten: true }),
    });
  }
  return found;
}
