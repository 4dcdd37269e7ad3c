import { parseDate } from "../../recipe/index.ts";
import type { AuditContext } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { dateSpellings } from "../meaning/date-spellings.ts";

/** Texts that are dates in most cells and in the others the numbers by which a spreadsheet keeps them. */
export interface SerialDates {
  readonly formats: readonly string[];
  /** Cells of either kind. */
  readonly dates: number;
  readonly serials: number;
  /** A number, and the day that it means. */
  readonly example: { readonly serial: string; readonly day: string };
}

/** Day 0 of spreadsheets is 1899-12-30, counted so that 1970-01-01 is this day. */
const UNIX_DAY = 25_569;
const DAY_MS = 86_400_000;
/** Shares of the cells that are not missing. */
const [LEAST_DATES, LEAST_BOTH] = [0.3, 0.95];
/** Different ones. */
const LEAST_SERIALS = 5;
/** Of the other texts, as where the store reads a column as dates. */
const NEARLY_ALL = 0.9;

/** The day that a number of a spreadsheet means, in milliseconds since 1970; NaN for texts that are no such number. */
function momentOf(text: string): number {
  return /^[1-9]\d{4}(\.0+)?$/.test(text) ? (Number.parseInt(text, 10) - UNIX_DAY) * DAY_MS : Number.NaN;
}

/** Of cells of a column of dates that are no dates, one that means a day among them, where nearly all are such numbers. `dates`: milliseconds since 1970, NaN where missing. */
export function serialAmong(strays: readonly string[], dates: Float64Array): SerialDates["example"] | null {
  const [first, last] = dates.reduce(
    ([low, high], one) => (Number.isNaN(one) ? [low, high] : [Math.min(low, one), Math.max(high, one)]),
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const meant = strays.map((text) => text.trim()).filter((text) => momentOf(text) >= first && momentOf(text) <= last);
  const [serial] = meant;
  if (serial === undefined || meant.length < NEARLY_ALL * strays.length) return null;
  return { serial, day: dayOf(serial) };
}

function dayOf(serial: string): string {
  return new Date(momentOf(serial)).toISOString().slice(0, 10);
}

/** Null unless nearly all cells are either, and the numbers mean days within the dates, or as far around them as these lie apart. Once per column and audit. */
export function serialDatesOf(context: AuditContext, column: LevelColumn): SerialDates | null {
  return context.shared(`serial-dates:${column.name}`, () => {
    const counts = levelCounts(context, column);
    const held = column.levels.map((level, code) => ({ text: level.trim(), rows: counts[code] ?? 0 })).filter(({ rows }) => rows > 0);
    const isSerial = ({ text }: { readonly text: string }) => !Number.isNaN(momentOf(text));
    const [numbers, others] = [held.filter(isSerial), held.filter((one) => !isSerial(one))];
    if (numbers.length < LEAST_SERIALS || others.length < LEAST_SERIALS) return null;
    const rows = (some: readonly { readonly rows: number }[]) => some.reduce((sum, one) => sum + one.rows, 0);
    const found = dateSpellings(
      others.map(({ text }) => text),
      others.map((one) => one.rows),
      NEARLY_ALL,
    );
    if (found === null) return null;
    const moments = others.map(({ text }) => parseDate(text, found.formats)).filter((moment) => !Number.isNaN(moment));
    const [first, last] = [Math.min(...moments), Math.max(...moments)];
    const meant = numbers.filter(({ text }) => momentOf(text) >= first - (last - first) && momentOf(text) <= last + (last - first));
    const [dates, serials, present] = [rows(others) - found.unread, rows(meant), rows(held)];
    const [example] = meant;
    if (example === undefined || meant.length < LEAST_SERIALS || dates < LEAST_DATES * present || dates + serials < LEAST_BOTH * present)
      return null;
    return { formats: found.formats, dates, serials, example: { serial: example.text, day: dayOf(example.text) } };
  });
}
