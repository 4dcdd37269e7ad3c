import type { Session, SqlValue } from "./session.ts";

/** Columns that one query treats together: many for short tables, few for long ones, so that memory stays small. */
export function inBatches<T>(items: readonly T[], rows: number): T[][] {
  const size = Math.max(1, Math.min(MOST_TOGETHER, Math.floor(4e6 / Math.max(1, rows))));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, batch) => items.slice(batch * size, (batch + 1) * size));
}

const MOST_TOGETHER = 50;

/** Below this many rows the time goes into planning a query with many columns, not into running it (500 columns: 3 s against 0.05 s). */
const SHORT_TABLE_ROWS = 10_000;

/**
 * The same aggregates for each column. The columns have one SQL type; `select` makes the expressions from a column name and ignores
 * NULLs. A column without any present value may have no entry.
 */
export async function aggregate(
  session: Session,
  from: string,
  columns: readonly string[],
  rows: number,
  select: (name: string) => readonly string[],
): Promise<Map<string, SqlValue[]>> {
  if (rows <= SHORT_TABLE_ROWS && columns.length > 1) return aggregateLong(session, from, columns, select);
  const found = new Map<string, SqlValue[]>();
  for (const batch of inBatches(columns, rows)) {
    const lists = batch.map(select);
    const [row] = await session.rows(`SELECT ${lists.flat().join(", ")} FROM ${from}`);
    const width = lists[0]?.length ?? 0;
    batch.forEach((name, index) => {
      found.set(name, (row ?? []).slice(index * width, (index + 1) * width));
    });
  }
  return found;
}

/** The table turned into one long column of values with the number of their column beside. */
async function aggregateLong(
  session: Session,
  from: string,
  columns: readonly string[],
  select: (name: string) => readonly string[],
): Promise<Map<string, SqlValue[]>> {
  const wide = columns.map((name, index) => `${name} AS k${index}`).join(", ");
  const keys = columns.map((_, index) => `k${index}`).join(", ");
  const rows = await session.rows(
    `SELECT k, ${select("v").join(", ")} FROM (FROM (SELECT ${wide} FROM ${from}) UNPIVOT (v FOR k IN (${keys}))) GROUP BY k`,
  );
  return new Map(rows.map(([key, ...values]) => [columns[Number(String(key).slice(1))] ?? "", values]));
}
