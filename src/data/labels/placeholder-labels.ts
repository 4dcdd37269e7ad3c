import type { Frame } from "../../core/column.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { pearson, quantile, ranks } from "../../stats/index.ts";
import { rowQuantile, type ValueCounts } from "../columns/counts.ts";
import { lastDecimal } from "../columns/written-decimals.ts";

/** A value that comes back, apart from all others but a few strays, with what lies still farther out. */
export interface PlaceholderLabel {
  readonly values: readonly number[];
  readonly rows: number;
  /** Smallest and largest of the others, strays left out. */
  readonly low: number;
  readonly high: number;
  readonly evidence: Readonly<Record<string, number>>;
}

/** Outermost values that are looked at, and strays among them (a listing that was posted again a little cheaper) for each row of the placeholder. */
const [LOOKED_AT, MOST_STRAYS] = [10, 0.1];
/** Rows of it, times those of the values next to it, and different values of the others. */
const [LEAST_ROWS, TIMES_USUAL, LEAST_OTHERS] = [5, 5, 20];
/** From it to the others, in ranges of all others; digits that somebody typed need less. */
const [RANGES, TYPED_RANGES] = [3, 1];
/** Times it that the smallest other value is: of a 1, and of any number. */
const [TIMES_ONE, TIMES_ANY] = [4, 20];
/** Lower-tail deviations of the logarithms between it and the middle: no tail of amounts reaches it. */
const FAR_IN_LOGS = 4;

/** 1234567, 123456, 12345; 111111; 999999; and the same with cents. */
export function isTyped(value: number): boolean {
  const text = String(Math.abs(value));
  return (text.length >= 4 && "1234567890".startsWith(text)) || /^(\d)\1{3,}$/.test(text) || /^9{2,}\.9+$/.test(text);
}

/** Placeholders at both ends of an amount: a price of 1 or 1,234,567. */
export function placeholderLabels(counts: ValueCounts): readonly PlaceholderLabel[] {
  if (counts.values.length < LEAST_OTHERS) return [];
  const high = outermost(counts, "high");
  const low = outermost(counts, "low");
  return [high, low].flatMap((one) => one ?? []);
}

function outermost(counts: ValueCounts, side: "low" | "high"): PlaceholderLabel | null {
  const n = counts.values.length;
  const at = (place: number) => (side === "high" ? n - 1 - place : place);
  let [spike, rows, total] = [0, 0, 0];
  for (let size = 1; size <= LOOKED_AT && n - size >= LEAST_OTHERS; size++) {
    const own = counts.counts[at(size - 1)] ?? 0;
    total += own;
    if (own > rows) [spike, rows] = [size - 1, own];
    if (rows < LEAST_ROWS || total - rows > MOST_STRAYS * rows) continue;
    const usual = usualRows(
      counts,
      Array.from({ length: LOOKED_AT }, (_, i) => at(size + i)),
    );
    const others = side === "high" ? ([0, n - size] as const) : ([size, n] as const);
    const inner = counts.values[at(size - 1)] ?? 0;
    const far = apart(counts, side, counts.values[at(spike)] ?? 0, inner, others);
    if (rows < TIMES_USUAL * usual || far === null) continue;
    const values = Array.from({ length: spike + 1 }, (_, i) => counts.values[at(spike - i)] ?? 0);
    const held = Array.from({ length: spike + 1 }, (_, i) => counts.counts[at(i)] ?? 0).reduce((sum, one) => sum + one, 0);
    return { values, rows: held, low: counts.values[others[0]] ?? 0, high: counts.values[others[1] - 1] ?? 0, evidence: far };
  }
  return null;
}

function usualRows({ counts }: ValueCounts, places: readonly number[]): number {
  const near = places.flatMap((place) => counts[place] ?? []);
  return near.reduce((sum, one) => sum + one, 0) / Math.max(1, near.length);
}

/** How far it lies from the others; null where not far enough. */
function apart(
  counts: ValueCounts,
  side: "low" | "high",
  value: number,
  inner: number,
  [from, to]: readonly [number, number],
): Record<string, number> | null {
  const [low, high] = [counts.values[from] ?? 0, counts.values[to - 1] ?? 0];
  if (side === "high") {
    const gapToRange = (inner - high) / (high - low);
    return gapToRange >= (isTyped(value) ? TYPED_RANGES : RANGES) ? { gapToRange } : null;
  }
  // What lies beyond a 1 is a 0 or negative.
  if (value <= 0) return null;
  const times = low / inner;
  const logs = depthInLogs(counts, from, to, value);
  return times >= (value === 1 ? TIMES_ONE : TIMES_ANY) && logs >= FAR_IN_LOGS ? { times, depthInLogs: logs } : null;
}

/** From the middle of the others down to a value, in lower-tail deviations of their logarithms. */
function depthInLogs(counts: ValueCounts, from: number, to: number, value: number): number {
  const [middle, q05] = [rowQuantile(counts, from, to, 0.5), rowQuantile(counts, from, to, 0.05)];
  return Math.log(middle / value) / (Math.log(middle / q05) / 1.645);
}

/** Zeros of an amount, most of them; different amounts; and times the smallest that the largest is. */
const [MOST_ZEROS, MANY_AMOUNTS, REACH] = [0.03, 100, 20];
/** Deviations of the logarithms from the middle to the last written decimal, and where a column that goes with the target is as large as ever. */
const [ZERO_FAR, ZERO_FAR_SEEN] = [14, 8];
/** The smallest amount in last written decimals: below it amounts run out towards nothing. */
const LEAST_STEPS = 100;

/**
 * Zeros of a target that is an amount over powers of ten and never comes near 0: cancelled, or not filled in. A column that goes with the target says so where it is as large in
 * these rows as in others.
 */
export function placeholderZero(frame: Frame, target: string, cells: Float64Array, counts: ValueCounts): PlaceholderLabel | null {
  const { values, counts: held, present } = counts;
  const rows = held[0] ?? 0;
  const [low, high] = [values[1] ?? 0, values.at(-1) ?? 0];
  const share = rows / present;
  if (values[0] !== 0 || rows < LEAST_ROWS || share > MOST_ZEROS || values.length <= MANY_AMOUNTS || high < REACH * low) return null;
  const [least, usual] = [lastDecimal(values), usualRows(counts, placesOf(1, LOOKED_AT))];
  const logs = depthInLogs(counts, 1, values.length, least);
  if (low < LEAST_STEPS * least || rows < TIMES_USUAL * usual || logs < ZERO_FAR_SEEN) return null;
  const seen = columnsBeside(frame, target, cells);
  // A least order, an excess: small ones are 0.
  if (seen.some(({ large }) => large < AS_LARGE) || (logs < ZERO_FAR && seen.length === 0)) return null;
  const closest = Math.max(...seen.map(({ rho }) => rho));
  return { values: [0], rows, low, high, evidence: { depthInLogs: logs, ...(seen.length === 0 ? {} : { largeBeside: closest }) } };
}

const placesOf = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

/** Rank correlation of a column that goes with the target, rows that are looked at, and share of the zeros beside which it is no smaller than usual. */
const [GOES_WITH, MOST_ROWS, AS_LARGE] = [0.8, 5000, 0.8];

/** Numbers that go with the target, and the share of its zeros beside which they are as large as elsewhere. */
function columnsBeside(frame: Frame, target: string, cells: Float64Array): readonly { readonly rho: number; readonly large: number }[] {
  const zeros = int32Where(placesUpTo(cells.length), (row) => cells[row] === 0);
  return frame.columns.flatMap((column) => {
    if (column.name === target || column.type !== "number") return [];
    const own = column.values;
    const rows = int32Where(placesUpTo(cells.length), (row) => (cells[row] ?? 0) > 0 && !Number.isNaN(own[row])).subarray(0, MOST_ROWS);
    if (rows.length < MANY_AMOUNTS) return [];
    const values = float64From(rows, (row) => own[row] ?? 0);
    const rho = pearson(ranks(values), ranks(float64From(rows, (row) => cells[row] ?? 0)));
    if (!(rho >= GOES_WITH)) return [];
    const least = quantile(values, 0.05);
    return [{ rho, large: zeros.filter((row) => (own[row] ?? 0) > 0 && (own[row] ?? 0) >= least).length / zeros.length }];
  });
}
