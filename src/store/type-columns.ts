import { FEW_MARKS, isNumberLike, NEARLY_ALL } from "../core/amount-reading.ts";
import { inBothOrders } from "../core/date-order.ts";
import { fixed } from "../core/digits.ts";
import { nullConfidence } from "../core/null-words.ts";
import { periodFormat } from "../core/written-period.ts";
import { aggregate, inBatches } from "./aggregate.ts";
import {
  areCodes,
  decideAmount,
  decideType,
  decideWords,
  isDateLike,
  type TextMeasure,
  type TypeDecision,
  withCounted,
} from "./column-type.ts";
import { countWords } from "./count-words.ts";
import { aggregateCounted, countTextsOf } from "./counted-texts.ts";
import { dateSql, followPeriod, forwardSteps, guessDate, HEAD_ROWS } from "./date-pattern.ts";
import { numberSql } from "./number-text.ts";
import { literal, type Session } from "./session.ts";
import {
  type AmountColumn,
  countAmounts,
  countDressed,
  countGrouped,
  countOthers,
  FIRST_ROWS,
  type FirstLook,
  firstLooks,
  lookOf,
  lookSql,
  type StagedTable,
} from "./type-amounts.ts";

/** From here on a word is hardly ever anything but "no value". */
const SURE_NULL = 0.9;

/** So many different numbers are a measure, however few cells hold one. */
const LEAST_NUMBERS = 10;

/** `look`: of the first rows where they are all rows; `width`: characters of the longest cell. */
type Counts = Omit<TextMeasure, "strays" | "date" | "words"> & { readonly look: FirstLook; readonly width: number };

/**
 * Types the text columns of a staged table by counting all their cells. `columns`: SQL names; `proved`: first looks at columns that are known to be plain
 * numbers and stand there without their texts; `titles`: names of the columns in the file. @throws TextsNeeded when only those texts could tell.
 */
export async function typeTextColumns(
  session: Session,
  table: string,
  columns: readonly string[],
  rows: number,
  decimal: "." | ",",
  proved: readonly FirstLook[] = [],
  titles: ReadonlyMap<string, string> = new Map(),
): Promise<Map<string, TypeDecision>> {
  const counted = await countTextsOf(session, table, columns, rows);
  const counts = await countCells(session, { name: table, rows, counted }, columns, decimal);
  const strays = await countStrays(session, table, counts, decimal);
  const others = columns.filter((name) => !isNumberLike({ ...countsOf(counts, name), ...straysOf(strays, name) }));
  const dates = await countDates(session, table, others, counts, rows, titles);
  const undated = others.filter((name) => !isDate(dates.get(name), countsOf(counts, name)));
  const numbers = columns.filter((name) => !others.includes(name));
  const staged = { name: table, rows, counted };
  const looks =
    rows <= FIRST_ROWS ? new Map([...counts].map(([name, { look }]) => [name, look])) : await firstLooks(session, staged, columns);
  const plain = await countOthers(
    session,
    staged,
    numbers.map((name) => ({ name, ...countsOf(counts, name) })),
    decimal,
  );
  const codes = await findCodes(session, table, plain, counts, decimal);
  const isPoint = decimal === "," || proved.some(({ decimals }) => decimals > 0);
  const grouped = isPoint ? new Map<string, AmountColumn>() : await countGrouped(session, staged, plain, looks);
  const mixed = await countDressed(session, staged, plain, decimal);
  const file = { decimal, numbers: numbers.filter((name) => !grouped.has(name)), grouped, plain: false, looks, proved };
  const amounts = new Map([...mixed, ...grouped, ...(await countAmounts(session, staged, undated, file))]);
  const words = await countWords(
    session,
    staged,
    undated.filter((name) => amounts.get(name)?.reading.kind !== "read"),
  );
  await counted.drop();
  const decided = (name: string) =>
    decideType({
      ...countsOf(counts, name),
      ...straysOf(strays, name),
      codes: codes.has(name),
      date: dates.get(name) ?? null,
      amount: amounts.get(name) ?? null,
      words: words.get(name) ?? null,
    });
  return new Map(columns.map((name) => [name, withCounted(decided(name), countsOf(counts, name).present, words.get(name))]));
}

/** Free text, category or written amounts, for columns of strings whose file has types. `columns`: SQL names. */
export async function typeWordColumns(
  session: Session,
  table: string,
  columns: readonly string[],
  rows: number,
): Promise<Map<string, TypeDecision>> {
  const present = await aggregate(session, table, columns, rows, (name) => [`count(${name})`]);
  const counted = await countTextsOf(session, table, columns, rows);
  const staged = { name: table, rows, counted };
  const looks = await firstLooks(session, staged, columns);
  const amounts = await countAmounts(session, staged, columns, {
    decimal: ".",
    numbers: [],
    grouped: new Map(),
    plain: true,
    looks,
    proved: [],
  });
  const isAmount = (column: AmountColumn | undefined) => column?.reading.kind === "read";
  const words = await countWords(
    session,
    staged,
    columns.filter((name) => !isAmount(amounts.get(name))),
  );
  await counted.drop();
  return new Map(
    columns.map((name) => {
      const amount = amounts.get(name);
      if (amount?.reading.kind === "read") return [name, decideAmount(amount.reading, amount.cells, Number(present.get(name)?.[0] ?? 0))];
      const found = words.get(name) ?? { distinct: 0, meanLength: 0, meanSpaces: 0 };
      const cells = Number(present.get(name)?.[0] ?? 0);
      return [name, withCounted(decideWords(found, cells, 0), cells, words.get(name))];
    }),
  );
}

async function countCells(
  session: Session,
  { name: table, rows, counted }: StagedTable,
  columns: readonly string[],
  decimal: "." | ",",
): Promise<Map<string, Counts>> {
  const once = columns.filter((name) => !counted.places.has(name));
  const found = [
    ...(await aggregate(session, table, once, rows, (name) => [
      ...cellCounts(name, decimal, ONE_ROW),
      ...(rows <= FIRST_ROWS ? lookSql(name) : []),
    ])),
    ...(await aggregateCounted(session, counted, cellCounts("v", decimal, N_ROWS))),
  ];
  return new Map(
    found.map(([name, row]) => {
      const [present = 0, numeric = 0, zeroLed = 0, tooBig = 0, shortest = 0, longest = 0, width = 0] = row.map(Number);
      return [name, { present, numeric, zeroLed, tooBig, shortest, longest, width, look: lookOf(row.slice(7)) }];
    }),
  );
}

/** SQL of the rows in which a condition holds. */
type RowCount = (condition: string) => string;

const ONE_ROW: RowCount = (condition) => `count_if(${condition})`;
/** Of counted texts. */
const N_ROWS: RowCount = (condition) => `coalesce(sum(n) FILTER (${condition}), 0)`;

function cellCounts(name: string, decimal: "." | ",", rowsWhere: RowCount): string[] {
  const number = numberSql(name, decimal);
  return [
    rowsWhere(`${name} IS NOT NULL`),
    rowsWhere(`${number} IS NOT NULL`),
    rowsWhere(`${name} >= '00' AND ${name} < '0:'`),
    rowsWhere(
      `CASE WHEN strlen(${name}) >= 16 THEN abs(${number}) >= 9007199254740992 AND NOT regexp_matches(${name}, '[.eE,]') ELSE false END`,
    ),
    `coalesce(min(CASE WHEN ${number} IS NOT NULL THEN strlen(${name}) END), 0)`,
    `coalesce(max(CASE WHEN ${number} IS NOT NULL THEN strlen(${name}) END), 0)`,
    `coalesce(max(strlen(${name})), 0)`,
  ];
}

type Strays = Pick<TextMeasure, "strays" | "onlyNulls">;

async function countStrays(
  session: Session,
  table: string,
  counts: ReadonlyMap<string, Counts>,
  decimal: "." | ",",
): Promise<Map<string, Strays>> {
  const found = new Map<string, Strays>();
  for (const [name, { present, numeric }] of counts) {
    if (numeric === 0 || numeric >= NEARLY_ALL * present) continue;
    const number = numberSql(name, decimal);
    if (numeric >= 0.5 * present) {
      const [row] = await session.rows(`SELECT count(DISTINCT ${name}) FROM ${table} WHERE ${number} IS NULL`);
      found.set(name, { strays: Number(row?.[0] ?? 0) });
      continue;
    }
    const marks = await session.rows(
      `SELECT DISTINCT ${name} FROM ${table} WHERE ${name} IS NOT NULL AND ${number} IS NULL LIMIT ${FEW_MARKS + 1}`,
    );
    if (marks.length > FEW_MARKS || marks.some(([mark]) => !isNull(String(mark)))) continue;
    const [row] = await session.rows(`SELECT count(DISTINCT ${number}) FROM ${table}`);
    if (Number(row?.[0] ?? 0) >= LEAST_NUMBERS) found.set(name, { strays: marks.length, onlyNulls: true });
  }
  return found;
}

/** Spellings that are looked at. */
const STRAYS_SHOWN = 100;

/** Columns of numbers whose other cells are codes of the same kind. */
async function findCodes(
  session: Session,
  table: string,
  numbers: readonly { readonly name: string; readonly digits: number }[],
  counts: ReadonlyMap<string, Counts>,
  decimal: "." | ",",
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { name, digits } of numbers) {
    const { present, numeric, width } = countsOf(counts, name);
    // Codes have digits in them, or stand beside single ones.
    if (numeric === present || (digits === 0 && width > 1)) continue;
    const rows = await session.rows(
      `SELECT ${name}, count(*) AS n FROM ${table} WHERE ${name} IS NOT NULL AND ${numberSql(name, decimal)} IS NULL GROUP BY ${name} ORDER BY n DESC, ${name} LIMIT ${STRAYS_SHOWN}`,
    );
    if (
      areCodes(
        rows.map(([text, cells]) => ({ text: String(text), cells: Number(cells) })),
        width,
      )
    )
      found.add(name);
  }
  return found;
}

/** Hardly ever anything but "no value". */
function isNull(text: string): boolean {
  return nullConfidence(text, ["1"]) >= SURE_NULL;
}

function straysOf(strays: ReadonlyMap<string, Strays>, name: string): Strays {
  return strays.get(name) ?? { strays: null };
}

async function countDates(
  session: Session,
  table: string,
  columns: readonly string[],
  counts: ReadonlyMap<string, Counts>,
  rows: number,
  titles: ReadonlyMap<string, string>,
): Promise<Map<string, NonNullable<TextMeasure["date"]>>> {
  const heads = await headOf(
    session,
    table,
    columns.filter((name) => countsOf(counts, name).width >= 6),
  );
  const guesses: DateGuess[] = [];
  for (const [name, head] of heads) {
    const nulls = [...new Set(head)].filter(isNull).slice(0, FEW_MARKS);
    const told = head.filter((value) => !nulls.includes(value));
    const values = told.length > 0 || countsOf(counts, name).present === 0 ? told : await firstValues(session, table, name, nulls);
    const guess = guessDate(values, NEARLY_ALL);
    const made = guess === null ? null : { name, nulls, values, formats: guess.formats };
    if (made !== null && (await mayFollow(session, table, made, titles.get(name) ?? ""))) guesses.push(made);
  }
  const found = new Map<string, NonNullable<TextMeasure["date"]>>();
  for (const batch of inBatches(guesses, rows)) {
    const counted = await session.rows(`SELECT ${batch.flatMap(dateCounts).join(", ")} FROM ${table}`);
    let cells = (counted[0] ?? []).map(Number);
    for (const { name, formats, values } of batch) {
      const [blanks = 0, ...parsed] = cells.slice(0, 1 + formats.length);
      cells = cells.slice(1 + formats.length);
      const either = formats.length > 1 ? (cells.shift() ?? 0) : (parsed[0] ?? 0);
      found.set(name, { ...chooseFormat(formats, parsed, either, values), blanks });
    }
  }
  return found;
}

interface DateGuess {
  readonly name: string;
  /** Cells that say "no value". */
  readonly nulls: readonly string[];
  /** The first other ones. */
  readonly values: readonly string[];
  readonly formats: readonly (string | null)[];
}

/** Fewer different weeks, months or quarters may well be names. */
const LEAST_PERIODS = 5;

/** More different texts than two centuries have weeks, in a few spellings, are no periods. */
const MOST_PERIODS = 20_000;

/** Periods are judged by all the texts of the column: which numbers there are decides. */
async function mayFollow(session: Session, table: string, { name, nulls, formats }: DateGuess, title: string): Promise<boolean> {
  const [format = null] = formats;
  if (format === null || periodFormat(format) === null) return true;
  const texts = await firstValues(session, `(SELECT DISTINCT ${name} FROM ${table})`, name, nulls, MOST_PERIODS);
  return texts.length < MOST_PERIODS && followPeriod(texts, format, title);
}

/** Counts cells of no value, then those that each format reads, and of two formats those that either reads. */
function dateCounts({ name, nulls, formats }: DateGuess): string[] {
  const blank = nulls.length === 0 ? "0" : `count_if(${name} IN (${nulls.map(literal).join(", ")}))`;
  const [first, other] = formats;
  return [
    blank,
    ...formats.map((format) => readCount(dateSql(name, format), format !== null && periodFormat(format) !== null)),
    ...(first == null || other == null ? [] : [`count(${dateSql(name, inBothOrders(first, other))})`]),
  ];
}

function readCount(date: string, isPeriod: boolean): string {
  return isPeriod ? `CASE WHEN count(DISTINCT ${date}) >= ${LEAST_PERIODS} THEN count(${date}) ELSE 0 END` : `count(${date})`;
}

/**
 * The pattern that parses more; when both parse equally, the one in which the rows are more in order of time, else day first. Where some cells can only be read by
 * the other one, they are. either: cells that one of the two reads.
 */
function chooseFormat(
  formats: readonly (string | null)[],
  parsed: readonly number[],
  either: number,
  values: readonly string[],
): Omit<NonNullable<TextMeasure["date"]>, "blanks"> {
  const [first = null, second = null] = formats;
  const [a = 0, b = 0] = parsed;
  if (first === null || second === null) return { format: first, cells: a, why: "" };
  const [dayOnly, monthOnly] = [either - b, either - a];
  if (dayOnly > 0 && monthOnly > 0) {
    const isDay = a === b ? forwardSteps(values, true) >= forwardSteps(values, false) : a > b;
    const why = ` (${fixed(dayOnly, 0)} can only be read day first and ${fixed(monthOnly, 0)} only month first; those that can be either are read ${isDay ? "day" : "month"} first)`;
    return { format: isDay ? inBothOrders(first, second) : inBothOrders(second, first), cells: either, why };
  }
  if (a !== b) {
    const why = ` (${a > b ? "day" : "month"} first: ${fixed(Math.max(dayOnly, monthOnly), 0)} cells can only be read so)`;
    return { format: a > b ? first : second, cells: either, why };
  }
  const [dayFirst, monthFirst] = [forwardSteps(values, true), forwardSteps(values, false)];
  const month = monthFirst > dayFirst;
  const why =
    dayFirst === monthFirst
      ? " (day or month first is ambiguous; read day first)"
      : ` (day or month first is ambiguous; read ${month ? "month" : "day"} first because the rows are then in order of time)`;
  return { format: month ? second : first, cells: a, why };
}

async function headOf(session: Session, table: string, columns: readonly string[]): Promise<Map<string, string[]>> {
  const heads = new Map<string, string[]>();
  for (const batch of inBatches(columns, HEAD_ROWS * 20)) {
    const rows = await session.rows(`SELECT ${batch.join(", ")} FROM ${table} LIMIT ${HEAD_ROWS}`);
    batch.forEach((name, index) => {
      heads.set(
        name,
        rows.flatMap((row) => (typeof row[index] === "string" ? [row[index]] : [])),
      );
    });
  }
  return heads;
}

async function firstValues(session: Session, table: string, name: string, nulls: readonly string[], most = HEAD_ROWS): Promise<string[]> {
  const told = nulls.length === 0 ? "" : ` AND ${name} NOT IN (${nulls.map(literal).join(", ")})`;
  const rows = await session.rows(`SELECT ${name} FROM ${table} WHERE ${name} IS NOT NULL${told} LIMIT ${most}`);
  return rows.map((row) => String(row[0]));
}

function isDate(date: TextMeasure["date"] | undefined, counts: Counts): boolean {
  return date !== null && date !== undefined && isDateLike(date, counts.present);
}

function countsOf(counts: ReadonlyMap<string, Counts>, name: string): Counts {
  return counts.get(name) ?? { present: 0, numeric: 0, zeroLed: 0, tooBig: 0, shortest: 0, longest: 0, width: 0, look: lookOf([]) };
}
