import type { ColumnInfo } from "../core/dataset.ts";
import { ordersOf, otherOrderOf, turned } from "../core/date-order.ts";
import { nullConfidence } from "../core/null-words.ts";
import { dateSql, letsZonesIn } from "./date-pattern.ts";
import { literal, type Session } from "./session.ts";

export type Unparsed = Pick<ColumnInfo, "unparsed" | "unparsedCells" | "otherOrder">;

export const ALL_PARSED: Unparsed = { unparsed: [], unparsedCells: 0 };
/** Spellings that are kept whatever they are; those of "no value" beside them are few. */
export const MOST_SPELLINGS = 20;
/** No spelling of "no value" is longer. */
const LONGEST_NULL = 40;

/**
 * Cells of the staged column that `sql` reads as NULL: the most frequent spellings and all that stand for "no value", how many cells there are in all, and of a
 * date how many are one only with day and month the other way round. All rows count: one pass groups them by spelling.
 */
export async function unparsedOf(session: Session, cell: string, sql: string, dateFormat: string | null): Promise<Unparsed> {
  const formats = dateFormat === null ? [] : ordersOf(dateFormat);
  const [first] = formats;
  const second = dateFormat === null ? null : otherOrderOf(dateFormat);
  const other = first === undefined || formats.length > 1 ? null : turned(first);
  const isOther = other === null ? "false" : `${dateSql("value", other)} IS NOT NULL`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE spellings AS SELECT ${cell} AS value, count(*) AS n FROM raw WHERE ${cell} IS NOT NULL AND ${sql} IS NULL GROUP BY ${cell}`,
  );
  const [sums = []] = await session.rows(`SELECT sum(n), count(*), sum(n) FILTER (${isOther}) FROM spellings`);
  const [cells, kinds, lost = 0] = [0, 1, 2].map((place) => Number(sums[place] ?? 0));
  const turnedCells = first === undefined || second === null ? lost : await readByOther(session, cell, sql, first);
  const top = await session.rows(`SELECT value, n FROM spellings ORDER BY n DESC, value LIMIT ${MOST_SPELLINGS}`);
  const rest = (kinds ?? 0) > MOST_SPELLINGS ? await nullsBeyond(session) : [];
  return {
    unparsed: [...top.map(([value, n]) => ({ value: String(value), count: Number(n) })), ...rest],
    unparsedCells: cells ?? 0,
    ...(turnedCells > 0 ? { otherOrder: turnedCells } : {}),
  };
}

/** A time of the day, and one that names its zone. */
const [TIMED, ZONED] = [String.raw`[T ]\d{1,2}:\d{2}`, String.raw`:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?(Z| ?[+-]\d{2}(:?\d{2})?)$`];

/** How many times name a zone, and how many none, where a column that is read as dates has both. One pass, only where the format of the column lets zones in. */
export async function zonesOf(session: Session, cell: string, sql: string, dateFormat: string | null): Promise<Pick<ColumnInfo, "zones">> {
  if (!letsZonesIn(dateFormat)) return {};
  const isZoned = `regexp_matches(trim(${cell}), ${literal(ZONED)})`;
  const [counts = []] = await session.rows(
    `SELECT count_if(${isZoned}), count_if(NOT ${isZoned} AND regexp_matches(${cell}, ${literal(TIMED)})) FROM raw WHERE ${sql} IS NOT NULL`,
  );
  const [named = 0, unnamed = 0] = counts.map(Number);
  return named > 0 && unnamed > 0 ? { zones: { named, unnamed } } : {};
}

/** Cells that `sql` reads and the first order of their column does not. */
async function readByOther(session: Session, cell: string, sql: string, first: string): Promise<number> {
  const [[count] = []] = await session.rows(`SELECT count(*) FROM raw WHERE ${sql} IS NOT NULL AND ${dateSql(cell, first)} IS NULL`);
  return Number(count);
}

/** Spellings of "no value" among those that are not the most frequent, in that order. */
async function nullsBeyond(session: Session): Promise<{ value: string; count: number }[]> {
  const found: { value: string; count: number }[] = [];
  const sql = `SELECT value, CAST(n AS DOUBLE) FROM spellings WHERE length(value) <= ${LONGEST_NULL} ORDER BY n DESC, value OFFSET ${MOST_SPELLINGS}`;
  for await (const chunk of session.stream(sql)) {
    const [values, counts] = [chunk.getColumnValues(0), chunk.getColumnValues(1)];
    values.forEach((value, row) => {
      if (isNull(String(value))) found.push({ value: String(value), count: Number(counts[row]) });
    });
  }
  return found;
}

/** Both together: of columns that were read in two parts. */
export function mergeUnparsed(a: Unparsed, b: Unparsed): Unparsed {
  const counts = new Map<string, number>();
  for (const { value, count } of [...a.unparsed, ...b.unparsed]) counts.set(value, (counts.get(value) ?? 0) + count);
  const unparsed = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((x, y) => y.count - x.count || (x.value < y.value ? -1 : 1))
    .filter(({ value }, place) => place < MOST_SPELLINGS || isNull(value));
  const otherOrder = (a.otherOrder ?? 0) + (b.otherOrder ?? 0);
  return { unparsed, unparsedCells: a.unparsedCells + b.unparsedCells, ...(otherOrder > 0 ? { otherOrder } : {}) };
}

/** Among numbers or dates, what is more likely a sign for "no value" than anything else. */
function isNull(value: string): boolean {
  return nullConfidence(value, ["1"]) >= 0.5;
}
