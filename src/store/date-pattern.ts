import { arePeriods } from "../core/are-periods.ts";
import { ordersOf } from "../core/date-order.ts";
import { ISO_DATE_PATTERN } from "../core/iso-date.ts";
import { periodFormat, periodFormatOf } from "../core/written-period.ts";
import { periodSql } from "./period-sql.ts";
import { literal } from "./session.ts";

/** Rows from which the pattern of a column is guessed. */
export const HEAD_ROWS = 2000;

/**
 * Patterns (strptime) that a column of texts may follow; with two, only counting decides between day first and month first. null: ISO
 * 8601 in more than one way (with and without time, with fractions).
 */
export interface DateGuess {
  readonly formats: readonly (string | null)[];
}

const ISO = /^\d{4}-\d{1,2}-\d{1,2}($|[ T])/;

const TIME = String.raw`(?<gap>[ T])(?<hour>\d{1,2}):\d{2}(?<second>:\d{2}(?<fraction>\.\d{1,6})?)?(?<half> ?[AaPp][Mm])?(?<zone>Z| ?[+-]\d{2}(?::?\d{2})?)?`;
const YEAR_FIRST = new RegExp(String.raw`^\d{4}(?<sep>[-/.])\d{1,2}\k<sep>\d{1,2}(?:${TIME})?$`);
const YEAR_LAST = new RegExp(String.raw`^\d{1,2}(?<sep>[-/.])\d{1,2}\k<sep>(?<year>\d{4}|\d{2})(?:${TIME})?$`);
const MONTH_NAME = new RegExp(String.raw`^\d{1,2}(?<sep>[- ])[A-Za-z]{3}\k<sep>(?<year>\d{4}|\d{2})(?:${TIME})?$`);

/** A column is a date when nearly all of its cells follow one pattern; the same share as for numbers. */
export function guessDate(values: readonly string[], share: number): DateGuess | null {
  const counts = countWays(values);
  const [best, count] = [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), ["", 0]);
  if (values.length > 0 && count >= share * values.length) return { formats: best.split("\n") };
  const iso = values.filter((value) => ISO.test(value.trim()) && formatsOf(value.trim()) !== null).length;
  if (values.length > 0 && iso >= share * values.length) return { formats: [null] };
  const period = guessPeriod(values, share);
  return period === null ? null : { formats: [period] };
}

function countWays(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    const formats = formatsOf(value.trim());
    if (formats !== null) counts.set(formats.join("\n"), (counts.get(formats.join("\n")) ?? 0) + 1);
  }
  return counts;
}

/** More ways of writing dates in one column hardly come from anywhere. */
const MOST_WAYS = 4;

/** Of dates that no one pattern reads: the few ways that together nearly all cells follow, the most frequent first, each with its one or two orders. Else none. */
export function severalWays(values: readonly string[], share: number): readonly (readonly string[])[] {
  const ways = [...countWays(values)].sort((a, b) => b[1] - a[1]).slice(0, MOST_WAYS);
  const read = ways.reduce((sum, [, count]) => sum + count, 0);
  return read > 0 && read >= share * values.length ? ways.map(([way]) => way.split("\n")) : [];
}

/** Weeks, months and quarters that nearly all cells write in one way. */
function guessPeriod(values: readonly string[], share: number): string | null {
  const counts = new Map<string, number>();
  for (const value of values) {
    const format = periodFormatOf(value.trim());
    if (format !== null) counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  const [best, count] = [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), ["", 0]);
  return count > 0 && count >= share * values.length ? best : null;
}

/** Whether the different texts of a column may be read by the format of a period that was guessed from the first of them. */
export function followPeriod(texts: readonly string[], format: string, name: string): boolean {
  const isOther = (text: string) => {
    const other = periodFormatOf(text);
    return other === null ? !ISO.test(text) && formatsOf(text) !== null : other !== format;
  };
  return !texts.some((text) => isOther(text.trim())) && arePeriods(texts, [format], name);
}

function formatsOf(value: string): string[] | null {
  if (value.length > 40 || value.length < 6) return null;
  const iso = YEAR_FIRST.exec(value)?.groups;
  if (iso !== undefined) return [`%Y${iso.sep}%m${iso.sep}%d${timeFormat(iso)}`];
  const last = YEAR_LAST.exec(value)?.groups;
  if (last !== undefined) {
    const [sep, year] = [last.sep, last.year?.length === 4 ? "%Y" : "%y"];
    return [`%d${sep}%m${sep}${year}${timeFormat(last)}`, `%m${sep}%d${sep}${year}${timeFormat(last)}`];
  }
  const named = MONTH_NAME.exec(value)?.groups;
  if (named !== undefined) return [`%d${named.sep}%b${named.sep}${named.year?.length === 4 ? "%Y" : "%y"}${timeFormat(named)}`];
  return null;
}

function timeFormat(groups: Record<string, string | undefined>): string {
  if (groups.gap === undefined) return "";
  const half = groups.half === undefined ? "" : groups.half.startsWith(" ") ? " %p" : "%p";
  const zone = groups.zone === undefined ? "" : groups.zone === "Z" ? "Z" : groups.zone.startsWith(" ") ? " %z" : "%z";
  const second = groups.second === undefined ? "" : groups.fraction === undefined ? ":%S" : ":%S.%f";
  return `${groups.gap}${half === "" ? "%H" : "%I"}:%M${second}${half}${zone}`;
}

/**
 * Share of steps between neighbours that do not go back in time, read day first and month first: tables are often in order of time,
 * and only the right reading shows it.
 */
export function forwardSteps(values: readonly string[], dayFirst: boolean): number {
  const keys = values.flatMap((value) => {
    const parts = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})/.exec(value.trim());
    if (parts === null) return [];
    const [first, second, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
    return [year * 10000 + (dayFirst ? second * 100 + first : first * 100 + second)];
  });
  const steps = keys.slice(1).filter((key, index) => key !== keys[index]);
  const forward = keys.slice(1).filter((key, index) => key > (keys[index] ?? key)).length;
  return steps.length === 0 ? 0 : Math.max(forward, steps.length - forward) / steps.length;
}

const PARTS = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)? ?([AaPp])?/;

/** Milliseconds of texts whose day and month may be either of the first two numbers, read day first or month first; those that are written otherwise are left out. */
export function eitherMoments(values: readonly string[], dayFirst: boolean): Float64Array {
  return Float64Array.from(
    values.flatMap((value) => {
      const parts = PARTS.exec(value.trim());
      if (parts === null) return [];
      const [first = 0, second = 0, year = 0, hour = 0, minute = 0, secs = 0] = parts.slice(1, 7).map((part) => Number(part ?? 0));
      const half = parts[7]?.toLowerCase();
      const hours = half === undefined ? hour : (hour % 12) + (half === "p" ? 12 : 0);
      return [Date.UTC(year, (dayFirst ? second : first) - 1, dayFirst ? first : second, hours, minute, secs)];
    }),
  );
}

/**
 * `format` null: any way of writing ISO 8601. Cells that do not follow the format are read as ISO 8601, which means one thing only, as a server reads them
 * (`parseIsoDate`). The result is TIMESTAMP (UTC) or NULL.
 */
export function dateSql(expression: string, format: string | null): string {
  const trimmed = `trim(${expression}, ' \t')`;
  const period = format === null ? null : periodFormat(format);
  // DuckDB reads a zone only behind seconds.
  const lacksSeconds = `substr(${trimmed}, 11, 1) IN ('T', ' ') AND substr(${trimmed}, 17, 1) IN ('Z', '+', '-')`;
  const whole = `CASE WHEN ${lacksSeconds} THEN concat(substr(${trimmed}, 1, 16), ':00', substr(${trimmed}, 17)) ELSE ${trimmed} END`;
  const isoSql = `TRY_CAST(TRY_CAST(${whole} AS TIMESTAMPTZ) AS TIMESTAMP)`;
  const isoWhere = `CASE WHEN ${isIsoSql(expression)} THEN ${isoSql} END`;
  if (period !== null) return `coalesce(${periodSql(trimmed, period)}, ${isoWhere})`;
  const formats = format === null ? [] : ordersOf(format);
  const written = formats.map((one) => writtenDateSql(trimmed, one));
  const read = format === null ? isoSql : `coalesce(${[...written, isoWhere].join(", ")})`;
  // DuckDB takes "epoch" and "infinity" for dates; all others begin with a digit.
  return `CASE WHEN ${trimmed} >= '0' AND ${trimmed} < ':' THEN ${read} END`;
}

/** Whether a cell is written as ISO 8601 has it: such a date is read beside those of any format. */
export function isIsoSql(expression: string): string {
  return `trim(${expression}, ' \t') LIKE '____-__-__%' AND regexp_full_match(${expression}, ${literal(ISO_DATE_PATTERN)})`;
}

/** Whether times may name their zone. `format` null: ISO 8601 in any way. */
export function letsZonesIn(format: string | null): boolean {
  return format === null || /%z|Z$/.test(format);
}

/** What `dateSql` gives of a cell that follows the format without blanks around it, in less time; else NULL. */
export function plainDateSql(expression: string, format: string): string {
  return `CASE WHEN ${expression} >= '0' AND ${expression} < ':' THEN ${writtenDateSql(expression, format)} END`;
}

/** TIMESTAMP of a text that follows this one format, or NULL. The database takes any digits for a year of four: 31.01.24 were of the year 24. */
export function writtenDateSql(text: string, format: string): string {
  const read = `TRY_CAST(try_strptime(${text}, ${literal(format)}) AS TIMESTAMP)`;
  const like = format.replace(/%([A-Za-z])/g, (_, field: string) => (field === "Y" ? "____" : "%"));
  return format.includes("%Y") ? `CASE WHEN ${text} LIKE ${literal(like)} THEN ${read} END` : read;
}
