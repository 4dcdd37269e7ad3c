import { FEW_MARKS, NEARLY_ALL } from "../core/amount-reading.ts";
import { inBothOrders, inSeveralWays, ordersOf } from "../core/date-order.ts";
import { fixed } from "../core/digits.ts";
import { nullConfidence } from "../core/null-words.ts";
import { regularReading } from "../core/regular-reading.ts";
import { periodFormat } from "../core/written-period.ts";
import { inBatches } from "./aggregate.ts";
import type { TextMeasure } from "./column-type.ts";
import { dateSql, eitherMoments, followPeriod, forwardSteps, guessDate, HEAD_ROWS, isIsoSql, severalWays } from "./date-pattern.ts";
import { literal, type Session } from "./session.ts";

type CountedDates = NonNullable<TextMeasure["date"]>;

/** From here on a word is hardly ever anything but "no value". */
const SURE_NULL = 0.9;

/** Hardly ever anything but "no value". */
export function isSureNull(text: string): boolean {
  return nullConfidence(text, ["1"]) >= SURE_NULL;
}

/** Of columns whose texts are mostly dates: how these are written, and the cells that are. `sizeOf`: present cells, and characters of the longest. */
export async function countDates(
  session: Session,
  table: string,
  columns: readonly string[],
  sizeOf: (name: string) => { readonly present: number; readonly width: number },
  rows: number,
  titles: ReadonlyMap<string, string>,
): Promise<Map<string, CountedDates>> {
  const heads = await headOf(
    session,
    table,
    columns.filter((name) => sizeOf(name).width >= 6),
  );
  const guesses: DateGuess[] = [];
  const found = new Map<string, CountedDates>();
  for (const [name, head] of heads) {
    const nulls = [...new Set(head)].filter(isSureNull).slice(0, FEW_MARKS);
    const told = head.filter((value) => !nulls.includes(value));
    const values = told.length > 0 || sizeOf(name).present === 0 ? told : await firstValues(session, table, name, nulls);
    const guess = guessDate(values, NEARLY_ALL);
    const made = guess === null ? null : { name, nulls, values, formats: guess.formats };
    const several = made === null ? await countSeveral(session, table, { name, nulls, ways: severalWays(values, NEARLY_ALL) }) : null;
    if (several !== null) found.set(name, several);
    if (made !== null && (await mayFollow(session, table, made, titles.get(name) ?? ""))) guesses.push(made);
  }
  for (const batch of inBatches(guesses, rows)) {
    const counted = await session.rows(`SELECT ${batch.flatMap(countsOfGuess).join(", ")} FROM ${table}`);
    let cells = (counted[0] ?? []).map(Number);
    for (const { name, formats, values } of batch) {
      const [blanks = 0, ...parsed] = cells.slice(0, 1 + formats.length);
      cells = cells.slice(1 + formats.length);
      const either = formats.length > 1 ? (cells.shift() ?? 0) : (parsed[0] ?? 0);
      const iso = hasIso(formats) ? (cells.shift() ?? 0) : 0;
      // Which of day and month comes first, the others leave open: that is asked about.
      const isOpen = formats.length > 1 && parsed[0] === parsed[1];
      found.set(name, { ...besideIso(chooseFormat(formats, parsed, either, values), isOpen ? 0 : iso), blanks });
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

/** Dates that are written in several ways. null where cells of one of these leave open which of day and month comes first, or say both. */
async function countSeveral(
  session: Session,
  table: string,
  { name, nulls, ways }: Pick<DateGuess, "name" | "nulls"> & { readonly ways: readonly (readonly string[])[] },
): Promise<CountedDates | null> {
  const formats: string[] = [];
  for (const way of ways) {
    const [counts = []] = await session.rows(`SELECT ${dateCounts({ name, nulls: [], formats: way }).join(", ")} FROM ${table}`);
    const [, first = 0, second = 0, either = 0] = counts.map(Number);
    if (way.length > 1 && (first === second || either > Math.max(first, second))) return null;
    formats.push((second > first ? way[1] : way[0]) ?? "");
  }
  if (formats.length === 0) return null;
  const format = inSeveralWays(formats);
  const [counts = []] = await session.rows(`SELECT ${dateCounts({ name, nulls, formats: [format] }).join(", ")} FROM ${table}`);
  const [blanks = 0, cells = 0] = counts.map(Number);
  return { format, cells, blanks, why: "" };
}

/** Counts cells of no value, then those that each format reads, and of two formats those that either reads. */
function dateCounts({ name, nulls, formats }: Omit<DateGuess, "values">): string[] {
  const blank = nulls.length === 0 ? "0" : `count_if(${name} IN (${nulls.map(literal).join(", ")}))`;
  const [first, other] = formats;
  return [
    blank,
    ...formats.map((format) => readCount(dateSql(name, format), format !== null && periodFormat(format) !== null)),
    ...(first == null || other == null ? [] : [`count(${dateSql(name, inBothOrders(first, other))})`]),
  ];
}

/** What `dateCounts` counts, then those cells of another format than ISO 8601 that are written so all the same. */
function countsOfGuess(guess: DateGuess): string[] {
  const { name, formats } = guess;
  const iso = `count(CASE WHEN ${isIsoSql(name)} THEN ${dateSql(name, null)} END)`;
  return [...dateCounts(guess), ...(hasIso(formats) ? [iso] : [])];
}

const ISO_DAY = "%Y-%m-%d";

/** Whether ISO 8601 is another way of writing than these, and no period. */
function hasIso([format = null]: readonly (string | null)[]): boolean {
  return format !== null && !format.startsWith(ISO_DAY) && periodFormat(format) === null;
}

/** A column that changes to ISO 8601 further down is written in two ways. */
function besideIso(found: Omit<CountedDates, "blanks">, iso: number): Omit<CountedDates, "blanks"> {
  return iso === 0 || found.format === null || ordersOf(found.format).length > 1
    ? found
    : { ...found, format: inSeveralWays([found.format, ISO_DAY]) };
}

function readCount(date: string, isPeriod: boolean): string {
  return isPeriod ? `CASE WHEN count(DISTINCT ${date}) >= ${LEAST_PERIODS} THEN count(${date}) ELSE 0 END` : `count(${date})`;
}

/**
 * The pattern that parses more; when both parse equally, the one in which the rows run on in regular steps, or are more in order of time, else day first. Where some cells can only be read by
 * the other one, they are. either: cells that one of the two reads.
 */
function chooseFormat(
  formats: readonly (string | null)[],
  parsed: readonly number[],
  either: number,
  values: readonly string[],
): Omit<CountedDates, "blanks"> {
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
  const regular = regularReading(eitherMoments(values, true), eitherMoments(values, false));
  if (regular !== null) {
    const why = ` (every date can be read day first and month first; read ${regular.isFirst ? "day" : "month"} first because the rows then run on in ${regular.otherIsRegular ? "more " : ""}regular steps)`;
    return { format: regular.isFirst ? first : second, cells: a, why };
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
