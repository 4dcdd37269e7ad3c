import type { ValueCounts } from "../columns/counts.ts";

/** So many different numbers that all end below 60 are no accident: one in 10^9 if any two digits could end them. */
const LEAST_TIMES = 40;
/** Numbers in steps of 50 or 100 end below 60 as well, and so do those of a single hundred: different endings, and hundreds. */
const [LEAST_ENDINGS, LEAST_HOURS] = [6, 6];
/** The last of them, as a time in the later half of a day and as the end of one. */
const [LEAST_LAST, MOST_LAST] = [1000, 2400];

/** Whole numbers that write a time of the day: 517 is 5:17, 2359 is 23:59. Of those with seconds as well 51732 is 5:17:32. */
export function writeTimes({ values }: Pick<ValueCounts, "values">): boolean {
  return (
    values.length >= LEAST_TIMES &&
    values.every((value) => Number.isInteger(value) && value >= 0 && value % 100 < 60) &&
    (isOfDay(values) ||
      (values.every((value) => Math.floor(value / 100) % 100 < 60) && isOfDay(values.map((value) => Math.floor(value / 100)))))
  );
}

/** Whether the last of the times has seconds, which makes them reach beyond 2400. */
export function haveSeconds({ values }: Pick<ValueCounts, "values">): boolean {
  return (values.at(-1) ?? 0) > MOST_LAST;
}

/** How the hours are read from such a number, and what one step of the time looks like without that. */
export function clockWords(counts: Pick<ValueCounts, "values">): { readonly hours: string; readonly step: string } {
  return haveSeconds(counts)
    ? {
        hours: "floor(x / 10000) + (floor(x / 100) mod 100) / 60 + (x mod 100) / 3600",
        step: "the second from 125959 to 130000 looks like 4,041",
      }
    : { hours: "floor(x / 100) + (x mod 100) / 60", step: "the minute from 1259 to 1300 looks like 41" };
}

/** Ascending numbers of hours and minutes. */
function isOfDay(values: Float64Array): boolean {
  const last = values.at(-1) ?? -1;
  const [endings, hours] = [(value: number) => value % 100, (value: number) => Math.floor(value / 100)].map(
    (of) => new Set(values.map(of)).size,
  );
  return last >= LEAST_LAST && last <= MOST_LAST && (endings ?? 0) >= LEAST_ENDINGS && (hours ?? 0) >= LEAST_HOURS;
}
