import type { Column } from "../core/column.ts";
import type { AuditContext } from "./check.ts";

export type NumberColumn = Extract<Column, { values: Float64Array }>;
export type LevelColumn = Extract<Column, { codes: Int32Array }>;

/** Different values of a number or date column, ascending, with the rows that hold each. */
export interface ValueCounts {
  readonly values: Float64Array;
  readonly counts: Int32Array;
  readonly present: number;
}

/** Counted once per column and audit. */
export function valueCounts(context: AuditContext, column: NumberColumn): ValueCounts {
  return context.shared(`value-counts:${column.name}`, () => countValues(column.values));
}

export function countValues(cells: Float64Array): ValueCounts {
  const sorted = cells.filter((value) => !Number.isNaN(value)).sort();
  const counts = new Int32Array(sorted.length);
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] ?? 0;
    if (distinct === 0 || value !== sorted[distinct - 1]) sorted[distinct++] = value;
    counts[distinct - 1] = (counts[distinct - 1] ?? 0) + 1;
  }
  return { values: sorted.slice(0, distinct), counts: counts.slice(0, distinct), present: sorted.length };
}

/** Rows per code; codes without rows have 0. */
export function levelCounts(context: AuditContext, column: LevelColumn): Int32Array {
  return context.shared(`level-counts:${column.name}`, () => countCodes(column.codes, column.levels.length));
}

export function countCodes(codes: Int32Array, levels: number): Int32Array {
  const counts = new Int32Array(levels);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** Value of rank `share` (0..1) counted over rows, from counts that may leave out some values. */
export function weightedQuantile(values: Float64Array, counts: Int32Array, from: number, to: number, share: number): number {
  let total = 0;
  for (let i = from; i < to; i++) total += counts[i] ?? 0;
  let seen = 0;
  for (let i = from; i < to; i++) {
    seen += counts[i] ?? 0;
    if (seen >= share * total) return values[i] ?? Number.NaN;
  }
  return values[to - 1] ?? Number.NaN;
}
