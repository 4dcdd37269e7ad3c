import type { Column } from "../../core/column.ts";
import { placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { binColumn, binInOrder, type ColumnBins } from "./column-bins.ts";
import { areKept, valueOrder } from "./value-order.ts";

export type NumberColumn = Extract<Column, { values: Float64Array }>;
export type LevelColumn = Extract<Column, { codes: Int32Array }>;

/** Different values of a number or date column, ascending, with the rows that hold each. */
export interface ValueCounts {
  readonly values: Float64Array;
  readonly counts: Int32Array;
  /** Rows that hold this value or a smaller one. */
  readonly upTo: Int32Array;
  readonly present: number;
}

/** Counted once per column and audit. */
export function valueCounts(context: AuditContext, column: NumberColumn): ValueCounts {
  return context.shared(`value-counts:${column.name}`, () =>
    areKept(context) ? countSorted(inOrder(column.values, valueOrder(context, column))) : countValues(column.values),
  );
}

export function countValues(cells: Float64Array): ValueCounts {
  return countSorted(presentOf(cells).sort());
}

function inOrder(values: Float64Array, order: Int32Array): Float64Array {
  const sorted = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[i] = (values[order[i] as number] as number) + 0;
  return sorted;
}

/** `sorted` is used up. */
function countSorted(sorted: Float64Array): ValueCounts {
  const counts = new Int32Array(sorted.length);
  const distinct = countRuns(sorted, counts);
  const upTo = counts.slice(0, distinct);
  addUp(upTo);
  return { values: sorted.slice(0, distinct), counts: counts.slice(0, distinct), upTo, present: sorted.length };
}

/** The different values come to the front; how many these are. */
function countRuns(sorted: Float64Array, counts: Int32Array): number {
  let distinct = 0;
  let before = Number.NaN;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] as number;
    if (value !== before) sorted[distinct++] = before = value;
    counts[distinct - 1] = (counts[distinct - 1] as number) + 1;
  }
  return distinct;
}

function addUp(counts: Int32Array): void {
  for (let i = 1; i < counts.length; i++) counts[i] = (counts[i] as number) + (counts[i - 1] as number);
}

function presentOf(cells: Float64Array): Float64Array {
  const values = new Float64Array(cells.length);
  let present = 0;
  for (let row = 0; row < cells.length; row++) {
    const value = cells[row] ?? Number.NaN;
    if (!Number.isNaN(value)) values[present++] = value;
  }
  return values.subarray(0, present);
}

/** With further rows whose values all lie beyond the counted ones, ascending. `present` stays. */
export function withBeyond(counts: ValueCounts, beyond: readonly number[]): ValueCounts {
  const first = counts.values[0] ?? Number.POSITIVE_INFINITY;
  const [low, high] = [beyond.filter((value) => value < first), beyond.filter((value) => value >= first)].map((side) =>
    countValues(Float64Array.from(side)),
  );
  const parts = [low, counts, high].flatMap((part) => part ?? []);
  const distinct = parts.reduce((sum, part) => sum + part.values.length, 0);
  const [values, rows] = [new Float64Array(distinct), new Int32Array(distinct)];
  let filled = 0;
  for (const part of parts) {
    values.set(part.values, filled);
    rows.set(part.counts, filled);
    filled += part.values.length;
  }
  const upTo = rows.slice();
  addUp(upTo);
  return { values, counts: rows, upTo, present: counts.present };
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

/** Bins of a column of the frame on all of its rows, made once per audit. */
export function binsOfAll(context: AuditContext, column: Column): ColumnBins {
  return context.shared(`bins:${column.name}`, () =>
    "values" in column && areKept(context) ? binInOrder(column.values, valueOrder(context, column)) : binColumn(column, allRows(context)),
  );
}

export function allRows(context: AuditContext): Int32Array {
  return context.shared("all rows", () => placesUpTo(context.frame.rows));
}

/** Value of rank `share` (0..1), counted over the rows of the values [from, to). */
export function rowQuantile({ values, upTo }: ValueCounts, from: number, to: number, share: number): number {
  const before = from === 0 ? 0 : (upTo[from - 1] ?? 0);
  const wanted = before + share * ((upTo[to - 1] ?? 0) - before);
  let [low, high] = [from, to - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) >= wanted) high = middle;
    else low = middle + 1;
  }
  return values[low] ?? Number.NaN;
}

/** Place of the value with the most rows; the first of several. */
export function mostFrequentPlace({ counts }: Pick<ValueCounts, "counts">): number {
  return counts.reduce((best, count, at) => (count > (counts[best] ?? 0) ? at : best), 0);
}
