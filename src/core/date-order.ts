/** "Year" behind the number, as in 01.02.2016 г.: languages that write it put the day first. */
const YEAR_WORD = /%Y \p{L}/u;

/** The same date format with the other of day and month first; null for a format whose order is plain. */
export function turned(format: string): string | null {
  if (YEAR_WORD.test(format)) return null;
  if (/^%d(.)%m\1/.test(format)) return `%m${format.slice(2, 3)}%d${format.slice(5)}`;
  if (/^%m(.)%d\1/.test(format)) return `%d${format.slice(2, 3)}%m${format.slice(5)}`;
  return null;
}

const EITHER = "|";

/** Format of a column some of whose dates can only be read with day and month the other way round: these are read so, all others by `first`. */
export function inBothOrders(first: string, other: string): string {
  return inSeveralWays([first, other]);
}

/** Format of a column whose dates are written in several ways, of which a cell follows one. */
export function inSeveralWays(formats: readonly string[]): string {
  return formats.join(EITHER);
}

/** The formats by which the dates of a column are read, the first that reads a cell. */
export function ordersOf(format: string): readonly [string, ...string[]] {
  const [first = format, ...others] = format.split(EITHER);
  return [first, ...others];
}

/** The second format of a column that has both orders of day and month in one way of writing; null for all others. */
export function otherOrderOf(format: string): string | null {
  const [first, other] = ordersOf(format);
  return other !== undefined && other === turned(first) ? other : null;
}
