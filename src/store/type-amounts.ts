import { type AmountReading, type CountedText, couldBeAmounts, isNumberLike, readAmounts } from "../core/amount-reading.ts";
import { aggregate } from "./aggregate.ts";
import { amountSql } from "./amount-text.ts";
import { numberSql } from "./number-text.ts";
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
  /** Those with points between thousands, by `countGrouped`. */
  readonly grouped: ReadonlyMap<string, AmountColumn>;
  /** Plain numbers are read too. */
  readonly plain: boolean;
}

/** How the columns of texts write amounts, counted over all rows. `columns`: SQL names. */
export async function countAmounts(
  session: Session,
  table: string,
  columns: readonly string[],
  { decimal, numbers, grouped, plain }: File,
): Promise<Map<string, AmountColumn>> {
  const found = new Map<string, AmountColumn>();
  const open: { readonly name: string; readonly texts: readonly CountedText[] }[] = [];
  const options = { least: LEAST_NUMBERS, decimal: null, plain };
  const keep = async (name: string, reading: AmountReading | null): Promise<void> => {
    const counted = reading === null ? null : await countRead(session, table, name, reading);
    if (counted !== null) found.set(name, counted);
  };
  for (const name of await withDigits(session, table, columns)) {
    if (!couldBeAmounts(await headOf(session, table, name))) continue;
    const texts = await textsOf(session, table, name);
    const reading = readAmounts(texts, options);
    if (reading?.kind === "open") open.push({ name, texts });
    else await keep(name, reading);
  }
  if (open.length === 0) return found;
  const shown = decimalOfAmounts([...grouped.values(), ...found.values()]) ?? (await decimalShown(session, table, numbers, decimal));
  for (const { name, texts } of open) await keep(name, readAmounts(texts, { ...options, decimal: shown }));
  return found;
}

/** The mark that all amounts with thousands agree on. */
function decimalOfAmounts(columns: readonly AmountColumn[]): "." | "," | null {
  const marks = new Set(
    columns.flatMap(({ reading }) => (reading.kind === "read" && reading.writing.thousands.length > 0 ? [reading.writing.decimal] : [])),
  );
  const [only = null] = marks;
  return marks.size === 1 ? only : null;
}

/**
 * Columns of plain numbers some of whose other cells hold digits too: "1,234.50" or "(120.00)" among "980.00". Where a writing reads more cells, it is taken: the
 * large or negative ones alone would be lost.
 */
export async function countDressed(
  session: Session,
  table: string,
  rows: number,
  columns: readonly { readonly name: string; readonly numeric: number }[],
  decimal: "." | ",",
): Promise<Map<string, AmountColumn>> {
  const found = new Map<string, AmountColumn>();
  const names = columns.map(({ name }) => name);
  const digits = await aggregate(session, table, names, rows, (name) => [
    `count(*) FILTER (CASE WHEN ${numberSql(name, decimal)} IS NULL THEN regexp_matches(${name}, '[0-9]') ELSE false END)`,
  ]);
  for (const { name, numeric } of columns) {
    if (Number(digits.get(name)?.[0] ?? 0) === 0) continue;
    const reading = readAmounts(await textsOf(session, table, name), { least: LEAST_NUMBERS, decimal });
    const counted = reading?.kind === "read" ? await countRead(session, table, name, reading) : null;
    if (counted !== null && counted.cells > numeric) found.set(name, counted);
  }
  return found;
}

/**
 * Columns of plain numbers whose points stand between thousands ("1.234" beside "987" or "1.234.567"). Only in a file that shows no other decimal point, and where
 * the texts decide it: what is open stays as it reads.
 */
export async function countGrouped(session: Session, table: string, numbers: readonly string[]): Promise<Map<string, AmountColumn>> {
  const found = new Map<string, AmountColumn>();
  const counts = await aggregate(session, `(FROM ${table} LIMIT ${HEAD_ROWS})`, numbers, HEAD_ROWS, (name) => [
    `count(*) FILTER (contains(${name}, '.'))`,
    `count(*) FILTER (contains(${name}, '.') AND ${inThrees(name)})`,
  ]);
  const pointed = numbers.filter((name) => Number(counts.get(name)?.[0] ?? 0) > 0);
  if (!pointed.every((name) => counts.get(name)?.[0] === counts.get(name)?.[1])) return found;
  for (const name of pointed) {
    const reading = readAmounts(await textsOf(session, table, name), { least: LEAST_NUMBERS, decimal: null, plain: true });
    if (reading?.kind !== "read" || reading.writing.decimal === ".") continue;
    const counted = await countRead(session, table, name, reading);
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

/** Three digits behind each point: what follows the first one is as long as 3, 7, 11. */
function inThrees(name: string): string {
  return `(strlen(${name}) - strpos(${name}, '.')) % 4 = 3`;
}

async function headOf(session: Session, table: string, name: string): Promise<CountedText[]> {
  const rows = await session.rows(`SELECT ${name} FROM ${table} WHERE ${name} IS NOT NULL LIMIT ${HEAD_ROWS}`);
  return rows.map(([text]) => ({ text: String(text), rows: 1 }));
}

async function textsOf(session: Session, table: string, name: string): Promise<CountedText[]> {
  const rows = await session.rows(
    `SELECT ${name}, count(*) FROM ${table} WHERE ${name} IS NOT NULL GROUP BY ${name} ORDER BY hash(${name}), ${name} LIMIT ${MOST_TEXTS}`,
  );
  return rows.map(([text, count]) => ({ text: String(text), rows: Number(count) }));
}

/** A comma was found in its numbers; a point is shown when a number has one that is not before three digits. */
async function decimalShown(session: Session, table: string, numbers: readonly string[], decimal: "." | ","): Promise<"." | "," | null> {
  if (decimal === ",") return ",";
  for (const name of numbers) {
    const [row = []] = await session.rows(`SELECT count(*) FROM ${table} WHERE contains(${name}, '.') AND NOT ${inThrees(name)}`);
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
