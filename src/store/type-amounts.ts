import { type AmountReading, type CountedText, couldBeAmounts, isNumberLike, readAmounts } from "../core/amount-reading.ts";
import { type AmountWriting, amountOf } from "../core/written-amount.ts";
import { aggregate, inBatches } from "./aggregate.ts";
import { amountSql } from "./amount-text.ts";
import type { CountedTexts } from "./counted-texts.ts";
import { plainNumberSql } from "./number-text.ts";
import type { Session, SqlValue } from "./session.ts";

export interface AmountColumn {
  readonly reading: AmountReading;
  /** Cells that are read under it; of an open one, under its first reading. */
  readonly cells: number;
}

/** Fewer different numbers may well be names of classes. */
const LEAST_NUMBERS = 10;
/** A first look: columns whose first texts hold no digits are no amounts. */
export const FIRST_ROWS = 1000;
/** Bytes; longer texts are no amounts. */
const LONGEST = 60;
/** Different texts that decide how a column is written, by the hash of their text: the same on every run. */
const MOST_TEXTS = 50_000;

export interface StagedTable extends FirstRows {
  readonly counted: CountedTexts;
}

export interface FirstRows {
  readonly name: string;
  readonly rows: number;
}

/** A column of plain numbers. `name`: SQL name; `shortest`: bytes of its shortest number. */
export interface NumberColumn {
  readonly name: string;
  readonly present: number;
  readonly numeric: number;
  readonly shortest: number;
  /** Cells that are no plain numbers and hold a digit. */
  readonly digits: number;
}

interface ColumnTexts {
  readonly name: string;
  readonly texts: readonly CountedText[];
  /** The texts are all that the column holds. */
  readonly isWhole: boolean;
}

interface File {
  readonly decimal: "." | ",";
  /** Columns that are numbers: they show the decimal mark of the file. */
  readonly numbers: readonly string[];
  /** Those with points between thousands, by `countGrouped`. */
  readonly grouped: ReadonlyMap<string, AmountColumn>;
  /** Plain numbers are read too. */
  readonly plain: boolean;
  readonly looks: ReadonlyMap<string, FirstLook>;
  /** Looks at columns of plain numbers whose texts are not there. */
  readonly proved: readonly FirstLook[];
}

/** What was read as numbers must be read as text after all: it decides how other columns are written. */
export class TextsNeeded extends Error {}

/** How the columns of texts write amounts, counted over all rows. `columns`: SQL names. */
export async function countAmounts(
  session: Session,
  table: StagedTable,
  columns: readonly string[],
  file: File,
): Promise<Map<string, AmountColumn>> {
  const { grouped, plain, looks } = file;
  const found = new Map<string, AmountColumn>();
  const open: ColumnTexts[] = [];
  const options = { least: LEAST_NUMBERS, decimal: null, plain };
  const keep = async (column: ColumnTexts, reading: AmountReading | null): Promise<void> => {
    const counted = reading === null ? null : await countRead(session, table, column, reading);
    if (counted !== null) found.set(column.name, counted);
  };
  for await (const column of textsOf(session, table, await amountLike(session, table, columns, looks))) {
    const reading = readAmounts(column.texts, options);
    if (reading?.kind === "open") open.push(column);
    else await keep(column, reading);
  }
  if (open.length === 0) return found;
  const shown = decimalOfAmounts([...grouped.values(), ...found.values()]) ?? (await decimalShown(session, table, file));
  for (const column of open) await keep(column, readAmounts(column.texts, { ...options, decimal: shown }));
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
  table: StagedTable,
  columns: readonly NumberColumn[],
  decimal: "." | ",",
): Promise<Map<string, AmountColumn>> {
  const found = new Map<string, AmountColumn>();
  const numeric = new Map(columns.map((column) => [column.name, column.numeric]));
  const dressed = columns.filter(({ digits }) => digits > 0).map(({ name }) => name);
  for await (const column of textsOf(session, table, dressed)) {
    const reading = readAmounts(column.texts, { least: LEAST_NUMBERS, decimal });
    const counted = reading?.kind === "read" ? await countRead(session, table, column, reading) : null;
    if (counted !== null && counted.cells > (numeric.get(column.name) ?? 0)) found.set(column.name, counted);
  }
  return found;
}

/**
 * Columns of plain numbers whose points stand between thousands ("1.234" beside "987" or "1.234.567"). Only in a file that shows no other decimal point, and where
 * the texts decide it: what is open stays as it reads. No texts are read where counts tell: one cell that only a decimal point can write decides for the file, and
 * without a shorter cell or one that is no plain number nothing can speak for thousands.
 */
export async function countGrouped(
  session: Session,
  table: StagedTable,
  columns: readonly NumberColumn[],
  looks: ReadonlyMap<string, FirstLook>,
): Promise<Map<string, AmountColumn>> {
  const found = new Map<string, AmountColumn>();
  const seen = columns.map(({ name }) => looks.get(name)?.decimals ?? 0);
  if (seen.some((decimals) => decimals > 0)) return found;
  const candidates = columns
    .filter(({ name, shortest, digits }) => (looks.get(name)?.points ?? 0) > 0 && (shortest < SHORTEST_GROUPED || digits > 0))
    .map(({ name }) => name);
  if (table.rows > FIRST_ROWS && (await showsDecimals(session, table, candidates))) return found;
  for await (const column of textsOf(session, table, candidates)) {
    const reading = readAmounts(column.texts, { least: LEAST_NUMBERS, decimal: null, plain: true });
    if (reading?.kind !== "read" || reading.writing.decimal === ".") continue;
    const counted = await countRead(session, table, column, reading);
    if (counted !== null) found.set(column.name, counted);
  }
  return found;
}

/** Bytes of "1.234", the shortest text with a point between thousands. */
const SHORTEST_GROUPED = 5;

/** The shortest number of columns of numbers, and how many of their other cells hold digits; the columns in the same order. */
export async function countOthers(
  session: Session,
  table: StagedTable,
  columns: readonly Omit<NumberColumn, "digits">[],
  decimal: "." | ",",
): Promise<NumberColumn[]> {
  const strayed = columns.filter(({ numeric, present }) => numeric < present).map(({ name }) => name);
  const counts = await aggregate(session, table.name, strayed, table.rows, (name) => {
    const isOther = `${plainNumberSql(name, decimal)} IS NULL`;
    return [
      `count_if(CASE WHEN ${isOther} THEN regexp_matches(${name}, '[0-9]') ELSE false END)`,
      `coalesce(min(CASE WHEN ${isOther} THEN NULL ELSE strlen(${name}) END), 0)`,
    ];
  });
  return columns.map((column) => {
    const [digits = 0, shortest = column.shortest] = (counts.get(column.name) ?? []).map(Number);
    return { ...column, digits, shortest };
  });
}

/** What the first cells of a column show. */
export interface FirstLook {
  readonly present: number;
  /** Cells with a digit that are short enough for an amount. */
  readonly digits: number;
  readonly points: number;
  /** Cells with a point that only decimals have. */
  readonly decimals: number;
}

/** SQL of a `FirstLook`, read by `lookOf`. */
export function lookSql(name: string): string[] {
  return [
    `count(${name})`,
    `count_if(strlen(${name}) < ${LONGEST} AND regexp_matches(${name}, '[0-9]'))`,
    `count_if(contains(${name}, '.'))`,
    `count_if(${isDecimalPoint(name)})`,
  ];
}

export function lookOf(row: readonly SqlValue[]): FirstLook {
  const [present = 0, digits = 0, points = 0, decimals = 0] = row.map(Number);
  return { present, digits, points, decimals };
}

export async function firstLooks(session: Session, table: FirstRows, columns: readonly string[]): Promise<Map<string, FirstLook>> {
  const from = table.rows <= FIRST_ROWS ? table.name : `(FROM ${table.name} LIMIT ${FIRST_ROWS})`;
  const counts = await aggregate(session, from, columns, Math.min(table.rows, FIRST_ROWS), lookSql);
  return new Map([...counts].map(([name, row]) => [name, lookOf(row)]));
}

async function showsDecimals(session: Session, table: StagedTable, columns: readonly string[]): Promise<boolean> {
  for (const batch of inBatches(columns, table.rows)) {
    const counts = await aggregate(session, table.name, batch, table.rows, (name) => [`count_if(${isDecimalPoint(name)})`]);
    if ([...counts.values()].some(([cells]) => Number(cells ?? 0) > 0)) return true;
  }
  return false;
}

/**
 * A point that does not stand between thousands: fewer or more than three digits follow it, or 0, nothing or more than three digits stand in front. What begins
 * with a blank, a sign, a point or 0 sorts before "1".
 */
function isDecimalPoint(name: string): string {
  const front = `CASE WHEN ${name} < '1' THEN regexp_matches(${name}, '^[\\s+-]*(0|\\.|[0-9]{4})') ELSE strpos(${name}, '.') > 4 END`;
  return `CASE WHEN contains(${name}, '.') AND ${name} < ':' THEN (strlen(${name}) - strpos(${name}, '.')) % 4 <> 3 OR ${front} ELSE false END`;
}

/** Columns of which half of the first texts could write amounts, or whose first rows are empty. */
async function amountLike(
  session: Session,
  table: StagedTable,
  columns: readonly string[],
  looks: ReadonlyMap<string, FirstLook>,
): Promise<string[]> {
  const withDigits = columns.filter((name) => {
    const { digits, present } = looks.get(name) ?? { digits: 0, present: 0 };
    return digits >= 0.5 * present;
  });
  // All texts of a short table are its first ones.
  if (table.rows <= FIRST_ROWS) return withDigits;
  const found: string[] = [];
  // Counted texts are all there at once.
  for (const name of withDigits)
    if (table.counted.places.has(name) || couldBeAmounts(await firstTexts(session, table, name))) found.push(name);
  return found;
}

async function firstTexts(session: Session, table: StagedTable, name: string): Promise<CountedText[]> {
  const rows = await session.rows(`SELECT ${name} FROM ${table.name} WHERE ${name} IS NOT NULL LIMIT ${FIRST_ROWS}`);
  return rows.map(([text]) => ({ text: String(text), rows: 1 }));
}

/** Different texts of one query, at most: what is held of it outside of the database stays at some 30 MB. */
const TEXTS_TOGETHER = 100_000;

/** The different texts of the columns; of more than `MOST_TEXTS` those. */
async function* textsOf(session: Session, table: StagedTable, columns: readonly string[]): AsyncIterable<ColumnTexts> {
  const { places } = table.counted;
  yield* countedTexts(
    session,
    table.counted,
    columns.filter((name) => places.has(name)),
  );
  const once = columns.filter((name) => !places.has(name));
  for (const batch of batchesOf(once, () => table.rows)) {
    const wide = batch.map((name, index) => `${name} AS k${index}`).join(", ");
    const keys = batch.map((_, index) => `k${index}`).join(", ");
    const [only] = batch;
    const rows = await session.rows(
      batch.length === 1
        ? `SELECT 'k0', ${only}, count(*) FROM ${table.name} WHERE ${only} IS NOT NULL GROUP BY ${only} ORDER BY hash(${only}), ${only} LIMIT ${MOST_TEXTS}`
        : `SELECT k, v, count(*) FROM (FROM (SELECT ${wide} FROM ${table.name}) UNPIVOT (v FOR k IN (${keys}))) GROUP BY k, v ORDER BY hash(v), v`,
    );
    yield* ofEach(
      batch,
      rows.map(([key, ...rest]) => [Number(String(key).slice(1)), ...rest]),
    );
  }
}

async function* countedTexts(session: Session, { table, places }: CountedTexts, columns: readonly string[]): AsyncIterable<ColumnTexts> {
  if (columns.length === 0) return;
  const counts = await session.rows(`SELECT k, count(*) FROM ${table} GROUP BY k`);
  const sizes = new Map(counts.map(([place, texts]) => [Number(place), Number(texts)]));
  const placeOf = (name: string) => places.get(name) ?? -1;
  for (const batch of batchesOf(columns, (name) => sizes.get(placeOf(name)) ?? 0)) {
    const own = batch.map(placeOf);
    const limit = batch.length === 1 ? ` LIMIT ${MOST_TEXTS}` : "";
    const rows = await session.rows(`SELECT k, v, n FROM ${table} WHERE k IN (${own.join(", ")}) ORDER BY hash(v), v${limit}`);
    yield* ofEach(
      batch,
      rows.map(([place, ...rest]) => [own.indexOf(Number(place)), ...rest]),
    );
  }
}

/** In batches that hold few texts together; one with many stands alone. */
function batchesOf(columns: readonly string[], textsIn: (name: string) => number): string[][] {
  const batches: string[][] = [];
  let held = 0;
  for (const name of columns) {
    const texts = textsIn(name);
    const last = batches.at(-1);
    if (last !== undefined && held + texts <= TEXTS_TOGETHER) last.push(name);
    else {
      batches.push([name]);
      held = 0;
    }
    held += texts;
  }
  return batches;
}

/** rows: place of the column in the batch, a text and its rows. */
function ofEach(batch: readonly string[], rows: readonly (readonly SqlValue[])[]): ColumnTexts[] {
  const texts = batch.map((): CountedText[] => []);
  for (const [place, text, count] of rows) texts[Number(place)]?.push({ text: String(text), rows: Number(count) });
  return batch.map((name, index) => {
    const own = texts[index] ?? [];
    return { name, texts: own, isWhole: own.length < MOST_TEXTS };
  });
}

/** A comma was found in its numbers, or some number has a point that only decimals have. */
async function decimalShown(session: Session, table: StagedTable, { decimal, numbers, looks, proved }: File): Promise<"." | "," | null> {
  if (decimal === ",") return ",";
  if ([...numbers.map((name) => looks.get(name)), ...proved].some((look) => (look?.decimals ?? 0) > 0)) return ".";
  if (table.rows <= FIRST_ROWS) return null;
  if (await showsDecimals(session, table, numbers)) return ".";
  if (proved.length > 0) throw new TextsNeeded();
  return null;
}

/** Cells that a writing reads: from the texts where all of them are known, else counted by the database. */
async function countRead(
  session: Session,
  table: StagedTable,
  { name, texts, isWhole }: ColumnTexts,
  reading: AmountReading,
): Promise<AmountColumn | null> {
  const writing = reading.kind === "read" ? reading.writing : reading.thousands;
  const counts = isWhole ? countTexts(texts, writing) : await countCells(session, table, name, writing);
  if (!isNumberLike(counts)) return null;
  // Of some of the texts alone, how often a note comes is not known.
  if (reading.kind === "open" || isWhole || reading.noted === undefined) return { reading, cells: counts.numeric };
  const { noted: _, ...others } = reading;
  return { reading: others, cells: counts.numeric };
}

interface ReadCounts {
  readonly present: number;
  readonly numeric: number;
  /** Different texts that are not read. */
  readonly strays: number;
}

function countTexts(texts: readonly CountedText[], writing: AmountWriting): ReadCounts {
  const rowsOf = (some: readonly CountedText[]) => some.reduce((sum, { rows }) => sum + rows, 0);
  const unread = texts.filter(({ text }) => amountOf(text, writing) === null);
  const present = rowsOf(texts);
  return { present, numeric: present - rowsOf(unread), strays: unread.length };
}

async function countCells(session: Session, table: StagedTable, name: string, writing: AmountWriting): Promise<ReadCounts> {
  const [row = []] = await session.rows(
    `SELECT count(v), count(n), count(DISTINCT v) FILTER (n IS NULL) FROM (SELECT ${name} AS v, ${amountSql(name, writing)} AS n FROM ${table.name})`,
  );
  const [present = 0, numeric = 0, strays = 0] = row.map(Number);
  return { present, numeric, strays };
}
