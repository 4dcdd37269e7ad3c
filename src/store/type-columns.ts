import { type AmountReading, FEW_MARKS, isNumberLike, NEARLY_ALL } from "../core/amount-reading.ts";
import { isPlain } from "../core/written-amount.ts";
import { aggregate } from "./aggregate.ts";
import {
  decideAmount,
  decideDate,
  decideType,
  decideWords,
  decideZeroLed,
  isDateLike,
  type TextMeasure,
  type TypeDecision,
  withCounted,
} from "./column-type.ts";
import { countDates, isSureNull } from "./count-dates.ts";
import { countWords } from "./count-words.ts";
import { aggregateCounted, countTextsOf } from "./counted-texts.ts";
import { findCodes } from "./letter-codes.ts";
import { numberSql } from "./number-text.ts";
import type { Session } from "./session.ts";
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
import { countZeroLed, isPointedCode, type ZeroLed } from "./zero-codes.ts";

/** So many different numbers are a measure, however few cells hold one. */
const LEAST_NUMBERS = 10;

type ReadAmount = Extract<AmountReading, { kind: "read" }>;

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
  const dates = await countDates(session, table, others, (name) => countsOf(counts, name), rows, titles);
  const undated = others.filter((name) => !isDate(dates.get(name), countsOf(counts, name)));
  const numbers = columns.filter((name) => !others.includes(name));
  const staged = { name: table, rows, counted };
  const looks =
    rows <= FIRST_ROWS ? new Map([...counts].map(([name, { look }]) => [name, look])) : await firstLooks(session, staged, columns);
  const pointed = await findPointed(session, staged, numbers, counts, decimal);
  const plain = await countOthers(
    session,
    staged,
    numbers.filter((name) => !pointed.has(name)).map((name) => ({ name, ...countsOf(counts, name) })),
    decimal,
  );
  const strayed = plain.map(({ name, digits }) => ({ ...countsOf(counts, name), name, digits, title: titles.get(name) ?? "" }));
  const beside = await findCodes(session, table, strayed, decimal);
  const isPoint = decimal === "," || proved.some(({ decimals }) => decimals > 0);
  const grouped = isPoint ? new Map<string, AmountColumn>() : await countGrouped(session, staged, plain, looks);
  const mixed = await countDressed(session, staged, plain, decimal);
  const file = {
    decimal,
    numbers: numbers.filter((name) => !grouped.has(name) && !pointed.has(name)),
    grouped,
    plain: false,
    looks,
    proved,
  };
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
      beside: beside.get(name) ?? null,
      pointed: pointed.get(name) ?? null,
      date: dates.get(name) ?? null,
      amount: amounts.get(name) ?? null,
      words: words.get(name) ?? null,
    });
  return new Map(columns.map((name) => [name, withCounted(decided(name), countsOf(counts, name).present, words.get(name))]));
}

/** Dates, free text, category or written amounts, for columns of strings whose file has types. `columns`: SQL names; `titles`: names of the columns in the file. */
export async function typeWordColumns(
  session: Session,
  table: string,
  columns: readonly string[],
  rows: number,
  titles: ReadonlyMap<string, string>,
): Promise<Map<string, TypeDecision>> {
  const sizes = await aggregate(session, table, columns, rows, (name) => [`count(${name})`, `max(strlen(${name}))`]);
  const sizeOf = (name: string) => ({ present: Number(sizes.get(name)?.[0] ?? 0), width: Number(sizes.get(name)?.[1] ?? 0) });
  const dates = await countDates(session, table, columns, sizeOf, rows, titles);
  const undated = columns.filter((name) => !isDate(dates.get(name), sizeOf(name)));
  const counted = await countTextsOf(session, table, undated, rows);
  const staged = { name: table, rows, counted };
  const looks = await firstLooks(session, staged, undated);
  const amounts = await countAmounts(session, staged, undated, {
    decimal: ".",
    numbers: [],
    grouped: new Map(),
    plain: true,
    looks,
    proved: [],
  });
  const isAmount = (column: AmountColumn | undefined) => column?.reading.kind === "read";
  const zeroLed = await countZeroLed(session, table, [...amounts.keys()], rows, ".");
  const words = await countWords(
    session,
    staged,
    undated.filter((name) => !isAmount(amounts.get(name))),
  );
  await counted.drop();
  return new Map(
    columns.map((name) => {
      const [amount, date] = [amounts.get(name), dates.get(name)];
      const cells = sizeOf(name).present;
      if (date !== undefined && !undated.includes(name)) return [name, decideDate(date, cells)];
      if (amount?.reading.kind === "read") return [name, decideStrings(amount.reading, amount.cells, cells, zeroLed.get(name))];
      const found = words.get(name) ?? { distinct: 0, meanLength: 0, meanSpaces: 0 };
      return [name, withCounted(decideWords(found, cells, 0), cells, words.get(name))];
    }),
  );
}

/** Strings that write numbers. Those without marks are read as the numbers of a CSV file are, also behind zeros. */
function decideStrings(reading: ReadAmount, read: number, present: number, zeroLed: ZeroLed | undefined): TypeDecision {
  if (zeroLed === undefined || !isPlain(reading.writing)) return decideAmount(reading, read, present);
  return decideZeroLed(zeroLed, present) ?? decideAmount(reading, zeroLed.numeric, present);
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
    if (marks.length > FEW_MARKS || marks.some(([mark]) => !isSureNull(String(mark)))) continue;
    const [row] = await session.rows(`SELECT count(DISTINCT ${number}) FROM ${table}`);
    if (Number(row?.[0] ?? 0) >= LEAST_NUMBERS) found.set(name, { strays: marks.length, onlyNulls: true });
  }
  return found;
}

/** Columns of numbers that are codes with a decimal mark. */
async function findPointed(
  session: Session,
  { name: table, rows }: StagedTable,
  numbers: readonly string[],
  counts: ReadonlyMap<string, Counts>,
  decimal: "." | ",",
): Promise<ReadonlyMap<string, ZeroLed>> {
  const mayBe = numbers.filter((name) => countsOf(counts, name).zeroLed > 0);
  const found = await countZeroLed(session, table, mayBe, rows, decimal);
  return new Map([...found].filter(([, one]) => isPointedCode(one)));
}

function straysOf(strays: ReadonlyMap<string, Strays>, name: string): Strays {
  return strays.get(name) ?? { strays: null };
}

function isDate(date: TextMeasure["date"] | undefined, counts: Pick<TextMeasure, "present">): boolean {
  return date !== null && date !== undefined && isDateLike(date, counts.present);
}

function countsOf(counts: ReadonlyMap<string, Counts>, name: string): Counts {
  return counts.get(name) ?? { present: 0, numeric: 0, zeroLed: 0, tooBig: 0, shortest: 0, longest: 0, width: 0, look: lookOf([]) };
}
