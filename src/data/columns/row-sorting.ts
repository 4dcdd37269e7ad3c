import type { Column } from "../../core/column.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { valueAt } from "./column-facts.ts";
import { PERSISTENT_Z } from "./row-order.ts";

/** Share of steps against the direction. What grows in time wavers more often, unless it counts. */
const MOST_AGAINST = 0.002;

/** The same where equal values stand together: a file may be put together of sorted pieces, each of other values. What starts anew, as an hour does, comes back to its values. */
const MOST_AGAINST_IN_PIECES = 0.1;
const TOGETHER = 0.8;
const LEAST_REPEATED = 20;

/** A column by which rows are sorted changes at least so often: a few changes may fall in one direction by chance. */
const LEAST_STEPS = 20;

/** Share of a column's variance that one straight line through the rows explains, from which it counts or clocks them. Sorted normal values reach 0.955. */
const EVEN_PACE = 0.98;

/** Rows of one heap that may be a series of its own: fewer are told apart by what the file is sorted by. */
const LEAST_SERIES = 30;

/** Columns by which a file is sorted, one after the other. */
const MOST_SORTED_BY = 4;

/**
 * Columns by which the file stands sorted, the outermost first, when they explain why neighbours resemble each other: a file that was sorted by a price tells no
 * time. Null when none is one; when a column of time or one that grows at an even pace, as a clock or a counter, is the sorted one; or when most rows stand in series of
 * rows that are equal in all of these columns and resemble their neighbours, as the days of each shop do in a file sorted by shop. Once per audit.
 */
export function rowSortingOf(context: AuditContext): readonly string[] | null {
  return context.shared("row sorting", () => {
    const { rows: count, columns } = context.frame;
    const rows = int32Where(placesUpTo(count), (row) => !Number.isNaN(context.target[row]));
    let tied: Int32Array = Int32Array.from({ length: Math.max(0, rows.length - 1) }, (_, i) => i + 1);
    const by: string[] = [];
    while (by.length < MOST_SORTED_BY && tied.length > 0) {
      const sorted = columns
        .filter(({ name }) => name !== context.roles.target && !by.includes(name))
        .flatMap((column) => {
          const steps = stepsOf(column, rows, tied);
          return steps === null ? [] : [{ column, steps }];
        });
      if (by.length === 0 && sorted.some(({ column }) => tellsTime(column))) return null;
      const [finest] = sorted.filter(({ column }) => !isEven(column, rows) && !tellsTime(column)).sort((a, b) => b.steps - a.steps);
      if (finest === undefined) break;
      by.push(finest.column.name);
      tied = int32Where(tied, (i) => equalIn(finest.column, rows[i - 1] ?? 0, rows[i] ?? 0));
    }
    return by.length === 0 || isInSeries(context, rows, tied) ? null : by;
  });
}

/** Changes of the column over the pairs of neighbours, when nearly all go in one direction; else null. */
function stepsOf(column: Column, rows: Int32Array, pairs: Int32Array): number | null {
  let up = 0;
  let down = 0;
  const place = placesOf(column);
  for (const i of pairs) {
    const [a, b] = [place(rows[i - 1] ?? 0), place(rows[i] ?? 0)];
    if (b > a) up++;
    if (b < a) down++;
  }
  const steps = up + down;
  if (steps < LEAST_STEPS || Math.min(up, down) > MOST_AGAINST_IN_PIECES * steps) return null;
  return Math.min(up, down) <= MOST_AGAINST * steps || standsTogether(column, rows) ? steps : null;
}

/** Most rows whose value is not new follow a row of the same value. */
function standsTogether(column: Column, rows: Int32Array): boolean {
  const seen = new Set<number>();
  let repeated = 0;
  let following = 0;
  rows.forEach((row, i) => {
    const value = valueAt(column, row);
    if (seen.has(value)) {
      repeated++;
      following += Number(equalIn(column, rows[i - 1] ?? 0, row));
    }
    seen.add(value);
  });
  return repeated >= LEAST_REPEATED && following >= TOGETHER * repeated;
}

/** Numbers as they are, names by the alphabet. */
function placesOf(column: Column): (row: number) => number {
  if ("values" in column) return (row) => valueAt(column, row);
  const sorted = new Map([...column.levels].sort().map((level, place) => [level, place]));
  const places = column.levels.map((level) => sorted.get(level) ?? 0);
  return (row) => places[column.codes[row] ?? -1] ?? Number.NaN;
}

function equalIn(column: Column, a: number, b: number): boolean {
  const [x, y] = [valueAt(column, a), valueAt(column, b)];
  return x === y || (Number.isNaN(x) && Number.isNaN(y));
}

function tellsTime({ name, type }: Column): boolean {
  return type === "date" || meaningOf(name).time;
}

/** Squared correlation of the value with the place of its row. */
function isEven(column: Column, rows: Int32Array): boolean {
  if (!("values" in column)) return false;
  const points = Array.from(rows, (row, place) => ({ place, value: valueAt(column, row) })).filter(({ value }) => !Number.isNaN(value));
  const middle = (of: (point: (typeof points)[number]) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [middle(({ place }) => place), middle(({ value }) => value)];
  const about = (of: (point: (typeof points)[number]) => number) => points.reduce((sum, point) => sum + of(point), 0);
  const xy = about(({ place, value }) => (place - x) * (value - y));
  return xy ** 2 >= EVEN_PACE * about(({ place }) => (place - x) ** 2) * about(({ value }) => (value - y) ** 2);
}

/**
 * Whether half of the rows or more stand in long heaps of rows that are equal in all columns of the order, and resemble their neighbours there beyond all orders of
 * the rows of one heap. Classes: equal or not; numbers: product of the ranks' distances from the heap's mean. Pairs are taken as independent.
 */
function isInSeries(context: AuditContext, rows: Int32Array, tied: Int32Array): boolean {
  const raw = float64From(rows, (row) => context.target[row] ?? Number.NaN);
  const numbers = context.task.kind === "regression";
  const labels = numbers ? ranks(raw) : raw;
  let above = 0;
  let variance = 0;
  let inSeries = 0;
  for (let i = 0; i < tied.length; ) {
    const first = i;
    while (i + 1 < tied.length && tied[i + 1] === (tied[i] ?? 0) + 1) i++;
    i++;
    const heap = labels.subarray((tied[first] ?? 1) - 1, (tied[i - 1] ?? 0) + 1);
    if (heap.length < LEAST_SERIES) continue;
    const found = numbers ? productsIn(heap) : agreementsIn(heap);
    inSeries += heap.length;
    above += found.above;
    variance += found.variance;
  }
  return inSeries >= rows.length / 2 && variance > 0 && above / Math.sqrt(variance) > PERSISTENT_Z;
}

interface Excess {
  /** Sum over neighbours, less its mean over all orders of the heap. */
  readonly above: number;
  readonly variance: number;
}

function agreementsIn(heap: Float64Array): Excess {
  const counts = new Map<number, number>();
  let equal = 0;
  heap.forEach((label, i) => {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    if (i > 0 && label === heap[i - 1]) equal++;
  });
  const share = [...counts.values()].reduce((sum, count) => sum + count * (count - 1), 0) / (heap.length * (heap.length - 1));
  return { above: equal - (heap.length - 1) * share, variance: (heap.length - 1) * share * (1 - share) };
}

function productsIn(heap: Float64Array): Excess {
  const middle = heap.reduce((sum, label) => sum + label, 0) / heap.length;
  const squares = heap.reduce((sum, label) => sum + (label - middle) ** 2, 0) / heap.length;
  let products = 0;
  for (let i = 1; i < heap.length; i++) products += ((heap[i] ?? 0) - middle) * ((heap[i - 1] ?? 0) - middle);
  return { above: products + squares, variance: (heap.length - 1) * squares ** 2 };
}
