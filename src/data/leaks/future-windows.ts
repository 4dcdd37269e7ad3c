import { type Column, columnOf } from "../../core/column.ts";
import { float64From, int32From } from "../../core/typed-from.ts";
import { ascendingOrder } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import { panelOf } from "../split/panel.ts";

/** The target along the time, one group after the other. */
export interface TargetSeries {
  /** Labelled frame rows. */
  readonly rows: Int32Array;
  /** Value, or place of the class. */
  readonly values: Float64Array;
  /** Place of the first and behind the last row of each row's group. */
  readonly first: Int32Array;
  readonly end: Int32Array;
}

const MOST_ROWS = 5_000;
const LEAST_ROWS = 100;
/** With many rows of one time there is no next row. */
const LEAST_DISTINCT = 0.9;
/** With more classes their numbers are no amounts. */
const MOST_CLASSES = 2;

/** null where the target is no amount, and as below. */
export function targetSeries(context: AuditContext): TargetSeries | null {
  return context.task.kind !== "regression" && context.task.classes.length > MOST_CLASSES ? null : seriesInTime(context);
}

/** Of any number of classes, by their places; null without a time, or when rows share their times. Once per audit. */
export function seriesInTime(context: AuditContext): TargetSeries | null {
  return context.shared("target series", () => {
    const { by, rows: inTime } = rowOrderOf(context);
    if (by === null) return null;
    const { roles, frame } = context;
    // Meters by days: next to a row in time stand those of the other meters.
    const unit = roles.group ?? panelOf(context, by)?.unit ?? null;
    const group = unit === null ? null : columnOf(frame, unit);
    // Rows without a group are no series of one thing.
    const ordered = group === null ? inTime : inTime.filter((row) => !Number.isNaN(valueAt(group, row)));
    const keys = group === null ? null : float64From(ordered, (row) => valueAt(group, row));
    // A stable sort: time stays the order within a group.
    const all = keys === null ? ordered : int32From(ascendingOrder(keys), (place) => ordered[place] ?? 0);
    return seriesOf(context, all, by, group);
  });
}

/**
 * Rows that stand one group after the other, each in the order of the time, as a series; the first few thousand. null of few rows, or where many share a time.
 * @param by the column of the time. @param group null: all rows are one.
 */
export function seriesOf({ frame, target }: AuditContext, ordered: Int32Array, by: string, group: Column | null): TargetSeries | null {
  const rows = ordered.subarray(0, MOST_ROWS);
  const time = columnOf(frame, by);
  const key = (row: number) => (group === null ? 0 : valueAt(group, row));
  const distinct = new Set(Array.from(rows, (row) => `${key(row)} ${valueAt(time, row)}`)).size;
  if (rows.length < LEAST_ROWS || distinct < LEAST_DISTINCT * rows.length) return null;
  const first = new Int32Array(rows.length);
  const end = new Int32Array(rows.length).fill(rows.length);
  for (let i = 1; i < rows.length; i++) first[i] = key(rows[i] ?? 0) === key(rows[i - 1] ?? 0) ? (first[i - 1] ?? 0) : i;
  for (let i = rows.length - 2; i >= 0; i--) end[i] = first[i + 1] === first[i] ? (end[i + 1] ?? 0) : i + 1;
  return { rows, values: float64From(rows, (row) => target[row] ?? Number.NaN), first, end };
}

/** Rows from `from` to `to` after a row: negative ones lie before it. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Windows that a column is compared with: single rows and means, of the past up to the row itself, and of the future. */
export const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 10, 12, 14, 15, 20, 21, 24, 28, 30];
const PAST: readonly Window[] = [
  { from: 0, to: 0 },
  ...LENGTHS.flatMap((n) => [
    { from: -n, to: -n },
    { from: -n, to: 0 },
    { from: -n, to: -1 },
  ]),
];
const FUTURE: readonly Window[] = LENGTHS.flatMap((n) => [
  { from: n, to: n },
  { from: 0, to: n },
  { from: 1, to: n },
  { from: -n, to: n },
]);

const LONGEST = 30;
/** Windows around another row than their own: where the target is the value of tomorrow, a mean around today is one around the row before. */
const SHIFTED: readonly Window[] = Array.from({ length: LONGEST }, (_, i) => i + 1).flatMap((before) =>
  Array.from({ length: LONGEST - before }, (_, i) => i + 1)
    .filter((after) => after !== before)
    .map((after) => ({ from: -before, to: after })),
);
/** What follows one of these follows a window around its own row, or of later rows, at least so much: no other column is compared with them. */
const NEARLY = 0.5;

/** How well the mean of the target over the best window of each kind gives a column: squared correlations. */
export interface WindowFit {
  readonly past: number;
  readonly future: number;
  readonly window: Window;
  /** Best single later row. */
  readonly single: number;
}

/** The means over a window, for each row of the series; NaN where it leaves the row's group. */
export interface Means {
  readonly window: Window;
  readonly values: Float64Array;
}

/** The means are made once per audit; a column is linear in rows x windows. */
export function windowFit(context: AuditContext, series: TargetSeries, cells: Float64Array): WindowFit {
  const [pasts, futures] = context.shared("target windows", () => [PAST, FUTURE].map((windows) => meansOver(series, windows))) as [
    Means[],
    Means[],
  ];
  const best = (means: readonly Means[]) => {
    let [fit, window]: [number, Window] = [0, means[0]?.window ?? { from: 0, to: 0 }];
    for (const one of means) {
      const own = squaredCorrelation(series, cells, one.values);
      if (own > fit) [fit, window] = [own, one.window];
    }
    return { fit, window };
  };
  const plain = best(futures);
  const shifted = plain.fit < NEARLY ? plain : best(context.shared("shifted target windows", () => meansOver(series, SHIFTED)));
  const future = shifted.fit > plain.fit ? shifted : plain;
  const [past, single] = [best(pasts), best(futures.filter(({ window: { from, to } }) => from === to))];
  return { past: past.fit, future: future.fit, window: future.window, single: single.fit };
}

/** The mean of the target over each window, for each row of the series. */
export function meansOver({ values, first, end }: TargetSeries, windows: readonly Window[]): Means[] {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0);
  return windows.map((window) => {
    const { from, to } = window;
    const isWithin = (i: number) => i + from >= (first[i] ?? 0) && i + to < (end[i] ?? 0);
    const mean = (i: number) => ((sums[i + to + 1] ?? 0) - (sums[i + from] ?? 0)) / (to - from + 1);
    return { window, values: values.map((_, i) => (isWithin(i) ? mean(i) : Number.NaN)) };
  });
}

const LEAST_COMPARED = 50;

/** Of a column with what was made of the target for each row of the series, where both are present; 0 of too few rows. */
export function squaredCorrelation({ rows }: TargetSeries, cells: Float64Array, made: Float64Array): number {
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < rows.length; i++) {
    const x = cells[rows[i] as number] as number;
    const y = made[i] as number;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n++;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  const [vx, vy] = [sxx - (sx * sx) / n, syy - (sy * sy) / n];
  if (n < LEAST_COMPARED || !(vx > 1e-12 * sxx) || !(vy > 1e-12 * syy)) return 0;
  return Math.min(1, (sxy - (sx * sy) / n) ** 2 / (vx * vy));
}
