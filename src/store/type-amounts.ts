import { type AmountReading, type CountedText, isNumberLike, readAmounts } from "../core/amount-reading.ts";
import { aggregate } from "./aggregate.ts";
import { amountSql } from "./amount-text.ts";
import type { Session } from "./session.ts";

export interface AmountColumn {
  readonly reading: AmountReading;
  /** Cells that are read under it; of an open one, under its first reading. */
  readonly cells: number;
}

/** Fewer different numbers may well be names of classes. */
const LEAST_NUMBERS = 10;
/** A first look: columns whose first texts hold no digits are no amounts. */
const HEAD_ROWS = 1000;
/** Bytes; longer texts are no amounts. */
const LONGEST = 60;
/** Different texts that decide how a column is written, by the hash of their text: the same on every run. */
const MOST_TEXTS = 50_000;

interface File {
  readonly decimal: "." | ",";
  /** Columns that are numbers: they show the decimal mark of the file. */
  readonly numbers: readonly string[];
  /** Plain numbers are read too. */
  readonly plain: boolean;
}

/** How the columns of texts write amounts, counted over all rows. `columns`: SQL names. */
export async function countAmounts(
  session: Session,
  table: string,
  columns: readonly string[],
  { decimal, numbers, plain }: File,
): Promise<Map<string, AmountColumn>> {
  const found = new Map<string, AmountColumn>();
  let shown: "." | "," | null | undefined;
  for (const name of await withDigits(session, table, columns)) {
    const texts = await textsOf(session, table, name);
    const options = { least: LEAST_NUMBERS, decimal: null, plain };
    let reading = readAmounts(texts, options);
    if (reading?.kind === "open") {
      shown ??= await decimalShown(session, table, numbers, decimal);
      reading = readAmounts(texts, { ...options, decimal: shown });
    }
    const counted = reading === null ? null : await countRead(session, table, name, reading);
    if (counted !== null) found.set(name, counted);
  }
  return found;
}

/** Columns of which half of the first texts hold a digit, or whose first rows are empty. */
async function withDigits(session: Session, table: string, columns: readonly string[]): Promise<string[]> {
  const counts = await aggregate(session, `(FROM ${table} LIMIT ${HEAD_ROWS})`, columns, HEAD_ROWS, (name) => [
    `count(${name})`,
    `count(*) FILTER (strlen(${name}) < ${LONGEST} AND regexp_matches(${name}, '[0-9]'))`,
  ]);
  return columns.filter((name) => {
    const [seen = 0, digits = 0] = (counts.get(name) ?? []).map(Number);
    return digits >= 0.5 * seen;
  });
}

async function textsOf(session: Session, table: string, name: string): Promise<CountedText[]> {
  const rows = await session.rows(
    `SELECT ${name}, count(*) FROM ${table} WHERE ${name} IS NOT NULL GROUP BY ${name} ORDER BY hash(${name}), ${name} LIMIT ${MOST_TEXTS}`,
  );
  return rows.map(([text, count]) => ({ text: String(text), rows: Number(count) }));
}

/** A comma was found in its numbers; a point is shown when a number has one. */
async function decimalShown(session: Session, table: string, numbers: readonly string[], decimal: "." | ","): Promise<"." | "," | null> {
  if (decimal === ",") return ",";
  for (const name of numbers) {
    const [row = []] = await session.rows(`SELECT count(*) FROM ${table} WHERE contains(${name}, '.')`);
    if (Number(row[0] ?? 0) > 0) return ".";
  }
  return null;
}

async function countRead(session: Session, table: string, name: string, reading: AmountReading): Promise<AmountColumn | null> {
  const value = amountSql(name, reading.kind === "read" ? reading.writing : reading.thousands);
  const [row = []] = await session.rows(
    `SELECT count(v), count(n), count(DISTINCT v) FILTER (n IS NULL) FROM (SELECT ${name} AS v, ${value} AS n FROM ${table})`,
  );
  const [present = 0, numeric = 0, strays = 0] = row.map(Number);
  return isNumberLike({ present, numeric, strays }) ? { reading, cells: numeric } : null;
}
