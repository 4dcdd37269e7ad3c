import type { Column } from "../../core/column.ts";
import { columnOf } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { textAt, valueAt } from "../columns/column-facts.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import type { TargetSeries } from "./future-windows.ts";

/** A column that is the target of a later row of the same thing. */
export interface LaterCopy {
  /** Rows ahead. */
  readonly ahead: number;
  /** Share of the pairs of rows, of those in which not both have the most frequent value, that are equal; and the same of the row itself or one before it. */
  readonly share: number;
  readonly past: number;
  readonly rows: number;
  /** The target changes so seldom that a row before would pass as a copy too: what was announced is equal as well. */
  readonly isSeldom: boolean;
}

/** Steps that are looked at, ahead and back. */
const STEPS = [1, 2, 3];
/** The others are faults of either column: a limit, an hour without answer. */
const LEAST_SHARE = 0.8;
/** How little of what the past leaves open may be left. */
const LEFT_OVER = 0.2;
/** Rows that are equal to the later one, more than to the row itself or one before it: by chance none. */
const LEAST_MORE = 20;
/** Pairs after which a column of which hardly any is equal is given up. */
const FIRST_PAIRS = 200;

/** null where none of the next rows is copied, or the target moves too little to say which. Linear in rows. */
export function laterCopy(context: AuditContext, series: TargetSeries, column: Column): LaterCopy | null {
  const moments = context.shared("moments of the target", () => momentsOf(context, series));
  const cells = cellsOf(context, series, column);
  if (cells === null) return null;
  const usual = context.shared("usual target", () => mostFrequent(series.values));
  const compare = (step: number, most: number) => sharedWith(series, { moments, cells, usual }, step, most);
  const isHopeless = STEPS.every((step) => {
    const { equal, pairs } = compare(step, FIRST_PAIRS);
    return equal < (LEAST_SHARE / 2) * pairs;
  });
  if (isHopeless) return null;
  const past = Math.max(...[0, ...STEPS].map((step) => shareOf(compare(-step, series.rows.length))));
  const found = STEPS.map((ahead) => ({ ahead, ...compare(ahead, series.rows.length) })).reduce((best, one) =>
    shareOf(one) > shareOf(best) ? one : best,
  );
  const share = shareOf(found);
  if (share < LEAST_SHARE || 1 - share > LEFT_OVER * (1 - past) || (share - past) * found.pairs < LEAST_MORE) return null;
  return { ahead: found.ahead, share, past, rows: found.pairs, isSeldom: past >= LEAST_SHARE };
}

/** The series by its moments. */
interface Moments {
  /** Places of the series; a moment that comes twice counts once. */
  readonly places: Int32Array;
  readonly times: Float64Array;
  /** From one moment to the next; null: any time, the next row is the next moment. */
  readonly step: number | null;
}

/** Share of the neighbours that are so far apart where the moments are regular: there a row that is left out is no step. */
const REGULAR = 0.5;

function momentsOf(context: AuditContext, { rows, first }: TargetSeries): Moments {
  const { by } = rowOrderOf(context);
  const time = by === null ? null : columnOf(context.frame, by);
  const at = (i: number) => (time === null ? i : valueAt(time, rows[i] ?? 0));
  const all = Array.from(rows.keys());
  const places = Int32Array.from(all.filter((i) => i === 0 || first[i] !== first[i - 1] || at(i) !== at(i - 1)));
  const times = Float64Array.from(places, at);
  const [gaps, neighbours] = [new Map<number, number>(), { count: 0 }];
  for (let p = 1; p < places.length; p++) {
    if (first[places[p] ?? 0] !== first[places[p - 1] ?? 0]) continue;
    const gap = (times[p] ?? 0) - (times[p - 1] ?? 0);
    gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
    neighbours.count++;
  }
  const [step, often] = [...gaps].reduce((top, one) => (one[1] > top[1] ? one : top), [Number.NaN, 0]);
  // In a sample the next row is seldom the next of the table.
  return { places, times, step: often >= REGULAR * neighbours.count || context.frame.rowNumbers !== null ? step : null };
}

/** The column as the target is kept: numbers, or which of the classes a cell names; null where it holds no such values. */
function cellsOf({ task }: AuditContext, { rows }: TargetSeries, column: Column): Float64Array | null {
  if (task.kind === "regression") return column.type === "number" ? Float64Array.from(rows, (row) => valueAt(column, row)) : null;
  if (column.type === "date") return null;
  const classes = new Map(task.classes.map((text, index) => [text, index]));
  return Float64Array.from(rows, (row) => classes.get(textAt(column, row) ?? "") ?? Number.NaN);
}

function mostFrequent(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), [Number.NaN, 0])[0];
}

interface Compared {
  readonly moments: Moments;
  readonly cells: Float64Array;
  readonly usual: number;
}

interface Equal {
  readonly equal: number;
  readonly pairs: number;
}

/** Cells beside the target so many moments ahead, of the same thing. What both have most often says nothing. */
function sharedWith({ values, first }: TargetSeries, { moments, cells, usual }: Compared, steps: number, most: number): Equal {
  let [equal, pairs] = [0, 0];
  for (let p = 0; p < moments.places.length && pairs < most; p++) {
    const [i, j] = [moments.places[p] as number, placeAt(moments, p, steps)];
    const [cell, value] = [cells[i] as number, values[j] as number];
    if (j < 0 || first[i] !== first[j] || Number.isNaN(cell) || (cell === usual && value === usual)) continue;
    pairs++;
    if (cell === value) equal++;
  }
  return { equal, pairs };
}

/** -1 where there is none. */
function placeAt({ places, times, step }: Moments, p: number, steps: number): number {
  if (step === null || steps === 0) return places[p + steps] ?? -1;
  const wanted = (times[p] ?? 0) + steps * step;
  const direction = Math.sign(steps);
  for (let q = p + direction; q !== p + steps + direction; q += direction) if (times[q] === wanted) return places[q] ?? -1;
  return -1;
}

function shareOf({ equal, pairs }: Equal): number {
  return pairs === 0 ? 0 : equal / pairs;
}
