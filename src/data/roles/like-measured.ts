import type { Column } from "../../core/column.ts";
import { pearson, quantileOfSorted, ranks, sortedCopy } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { isCalledTime } from "../meaning/unix-times.ts";

/** Rows that are looked at, spread over the frame. */
const MOST_ROWS = 4000;
/** Fewer show no heap. */
const LEAST_ROWS = 100;
/** z of a rank correlation: beyond chance in some hundred columns, and by which the numbers follow the order of the rows. */
const [RELATED, ORDERED] = [6, 4];
/** Bins between the outer hundredths; how much more than the mean of all the fullest holds, and how little the emptier end. Of numbers that were given one by one, all hold as many. */
const [BINS, PEAK, END] = [12, 1.5, 0.5];
/** Standard deviations of a count by which a bin may rise again on its way down. */
const CHANCE = 4;

/** What speaks for it that long whole numbers were measured rather than given. */
export interface LikeMeasured {
  /** They lie in one heap that thins out, where given numbers fill their range evenly or in blocks. */
  readonly heaped: boolean;
  /** Another number of the row goes with them, and their order is not that of the rows. */
  readonly related: boolean;
}

/** values: one per frame row, NaN = missing. */
export function likeMeasured(context: AuditContext, name: string, values: Float64Array): LikeMeasured {
  return context.shared(`like measured: ${name}`, () => {
    const rows = drawn(values);
    const own = rows.map((row) => values[row] ?? Number.NaN);
    const ordered = Math.abs(zOfRanks(own, Float64Array.from(rows))) >= ORDERED;
    const others = context.frame.columns.filter((column) => isOther(context, column, name));
    return {
      heaped: !ordered && isHeap(own),
      related: !ordered && others.some((column) => "values" in column && isRelated(own, rows, column.values)),
    };
  });
}

function isRelated(own: Float64Array, rows: Float64Array, other: Float64Array): boolean {
  return (
    Math.abs(
      zOfRanks(
        own,
        rows.map((row) => other[row] ?? Number.NaN),
      ),
    ) >= RELATED
  );
}

/** A time is no such witness: numbers that are given one after the other grow with it. */
function isOther({ roles }: AuditContext, column: Column, name: string): boolean {
  if (column.type !== "number" || column.name === name || column.name === roles.time || isCalledTime(column.name)) return false;
  return column.name === roles.target || roles.features.includes(column.name);
}

function drawn(values: Float64Array): Float64Array {
  const step = Math.max(1, Math.floor(values.length / MOST_ROWS));
  return Float64Array.from({ length: Math.floor(values.length / step) }, (_, place) => place * step).filter(
    (row) => !Number.isNaN(values[row] ?? Number.NaN),
  );
}

/** Rank correlation in its standard errors, over the rows in which both are known; 0 where they are too few, or one of them does not vary. */
function zOfRanks(a: Float64Array, b: Float64Array): number {
  const known = (_: number, row: number) => !Number.isNaN(a[row] ?? Number.NaN) && !Number.isNaN(b[row] ?? Number.NaN);
  const [left, right] = [a.filter(known), b.filter(known)];
  if (left.length < LEAST_ROWS) return 0;
  const r = pearson(ranks(left), ranks(right));
  return Number.isNaN(r) ? 0 : r * Math.sqrt(left.length - 1);
}

/** Between the outer hundredths the bins rise to one of them and fall again, or fall from the first: no block of numbers stands apart. */
function isHeap(values: Float64Array): boolean {
  if (values.length < LEAST_ROWS) return false;
  const sorted = sortedCopy(values);
  const [low, high] = [quantileOfSorted(sorted, 0.01), quantileOfSorted(sorted, 0.99)];
  if (!(high > low)) return false;
  const bins = new Float64Array(BINS);
  for (const value of sorted) {
    if (value < low || value > high) continue;
    const bin = Math.min(BINS - 1, Math.floor(((value - low) / (high - low)) * BINS));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const most = Math.max(...bins);
  const [peak, all] = [bins.indexOf(most), bins.reduce((sum, count) => sum + count, 0)];
  const thins = most >= (PEAK * all) / BINS && Math.min(bins[0] ?? 0, bins[BINS - 1] ?? 0) <= (END * all) / BINS;
  return thins && falls(bins.slice(peak)) && falls(bins.slice(0, peak + 1).reverse());
}

function falls(bins: Float64Array): boolean {
  let least = Number.POSITIVE_INFINITY;
  for (const count of bins) {
    if (count > least + CHANCE * Math.sqrt(least + count + 1)) return false;
    least = Math.min(least, count);
  }
  return true;
}
