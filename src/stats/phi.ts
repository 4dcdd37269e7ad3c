/** Two yes-or-no answers about the same rows: how many say yes to the first, to the second, to both. */
export interface YesCounts {
  readonly rows: number;
  readonly first: number;
  readonly second: number;
  readonly both: number;
}

/** Pearson's correlation of the two, -1..1; 0 when either is the same in all rows. */
export function phi({ rows, first, second, both }: YesCounts): number {
  const spread = Math.sqrt(first * (rows - first) * second * (rows - second));
  return spread === 0 ? 0 : (both * rows - first * second) / spread;
}
