import type { ValueCounts } from "../columns/counts.ts";

/** So many different numbers that all end below 60 are no accident: one in 10^13 if any two digits could end them. */
const LEAST_TIMES = 60;
/** The last of them, as a time in the later half of a day and as the end of one. */
const [LEAST_LAST, MOST_LAST] = [1000, 2400];

/** Whole numbers that write a time of the day: 517 is 5:17, 2359 is 23:59. */
export function writeTimes({ values }: Pick<ValueCounts, "values">): boolean {
  const [first = -1, last = -1] = [values[0], values.at(-1)];
  return (
    values.length >= LEAST_TIMES &&
    first >= 0 &&
    last >= LEAST_LAST &&
    last <= MOST_LAST &&
    values.every((value) => Number.isInteger(value) && value % 100 < 60)
  );
}
