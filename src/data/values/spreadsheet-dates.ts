import { MONTH_NUMBERS } from "../../recipe/index.ts";

/** Texts that a spreadsheet took for days of the year: "5-Mar" was "3-5". */
export interface SpreadsheetDates {
  /** What each was, by the writing of the others. */
  readonly was: ReadonlyMap<string, string>;
  /** A text that was left alone. */
  readonly example: string;
}

const DAY_OF_YEAR = /^(\d{1,2})-(\p{L}{3})$|^(\p{L}{3})-(\d{1,2})$/u;
const RANGE = /^\d{1,3}\s?-\s?\d{1,3}$/;
/** Different ranges beside them. */
const LEAST_RANGES = 2;

/** Days without a year beside ranges of numbers ("3-5", "10-14"), all texts being one or the other but for a few. null: not so. */
export function spreadsheetDates(levels: readonly string[]): SpreadsheetDates | null {
  const was = new Map<string, string>();
  const ranges: string[] = [];
  for (const level of levels) {
    const range = rangeOf(level.trim());
    if (range !== null) was.set(level, range);
    else if (RANGE.test(level.trim())) ranges.push(level);
  }
  const [example = ""] = ranges;
  return was.size === 0 || ranges.length < LEAST_RANGES || was.size + ranges.length < 0.5 * levels.length ? null : { was, example };
}

/** Spreadsheets read month before day, so the smaller of the two was the month. */
function rangeOf(text: string): string | null {
  const [, dayFirst, monthLast, monthFirst, dayLast] = DAY_OF_YEAR.exec(text) ?? [];
  const month = MONTH_NUMBERS.get(monthLast ?? monthFirst ?? "");
  const day = Number(dayFirst ?? dayLast ?? Number.NaN);
  return month === undefined || Number.isNaN(day) ? null : `${Math.min(month, day)}-${Math.max(month, day)}`;
}
