import type { ColumnType } from "../core/column.ts";
import type { HeldRows, HeldValues } from "../core/whole-counts.ts";
import { literal, type Session } from "./session.ts";
import type { Part } from "./version.ts";

interface Condition {
  readonly part: number;
  readonly sql: string;
}

/** One pass over each file counts all columns, and all lists that lie in one file; a list that spans files is counted by row numbers. */
export async function countHeld(session: Session, parts: readonly Part[], lists: readonly (readonly HeldValues[])[]): Promise<HeldRows[]> {
  const conditions = lists.map((list) => list.map((held) => conditionOf(parts, held)));
  const each = conditions.map((list) => list.map(() => 0));
  const any = conditions.map(() => 0);
  for (const [place, part] of parts.entries()) {
    const asked = conditions.flatMap((list, i) => [
      ...list.flatMap(({ part: own, sql }, j) => (own === place ? [{ sql, keep: (n: number) => keepAt(each[i], j, n) }] : [])),
      ...(list.length > 0 && list.every((one) => one.part === place) ? [{ sql: anyOf(list), keep: (n: number) => keepAt(any, i, n) }] : []),
    ]);
    if (asked.length === 0) continue;
    const [row = []] = await session.rows(
      `SELECT ${asked.map(({ sql }) => `count_if(${sql})`).join(", ")} FROM read_parquet(${literal(part.path)})`,
    );
    asked.forEach(({ keep }, at) => {
      keep(Number(row[at] ?? 0));
    });
  }
  for (const [i, list] of conditions.entries())
    if (new Set(list.map(({ part }) => part)).size > 1) any[i] = await countAcross(session, parts, list);
  return any.map((rows, i) => ({ any: rows, each: each[i] ?? [] }));
}

function keepAt(counts: number[] | undefined, place: number, count: number): void {
  if (counts !== undefined) counts[place] = count;
}

async function countAcross(session: Session, parts: readonly Part[], list: readonly Condition[]): Promise<number> {
  const each = [...new Set(list.map(({ part }) => part))].map((place) => {
    const own = list.filter(({ part }) => part === place);
    return `SELECT file_row_number AS number FROM read_parquet(${literal(parts[place]?.path ?? "")}, file_row_number=true) WHERE ${anyOf(own)}`;
  });
  const [row = []] = await session.rows(`SELECT count(*) FROM (${each.join(" UNION ")})`);
  return Number(row[0] ?? 0);
}

function anyOf(list: readonly Condition[]): string {
  return list.map(({ sql }) => `coalesce(${sql}, false)`).join(" OR ");
}

function conditionOf(parts: readonly Part[], { column, values }: HeldValues): Condition {
  const part = parts.findIndex(({ columns }) => columns.some(({ name }) => name === column));
  const place = parts[part]?.columns.findIndex(({ name }) => name === column) ?? -1;
  const [info, stored] = [parts[part]?.columns[place], parts[part]?.stored[place]];
  if (info === undefined || stored === undefined) throw new RangeError(`no column "${column}"`);
  return { part, sql: values.length === 0 ? "false" : `${valueSql(stored, info.type)} IN (${values.map((one) => sqlOf(one)).join(", ")})` };
}

/** As `sqlOf` writes what it is compared with: moments in milliseconds. */
function valueSql(stored: string, type: ColumnType): string {
  return type === "date" ? `(epoch_us(${stored}) / 1000.0)` : stored;
}

/** SQL of a value, to the last bit. */
export function sqlOf(value: number | string): string {
  return typeof value === "number" ? `CAST(${literal(String(value))} AS DOUBLE)` : literal(value);
}
