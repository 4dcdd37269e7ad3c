import type { Column } from "../../core/column.ts";
import { nameWords } from "./name-words.ts";

/** Whole numbers under the name of a year or a date that are neither: days counted from some day on. */
export interface DayCounts {
  readonly low: number;
  readonly high: number;
  /** From which day on, and the days of the least and the largest number. */
  readonly since: readonly { readonly day: string; readonly first: string; readonly last: string }[];
}

const DAY_MS = 86_400_000;
/** As R and others count, as SAS and Stata do, as spreadsheets do; in days since 1970. */
const BEGINNINGS: readonly number[] = [0, Date.UTC(1960, 0, 1) / DAY_MS, Date.UTC(1899, 11, 30) / DAY_MS];
/** Records are hardly older or newer. */
const [FIRST, LAST] = [Date.UTC(1900, 0, 1) / DAY_MS, Date.UTC(2035, 0, 1) / DAY_MS];
const WORDS = new Set("year yr jahr annee ano anno date datum fecha dt dob birthdate".split(" "));
/** Years that are written on are smaller. */
const LEAST = 2501;
/** Years by other calendars (2566 in Thailand, 5783 in Israel, 7531 since the world of Byzantium) are not larger, and records reach over fewer of them. */
const [LAST_YEAR, LEAST_DAYS] = [8000, 366];
const LEAST_DISTINCT = 20;

/** Null unless the last word of the name is that of a year or a date and all numbers are days of the last century or so by some count. */
export function dayCountsOf(column: Column): DayCounts | null {
  if (column.type !== "number" || !WORDS.has(nameWords(column.name).at(-1) ?? "")) return null;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const seen = new Set<number>();
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value) || value < LEAST) return null;
    low = Math.min(low, value);
    high = Math.max(high, value);
    if (seen.size < LEAST_DISTINCT) seen.add(value);
  }
  if (seen.size < LEAST_DISTINCT || (high <= LAST_YEAR && high - low < LEAST_DAYS)) return null;
  const dayOf = (days: number) => new Date(days * DAY_MS).toISOString().slice(0, 10);
  const since = BEGINNINGS.filter((begin) => begin + low >= FIRST && begin + high <= LAST).map((begin) => ({
    day: dayOf(begin),
    first: dayOf(begin + low),
    last: dayOf(begin + high),
  }));
  return since.length === 0 ? null : { low, high, since };
}
