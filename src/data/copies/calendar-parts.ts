import type { Column } from "../../core/column.ts";
import { valueAt } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";

/** A number that a calendar gives: a part of a date, or the months that a year and a month make. */
export interface CalendarPart {
  readonly part: string;
  readonly column: string;
  readonly of: readonly string[];
  readonly compared: number;
  readonly held: number;
  /** The column is a kind that the part gives, and not the part itself. */
  readonly isKind?: boolean;
}

const HOLDS = 0.99;
const LEAST_ROWS = 20;
const LEAST_DISTINCT = 3;
const [FIRST_YEAR, LAST_YEAR] = [1700, 2200];
/** What a date's day, week and hour are. */
const PARTS: Readonly<Record<string, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  "year of the century": (date) => date.getUTCFullYear() % 100,
  quarter: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  month: (date) => date.getUTCMonth() + 1,
  day: (date) => date.getUTCDate(),
  weekday: (date) => date.getUTCDay(),
  "weekday from Monday": (date) => ((date.getUTCDay() + 6) % 7) + 1,
  "weekday from Monday, 0": (date) => (date.getUTCDay() + 6) % 7,
  hour: (date) => date.getUTCHours(),
};

/** Dates in milliseconds since 1970. Whole numbers of at least three values; each once, by the first date that gives it. */
export function calendarParts(
  dates: readonly { readonly name: string; readonly values: Float64Array }[],
  numbers: readonly NumberColumn[],
): readonly CalendarPart[] {
  const parts = dates.flatMap((date) =>
    Object.entries(PARTS).map(([part, of]) => ({
      part,
      date,
      first: (row: number) => inPart(date.values[row] ?? Number.NaN, of),
      all: lazily(() => partOf(date.values, of)),
    })),
  );
  return numbers.flatMap((number): readonly CalendarPart[] => {
    for (const { part, date, first, all } of parts) {
      const found = isRefuted(number.values, first) ? null : agreement(number.values, all());
      if (found !== null) return [{ part, column: number.name, of: [date.name], ...found }];
    }
    return [];
  });
}

/** Kinds of a part of the calendar, and rows of each of its values: a name of the weekday, a season, whether it is a weekend. */
const [MOST_KINDS, LEAST_EACH] = [12, 5];
const KIND_PARTS = ["weekday", "month", "hour"] as const;
/** One kind may hold so many of the rows. */
const MOST_ONE = 0.95;

/** Columns of two to twelve kinds that the weekday, month or hour of a date gives. */
export function calendarKinds(
  dates: readonly { readonly name: string; readonly values: Float64Array }[],
  columns: readonly Column[],
): readonly CalendarPart[] {
  const parts = dates.flatMap((date) =>
    KIND_PARTS.map((part) => {
      const of = PARTS[part] ?? (() => Number.NaN);
      const [head, all] = [lazily(() => partOf(date.values.subarray(0, FIRST_LOOK), of)), lazily(() => partOf(date.values, of))];
      return { part, date, head, all, isOne: lazily(() => holdsOneValue(all())) };
    }),
  );
  return columns.flatMap((column): readonly CalendarPart[] => {
    if (column.type === "date" || ("codes" in column && column.levels.length > MOST_KINDS)) return [];
    const [first, whole] = [lazily(() => kindsOf(column, FIRST_LOOK)), lazily(() => kindsOf(column, Number.POSITIVE_INFINITY))];
    if (first() === null) return [];
    for (const { part, date, head, all, isOne } of parts) {
      if (date.name === column.name) continue;
      const isLong = date.values.length > 2 * FIRST_LOOK;
      const isGivenUp = isLong && isGivenIn(first(), head(), true) === null;
      const found = isGivenUp || isOne() ? null : isGivenIn(whole(), all(), false);
      if (found !== null) return [{ part, column: column.name, of: [date.name], isKind: true, ...found }];
    }
    return [];
  });
}

/** Rows that refute nearly all, and may have more exceptions. */
const [FIRST_LOOK, FIRST_HOLDS] = [500, 0.95];

function lazily<T>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** The hour of days without a time. */
function holdsOneValue(part: Float64Array): boolean {
  const first = part.find((value) => !Number.isNaN(value));
  for (let row = 0; row < part.length; row++) if (!Number.isNaN(part[row]) && part[row] !== first) return false;
  return true;
}

const inPart = (ms: number, of: (date: Date) => number) => (Number.isNaN(ms) ? ms : of(new Date(ms)));

const partOf = (values: Float64Array, of: (date: Date) => number) => values.map((ms) => inPart(ms, of));

/** Kinds of the first rows, numbered from 0, -1 where there is none; null of more kinds. */
function kindsOf(column: Column, most: number): Int8Array | null {
  const cells = "values" in column ? column.values : column.codes;
  const places = new Map<number, number>();
  const kinds = new Int8Array(Math.min(cells.length, most)).fill(-1);
  for (let row = 0; row < kinds.length; row++) {
    const value = valueAt(column, row);
    if (Number.isNaN(value)) continue;
    const place = places.get(value) ?? places.size;
    if (place === MOST_KINDS) return null;
    places.set(value, place);
    kinds[row] = place;
  }
  return kinds;
}

/** Hours, the most values that a part of KIND_PARTS has, from 0 on. */
const MOST_OF_PART = 24;

function isGivenIn(
  kinds: Int8Array | null,
  part: Float64Array,
  isFirst: boolean,
): { readonly compared: number; readonly held: number } | null {
  if (kinds === null) return null;
  const counts = new Int32Array(MOST_OF_PART * MOST_KINDS);
  let compared = 0;
  for (let row = 0; row < part.length; row++) {
    const [from, kind] = [part[row] as number, kinds[row] as number];
    if (Number.isNaN(from) || kind < 0) continue;
    compared++;
    const place = from * MOST_KINDS + kind;
    counts[place] = (counts[place] as number) + 1;
  }
  const ofKind = new Int32Array(MOST_KINDS);
  const given = new Set<number>();
  let [parts, held] = [0, 0];
  for (let from = 0; from < MOST_OF_PART; from++) {
    const own = counts.subarray(from * MOST_KINDS, (from + 1) * MOST_KINDS);
    const top = own.reduce((best, count, kind) => (count > (own[best] as number) ? kind : best), 0);
    if (own[top] === 0) continue;
    own.forEach((count, kind) => {
      ofKind[kind] = (ofKind[kind] as number) + count;
    });
    parts++;
    held += own[top] as number;
    given.add(top);
  }
  const isOneKind = parts < 2 || ofKind.filter((count) => count > 0).length < 2;
  // A sorted table begins with one day.
  if (isFirst) return isOneKind || held >= FIRST_HOLDS * compared ? { compared, held } : null;
  if (isOneKind || Math.max(...ofKind) > MOST_ONE * compared || compared < LEAST_EACH * parts || given.size < 2) return null;
  return held >= HOLDS * compared ? { compared, held } : null;
}

/** Months counted on: 12 x year + month + a constant. */
export function monthCounts(numbers: readonly NumberColumn[]): readonly CalendarPart[] {
  const months = numbers.filter(({ values }) => isOfMonths(values));
  const years = numbers.filter(({ values }) => isOfYears(values));
  return years.flatMap((year) =>
    months.flatMap((month) => {
      const made = year.values.map((value, row) => 12 * value + (month.values[row] ?? Number.NaN));
      return numbers
        .filter((one) => one !== year && one !== month)
        .flatMap((number): readonly CalendarPart[] => {
          const first = made.findIndex((value, row) => !Number.isNaN(value) && !Number.isNaN(number.values[row]));
          if (first < 0) return [];
          const start = (number.values[first] ?? 0) - (made[first] ?? 0);
          const found = agreement(
            number.values,
            made.map((value) => value + start),
          );
          return found === null ? [] : [{ part: "months", column: number.name, of: [year.name, month.name], ...found }];
        });
    }),
  );
}

function isOfYears(values: Float64Array): boolean {
  return values.every((value) => Number.isNaN(value) || (Number.isInteger(value) && value >= FIRST_YEAR && value <= LAST_YEAR));
}

function isOfMonths(values: Float64Array): boolean {
  const seen = new Set<number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!(Number.isInteger(value) && value >= 1 && value <= 12)) return false;
    seen.add(value);
  }
  return seen.size >= 6;
}

/** Whether the first rows say so already, as they do of nearly all. */
function isRefuted(values: Float64Array, part: (row: number) => number): boolean {
  let [compared, held] = [0, 0];
  for (let row = 0; row < values.length && compared < LEAST_ROWS; row++) {
    const x = values[row] ?? Number.NaN;
    const y = Number.isNaN(x) ? x : part(row);
    if (Number.isNaN(y)) continue;
    compared++;
    held += Number(x === y);
  }
  return compared === LEAST_ROWS && held < HOLDS * compared;
}

function agreement(a: Float64Array, b: Float64Array): { readonly compared: number; readonly held: number } | null {
  let [compared, held] = [0, 0];
  const seen = new Set<number>();
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row] ?? Number.NaN, b[row] ?? Number.NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    compared++;
    held += Number(x === y);
    // The first rows refute nearly all.
    if (compared === LEAST_ROWS && held < HOLDS * compared) return null;
    if (x === y && seen.size < LEAST_DISTINCT) seen.add(x);
  }
  return compared >= LEAST_ROWS && held >= HOLDS * compared && seen.size >= LEAST_DISTINCT ? { compared, held } : null;
}
