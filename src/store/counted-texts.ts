import { aggregate, inBatches } from "./aggregate.ts";
import type { Session, SqlValue } from "./session.ts";

/** The different texts of columns that hold each of them many times, counted once: a table of `k` (which column), `v` (a text) and `n` (its rows). */
export interface CountedTexts {
  readonly table: string;
  /** `k` of each column, by its SQL name. */
  readonly places: ReadonlyMap<string, number>;
  drop(): Promise<void>;
}

/** Of fewer rows, reading the cells once more takes no longer than counting them. */
const LEAST_ROWS = 20_000;

/** Rows at the beginning of a column that say whether its texts come again. */
const HEAD_ROWS = 2000;

/** So many of the first rows hold a text that none of them held before: counting would make the column no shorter. */
const MOST_NEW = 0.75;

/** @param columns SQL names of text columns */
export async function countTextsOf(session: Session, table: string, columns: readonly string[], rows: number): Promise<CountedTexts> {
  const name = "counted_texts";
  const repeated = rows < LEAST_ROWS ? [] : await repeatedOf(session, table, columns);
  const places = new Map(repeated.map((column, place) => [column, place]));
  const drop = async () => (repeated.length === 0 ? undefined : session.run(`DROP TABLE ${name}`));
  for (const [index, batch] of inBatches(repeated, rows).entries()) {
    const each = batch.map(
      (column) => `SELECT ${places.get(column)} AS k, ${column} AS v, count(*) AS n FROM ${table} WHERE ${column} IS NOT NULL GROUP BY v`,
    );
    await session.run(`${index === 0 ? `CREATE OR REPLACE TEMP TABLE ${name} AS` : `INSERT INTO ${name}`} ${each.join(" UNION ALL ")}`);
  }
  return { table: name, places, drop };
}

async function repeatedOf(session: Session, table: string, columns: readonly string[]): Promise<string[]> {
  const counts = await aggregate(session, `(FROM ${table} LIMIT ${HEAD_ROWS})`, columns, HEAD_ROWS, (name) => [
    `count(${name})`,
    `count(DISTINCT ${name})`,
  ]);
  return columns.filter((name) => {
    const [present = 0, distinct = 0] = (counts.get(name) ?? []).map(Number);
    return distinct < MOST_NEW * present;
  });
}

/** The same aggregates of each of the counted columns. `select` makes the expressions of `v`, each text of which stands for `n` rows. */
export async function aggregateCounted(
  session: Session,
  { table, places }: CountedTexts,
  select: readonly string[],
): Promise<Map<string, SqlValue[]>> {
  if (places.size === 0) return new Map();
  const names = [...places.keys()];
  const rows = await session.rows(`SELECT k, ${select.join(", ")} FROM ${table} GROUP BY k`);
  return new Map(rows.map(([place, ...values]) => [names[Number(place)] ?? "", values]));
}
