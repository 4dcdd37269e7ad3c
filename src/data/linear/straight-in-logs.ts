import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, rowQuantile, valueCounts } from "../columns/counts.ts";
import { zThreshold } from "../signal/associations.ts";
import { LEAST_DISTINCT, linearColumns } from "./number-shapes.ts";

/** A column whose logarithm stands on a straight line with the target, while it does not itself. */
export interface StraightInLogs {
  readonly column: string;
  /** Share of the target's variance that a straight line tells, of the values and of their logarithms. */
  readonly raw: number;
  readonly inLogs: number;
  /** Of the mean difference of the squared residuals (paired over rows). */
  readonly z: number;
}

const LEAST_ROWS = 50;
/** How many times the median the largest value is. */
const REACH = 10;
/** What the logarithm must tell more: of all the variance, and times what the values tell. */
const [LEAST_GAIN, TIMES] = [0.05, 1.5];
/** Of the positive values a hundredth is below the unit of the logarithm. */
const UNIT_AT = 0.01;

/**
 * Two straight lines, y on x and y on log(1 + x / unit), of two weights each, so their squared residuals compare without a penalty; z is the mean of their differences over its standard
 * error, which the few largest rows widen. Corrected for all columns. Amounts from 0 on that reach ten times their median. A target of two classes is 0 and 1; of more none.
 */
export function straightInLogs(context: AuditContext): readonly StraightInLogs[] {
  const { task, target } = context;
  if (task.kind === "multiclass") return [];
  const columns = linearColumns(context).filter((column) => reachesFar(context, column));
  const least = zThreshold(Math.max(1, columns.length));
  return columns
    .flatMap((column) => linesOf(context, column, target) ?? [])
    .filter(({ raw, inLogs, z }) => inLogs - raw >= LEAST_GAIN && inLogs >= TIMES * raw && z > least)
    .sort((a, b) => b.inLogs - b.raw - (a.inLogs - a.raw) || (a.column < b.column ? -1 : 1));
}

function reachesFar(context: AuditContext, column: NumberColumn): boolean {
  const counts = valueCounts(context, column);
  const { values } = counts;
  const median = rowQuantile(counts, 0, values.length, 0.5);
  return values.length >= LEAST_DISTINCT && (values[0] ?? -1) >= 0 && median > 0 && (values.at(-1) ?? 0) >= REACH * median;
}

function linesOf(context: AuditContext, column: NumberColumn, target: Float64Array): StraightInLogs | null {
  const counts = valueCounts(context, column);
  const positive = counts.values.findIndex((value) => value > 0);
  const unit = rowQuantile(counts, positive, counts.values.length, UNIT_AT);
  const rows = int32Where(
    placesUpTo(target.length),
    (row) => !Number.isNaN(target[row] as number) && !Number.isNaN(column.values[row] as number),
  );
  if (rows.length < LEAST_ROWS) return null;
  const y = float64From(rows, (row) => target[row] as number);
  const x = float64From(rows, (row) => column.values[row] as number);
  const all = residuals(new Float64Array(y.length), y);
  const [own, logs] = [
    residuals(x, y),
    residuals(
      float64From(x, (value) => Math.log1p(value / unit)),
      y,
    ),
  ];
  if (!(sum(all) > 0)) return null;
  const apart = float64From(own, (square, i) => square - (logs[i] as number));
  const mean = sum(apart) / apart.length;
  const deviation = Math.sqrt(sum(float64From(apart, (value) => (value - mean) ** 2)) / (apart.length - 1));
  const [raw, inLogs] = [1 - sum(own) / sum(all), 1 - sum(logs) / sum(all)];
  return { column: column.name, raw, inLogs, z: deviation > 0 ? (mean / deviation) * Math.sqrt(apart.length) : 0 };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
}

/** Squared, of the least squares line of y on x. */
function residuals(x: Float64Array, y: Float64Array): Float64Array {
  const n = y.length;
  let [meanX, meanY, xx, xy] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    meanX += (x[i] as number) / n;
    meanY += (y[i] as number) / n;
  }
  for (let i = 0; i < n; i++) {
    const away = (x[i] as number) - meanX;
    xx += away * away;
    xy += away * ((y[i] as number) - meanY);
  }
  const slope = xx > 0 ? xy / xx : 0;
  return float64From(y, (value, i) => (value - meanY - slope * ((x[i] as number) - meanX)) ** 2);
}
