import { float64From } from "../../core/typed-from.ts";
import { ascendingOrder, wilson } from "../../stats/index.ts";

/** The end of a column's numbers that one class has alone, although the numbers beside it hardly tell that class. */
export interface PureTail {
  /** The first value of the tail, and whether it goes up from there. */
  readonly from: number;
  readonly up: boolean;
  readonly label: number;
  readonly rows: number;
  /** Share of the class in as many rows beside the tail. */
  readonly beside: number;
  /** The one value of all rows beside the tail; null where they have several. */
  readonly besideValue: number | null;
  /** Chance that the tail has one class alone if the class goes on to rise as it does elsewhere, for all ends that were looked at. */
  readonly p: number;
}

const LEAST_ROWS = 20;
/** Of the column, and of the tail: of fewer the single value speaks. */
const [LEAST_VALUES, LEAST_TAIL_VALUES] = [20, 5];
/** Share of all rows that the tail holds. */
const LEAST_SHARE = 0.03;
/** Blocks of as many rows beside it from which the course of the class is known. */
const [LEAST_BLOCKS, MOST_BLOCKS] = [4, 20];
/** The course may become so many times as steep. */
const STEEPER = 2;

/**
 * Looks at both ends of the numbers for each class. What a cause does goes on from its neighbours: from the log odds of the class in blocks of as many rows as the tail has, the tail's are at most those of the block
 * beside it (upper 99 % limit by Wilson) and twice the largest step of the course, or as many values further on by its slope (least squares and two standard errors). p is the chance that all rows of the tail have the class then, times the ends that were looked at
 * (Bonferroni). Null when no end has the share, is pure, and is that unlikely.
 * @param cells of all rows. @param target class of each, 0 to classes - 1. @param rows the labelled ones to look at.
 */
export function pureTail(cells: Float64Array, target: Float64Array, rows: Int32Array, classes: number): PureTail | null {
  const ends = ([1, -1] as const).map((sign) => pureEnd(cells, target, rows, classes, sign));
  const least = Math.max(LEAST_ROWS, LEAST_SHARE * rows.length);
  if (!ends.some((end) => end.rows >= least)) return null;
  const held = rows.filter((row) => Number.isFinite(cells[row]));
  const [values, labels] = [cells, target].map((all) => float64From(held, (row) => all[row] ?? Number.NaN)) as [Float64Array, Float64Array];
  if (new Set(values).size < LEAST_VALUES) return null;
  const order = ascendingOrder(values);
  const found = ends.flatMap(({ label, rows: count }, side) => {
    if (count < least) return [];
    const up = side === 0;
    const places = up ? order : order.toReversed();
    const tail = places.subarray(places.length - count);
    if (new Set(Array.from(tail, (place) => values[place])).size < LEAST_TAIL_VALUES) return [];
    const p = tailP(places, values, labels, label, count) * 2 * classes;
    if (p >= 1) return [];
    const from = values[tail[0] ?? 0] ?? Number.NaN;
    const start = places.length - 2 * count;
    const near = new Set(Array.from(places.subarray(start, start + count), (place) => values[place] ?? Number.NaN));
    const [besideValue = null] = near.size === 1 ? near : [];
    return [{ from, up, label, rows: count, beside: shareIn(places, labels, label, start, count), besideValue, p }];
  });
  return found.toSorted((a, b) => a.p - b.p)[0] ?? null;
}

/** The class that reaches farthest on a side, and its rows beyond all others. */
function pureEnd(
  cells: Float64Array,
  target: Float64Array,
  rows: Int32Array,
  classes: number,
  sign: 1 | -1,
): { label: number; rows: number } {
  const farthest = farthestOf(cells, target, rows, classes, sign);
  let [label, second] = [0, Number.NEGATIVE_INFINITY];
  for (let one = 1; one < classes; one++) {
    if ((farthest[one] as number) > (farthest[label] as number)) [label, second] = [one, farthest[label] as number];
    else second = Math.max(second, farthest[one] as number);
  }
  return { label, rows: second === Number.NEGATIVE_INFINITY ? 0 : rowsBeyond(cells, rows, sign, second) };
}

function farthestOf(cells: Float64Array, target: Float64Array, rows: Int32Array, classes: number, sign: 1 | -1): Float64Array {
  const farthest = new Float64Array(classes).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const value = sign * (cells[row] as number);
    const label = target[row] as number;
    if (value > (farthest[label] as number) && value < Number.POSITIVE_INFINITY) farthest[label] = value;
  }
  return farthest;
}

function rowsBeyond(cells: Float64Array, rows: Int32Array, sign: 1 | -1, limit: number): number {
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = sign * (cells[rows[i] as number] as number);
    if (value > limit && value < Number.POSITIVE_INFINITY) count++;
  }
  return count;
}

/** `places`: from the other end to this one. */
function tailP(places: Int32Array, values: Float64Array, labels: Float64Array, label: number, rows: number): number {
  const blocks = Math.min(MOST_BLOCKS, Math.floor(places.length / rows) - 1);
  if (blocks < LEAST_BLOCKS) return 1;
  const course = Array.from({ length: blocks }, (_, block) => {
    const start = places.length - (block + 2) * rows;
    const share = shareIn(places, labels, label, start, rows);
    return { odds: Math.log((share * rows + 0.5) / ((1 - share) * rows + 0.5)), at: meanIn(places, values, start, rows), share };
  });
  const [beside] = course;
  if (beside === undefined) return 1;
  const step = Math.max(...course.slice(1).map(({ odds }, i) => (course[i]?.odds ?? 0) - odds), 0);
  const ahead = meanIn(places, values, places.length - rows, rows) - beside.at;
  const near = course.slice(0, Math.max(LEAST_BLOCKS, Math.ceil(blocks / 2)));
  const byValue = Math.max(...[course, near].map((some) => steepest(some, Math.sign(ahead)) * Math.abs(ahead)));
  const high = wilson(Math.round(beside.share * rows), rows, 0.99).high;
  const rise = Math.max(STEEPER * step, byValue);
  const odds = Math.log(high / Math.max(1e-9, 1 - high)) + rise;
  return (1 / (1 + Math.exp(-odds))) ** rows;
}

/** Rise of the odds for a step of the value towards the tail: the slope of least squares and twice its standard error. */
function steepest(course: readonly { readonly odds: number; readonly at: number }[], towards: number): number {
  const mean = (of: (one: { readonly odds: number; readonly at: number }) => number) =>
    course.reduce((sum, one) => sum + of(one), 0) / course.length;
  const [odds, at] = [mean((one) => one.odds), mean((one) => one.at)];
  const spread = mean((one) => (one.at - at) ** 2);
  if (spread === 0) return 0;
  const slope = mean((one) => (one.at - at) * (one.odds - odds)) / spread;
  const left = mean((one) => (one.odds - odds - slope * (one.at - at)) ** 2);
  return Math.max(0, towards * slope) + 2 * Math.sqrt(left / spread / Math.max(1, course.length - 2));
}

function shareIn(places: Int32Array, labels: Float64Array, label: number, start: number, rows: number): number {
  let own = 0;
  for (let i = start; i < start + rows; i++) own += Number(labels[places[i] ?? 0] === label);
  return own / rows;
}

function meanIn(places: Int32Array, values: Float64Array, start: number, rows: number): number {
  let sum = 0;
  for (let i = start; i < start + rows; i++) sum += values[places[i] ?? 0] ?? 0;
  return sum / rows;
}
