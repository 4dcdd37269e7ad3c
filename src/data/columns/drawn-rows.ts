import type { Random } from "../../core/random.ts";

/** So many of the rows, one drawn by chance from each of as many stretches: every k-th row of a table in turns would be one of its hours. All of them where there are no more. In their order. */
export function drawnRows(rows: ArrayLike<number>, count: number, random: Random): Int32Array {
  if (rows.length <= count) return Int32Array.from(rows);
  const start = (stretch: number) => Math.floor((stretch * rows.length) / count);
  return Int32Array.from({ length: count }, (_, i) => rows[start(i) + random.integer(start(i + 1) - start(i))] ?? 0);
}
