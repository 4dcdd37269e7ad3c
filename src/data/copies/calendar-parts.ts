import type { NumberColumn } from "../columns/counts.ts";

/** A number that a calendar gives: a part of a date, or the months that a year and a month make. */
export interface CalendarPart {
  readonly part: string;
  readonly column: string;
  readonly of: readonly string[];
  readonly compared: number;
  readonly held: number;
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
      values: date.values.map((ms) => (Number.isNaN(ms) ? ms : of(new Date(ms)))),
    })),
  );
  return numbers.flatMap((number): readonly CalendarPart[] => {
    for (const { part, date, values } of parts) {
      const found = agreement(number.values, values);
      if (found !== null) return [{ part, column: number.name, of: [date.name], ...found }];
    }
    return [];
  });
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
  const seen = new Set(values);
  seen.delete(Number.NaN);
  return seen.size >= 6 && [...seen].every((value) => Number.isInteger(value) && value >= 1 && value <= 12);
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
