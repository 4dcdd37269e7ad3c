import { rowQuantile, type ValueCounts } from "../columns/counts.ts";
import { comeBack } from "./far-values.ts";

/** A few values so many times larger or smaller than all others that these lie close together beside it. */
export interface FarInLogs {
  readonly values: readonly number[];
  readonly rows: number;
  /** The nearest of the others, and how many times it is apart. */
  readonly next: number;
  readonly times: number;
  /** The smallest of the others above 0 and the largest. */
  readonly low: number;
  readonly high: number;
  /** The only power of ten, or the only one of thousands, by which they would all lie amid the others. */
  readonly power: number | null;
  readonly p: number;
}

/** Different values of the others, and rows, that tell how far apart two may be. */
const [LEAST_DIFFERENT, LEAST_ROWS] = [20, 40];
/** Of the rows; of few rows one. */
const MOST_FAR = 0.02;
/** Nearer ones may be of another make. */
const LEAST_TIMES = 10;
/** Share of clean tables in which anything may be told. */
const LEVEL = 0.02;

/**
 * Values above 0 of which a few lie apart from the others by a factor that is large beside that from the smallest of the others to their largest. In logarithms the k-th spacing from the end
 * of n exponential values is 1 / k of one value on average, and those behind it add up to H(n - 1) - H(k) of one, with a variance of about 1 / k (Renyi 1953): the gap over their sum, taken
 * for a gamma variable, gives the chance. Lighter tails have narrower gaps. Of a column with 0 or less only the upper end: near 0 anything may be small.
 * looks: ends that are looked at in this table.
 */
export function farInLogs(all: ValueCounts, looks: number): FarInLogs | null {
  const from = all.values.findIndex((value) => value > 0);
  if (from < 0) return null;
  const found = [true, ...(from === 0 ? [false] : [])].flatMap((isAbove) => gapAtEnd(all, from, isAbove) ?? []);
  const [best] = found.sort((a, b) => a.p - b.p);
  if (best === undefined || best.p > LEVEL / looks) return null;
  const { k, isAbove, p } = best;
  const [first, end] = isAbove ? [from, all.values.length - k] : [from + k, all.values.length];
  const far = Array.from(isAbove ? all.values.subarray(end) : all.values.subarray(from, first));
  const rows = rowsIn(all, from, all.values.length) - rowsIn(all, first, end);
  if (comeBack(rows, far.length)) return null;
  const [low, high] = [all.values[first] ?? 0, all.values[end - 1] ?? 0];
  return {
    values: far,
    rows,
    next: isAbove ? high : low,
    times: isAbove ? (far[0] ?? 0) / high : low / (far.at(-1) ?? 0),
    low,
    high,
    power: powerOf(far, all, first, end),
    p,
  };
}

function rowsIn({ upTo }: ValueCounts, from: number, to: number): number {
  return (upTo[to - 1] ?? 0) - (from === 0 ? 0 : (upTo[from - 1] ?? 0));
}

/** The widest gap beside its others, with k different values beyond it. */
function gapAtEnd(all: ValueCounts, from: number, isAbove: boolean) {
  const { values, counts } = all;
  const rows = rowsIn(all, from, values.length);
  const at = (place: number) => (isAbove ? values.length - 1 - place : from + place);
  const different = values.length - from;
  const most = Math.max(1, Math.floor(MOST_FAR * rows));
  const log = (place: number) => Math.log(values[at(place)] ?? 1);
  let best: { readonly k: number; readonly isAbove: boolean; readonly p: number } | null = null;
  let held = counts[at(0)] ?? 0;
  for (let k = 1; held <= most && different - k >= LEAST_DIFFERENT && rows - held >= LEAST_ROWS; k++) {
    const gap = Math.abs(log(k) - log(k - 1));
    const p = gap < Math.log(LEAST_TIMES) ? 1 : k * (k + 1) * chanceOf(gap / Math.abs(log(different - 1) - log(k)), k, rows - held);
    if (best === null || p < best.p) best = { k, isAbove, p };
    held += counts[at(k)] ?? 0;
  }
  return best;
}

/** ratio: of the gap to the span of the others. */
function chanceOf(ratio: number, k: number, others: number): number {
  const sum = harmonic(others + k - 1) - harmonic(k);
  const shape = k * sum ** 2;
  return (1 + (k * ratio * sum) / shape) ** -shape;
}

const EULER = 0.5772156649;
const harmonic = (n: number) => Math.log(n) + EULER + 1 / (2 * n);

/** Rows that are no middle of the others, on both sides. */
const NO_MIDDLE = 0.05;
const MOST_POWER = 6;

function powerOf(far: readonly number[], all: ValueCounts, from: number, to: number): number | null {
  const [low, high] = [NO_MIDDLE, 1 - NO_MIDDLE].map((share) => rowQuantile(all, from, to, share)) as [number, number];
  const powers = Array.from({ length: 2 * MOST_POWER + 1 }, (_, i) => i - MOST_POWER);
  const fitting = powers.filter((power) => far.every((value) => value * 10 ** power >= low && value * 10 ** power <= high));
  const thousands = fitting.filter((power) => power % 3 === 0);
  const [only, ...more] = thousands.length > 0 ? thousands : fitting;
  return more.length === 0 ? (only ?? null) : null;
}
