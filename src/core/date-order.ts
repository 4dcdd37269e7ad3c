/** The same date format with the other of day and month first; null for a format whose order is plain. */
export function turned(format: string): string | null {
  if (/^%d(.)%m\1/.test(format)) return `%m${format.slice(2, 3)}%d${format.slice(5)}`;
  if (/^%m(.)%d\1/.test(format)) return `%d${format.slice(2, 3)}%m${format.slice(5)}`;
  return null;
}

const EITHER = "|";

/** Format of a column some of whose dates can only be read with day and month the other way round: these are read so, all others by `first`. */
export function inBothOrders(first: string, other: string): string {
  return `${first}${EITHER}${other}`;
}

/** The formats by which the dates of a column are read, the first that reads a cell. One of each column but those of `inBothOrders`. */
export function ordersOf(format: string): readonly [string, string?] {
  const [first = format, other] = format.split(EITHER);
  return other === undefined ? [first] : [first, other];
}
