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
/** Other columns that are looked at, by name: the order of the file decides nothing. */
const MOST_OTHERS = 50;
/** Rank correlation from which a number follows another one by one, as keys that are given in order follow the age of what they name. */
const FOLLOWS = 0.9;

/** What speaks for it that long whole numbers were measured rather than given. */
export interface LikeMeasured {
  /** They lie in one heap that thins out to both sides, where given numbers fill their range evenly, in blocks, or the denser the later. */
  readonly heaped: boolean;
  /** Another number of the row goes with them; their order is neither that of the rows nor that of another column. */
  readonly related: boolean;
}

/** values: one per frame row, NaN = missing. */
export function likeMeasured(context: AuditContext, name: string, values: Float64Array): LikeMeasured {
  return context.shared(`like measured: ${name}`, () => {
    const own = drawnRanks(context, name, values);
    const places = own.map((_, row) => row);
    const ordered = correlationOf(own, places).z >= ORDERED;
    return { heaped: !ordered && isHeap(drawn(values)), related: !ordered && isRelated(context, name, own) };
  });
}

/** A time is no witness of a measurement: numbers that are given one after the other grow with it. */
function isRelated(context: AuditContext, name: string, own: Float64Array): boolean {
  let related = false;
  for (const column of othersOf(context, name)) {
    const { r, z } = correlationOf(own, drawnRanks(context, column.name, column.values));
    if (r >= FOLLOWS) return false;
    related ||= z >= RELATED && !isTime(context, column);
  }
  return related;
}

function othersOf({ frame, roles }: AuditContext, name: string): readonly (Column & { readonly values: Float64Array })[] {
  const used = new Set([...roles.features, roles.target, roles.time]);
  const others = frame.columns.flatMap((column) => ("values" in column && column.name !== name && used.has(column.name) ? [column] : []));
  return others.sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, MOST_OTHERS);
}

function isTime({ roles }: AuditContext, { name, type }: Column): boolean {
  return type === "date" || name === roles.time || isCalledTime(name);
}

/** Rows of the frame in even steps. */
function drawn(values: Float64Array): Float64Array {
  const step = Math.max(1, Math.floor(values.length / MOST_ROWS));
  return Float64Array.from({ length: Math.floor(values.length / step) }, (_, place) => values[place * step] ?? Number.NaN);
}

/** Ranks of a column in the drawn rows, made once; NaN = missing. */
function drawnRanks(context: AuditContext, name: string, values: Float64Array): Float64Array {
  return context.shared(`ranks of drawn rows: ${name}`, () => {
    const all = drawn(values);
    const known = ranks(all.filter((value) => !Number.isNaN(value)));
    let next = 0;
    return all.map((value) => (Number.isNaN(value) ? value : (known[next++] ?? Number.NaN)));
  });
}

/** Correlation of ranks over the rows in which both are known, and how many standard errors it is; 0 where they are too few, or one of them does not vary. */
function correlationOf(a: Float64Array, b: Float64Array): { r: number; z: number } {
  // One loop: a filter of typed arrays takes several times as long, and all pairs of columns come here.
  const [left, right] = [new Float64Array(a.length), new Float64Array(a.length)];
  let both = 0;
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row] ?? Number.NaN, b[row] ?? Number.NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    left[both] = x;
    right[both++] = y;
  }
  const r = both < LEAST_ROWS ? Number.NaN : Math.abs(pearson(left.subarray(0, both), right.subarray(0, both)));
  return Number.isNaN(r) ? { r: 0, z: 0 } : { r, z: r * Math.sqrt(both - 1) };
}

/** Between the outer hundredths the bins rise to one of them and fall again: no block of numbers stands apart. With a peak at an end they may be keys of a firm that grows. */
function isHeap(values: Float64Array): boolean {
  const sorted = sortedCopy(values.filter((value) => !Number.isNaN(value)));
  if (sorted.length < LEAST_ROWS) return false;
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
  if (peak === 0 || peak === BINS - 1) return false;
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
