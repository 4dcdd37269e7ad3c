/** The same date format with the other of day and month first; null for a format whose order is plain. */
export function turned(format: string): string | null {
  if (/^%d(.)%m\1/.test(format)) return `%m${format.slice(2, 3)}%d${format.slice(5)}`;
  if (/^%m(.)%d\1/.test(format)) return `%d${format.slice(2, 3)}%m${format.slice(5)}`;
  return null;
}
