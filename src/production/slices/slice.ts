/** Rows that share a value, a range, or a pair of them. */
export interface Slice {
  /** e.g. `age 30 to 41`, `job = student`, `age 30 to 41 and job = student`. */
  readonly name: string;
  readonly columns: readonly string[];
  /** Ascending. */
  readonly rows: Int32Array;
}

/** Rows in both, as a slice, or null when fewer than `fewest`. */
export function crossing(a: Slice, b: Slice, fewest: number): Slice | null {
  const rows: number[] = [];
  for (let i = 0, j = 0; i < a.rows.length && j < b.rows.length; ) {
    const [left, right] = [a.rows[i] ?? 0, b.rows[j] ?? 0];
    if (left === right) rows.push(left);
    if (left <= right) i++;
    if (right <= left) j++;
  }
  if (rows.length < fewest) return null;
  return { name: `${a.name} and ${b.name}`, columns: [...a.columns, ...b.columns], rows: Int32Array.from(rows) };
}
