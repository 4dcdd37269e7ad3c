import { rowQuantile, type ValueCounts } from "../columns/counts.ts";

/** A few rows that lie far from all others and make most of a column's spread. */
export interface FarRows {
  readonly values: readonly number[];
  readonly rows: number;
  readonly median: number;
  /** The nearest of them lies so many times as far from the median as the farthest of the others. */
  readonly ratio: number;
  /** Of the squared deviations from the median, and of those of logarithms; null where some value is below 0. */
  readonly share: number;
  readonly logShare: number | null;
}

const LEAST_ROWS = 50;
const LEAST_DISTINCT = 10;
const MOST_SHARE = 0.01;
/** They are twice as far as any other, and more than all others together. */
const [TIMES, MOST_OF_ALL] = [2, 0.5];
/** In logarithms as well they carry much: they are not the end of a long tail. */
const MUCH_OF_LOGS = 0.25;
/** Share of clean tables in which the end of a long tail is told, if tails are Pareto's. */
const LEVEL = 0.001;

/** null where the middle half has one value: then everything else is far. looks: columns that are looked at in this table. */
export function farRows(counts: ValueCounts, looks: number): FarRows | null {
  const { values, present } = counts;
  if (present < LEAST_ROWS || values.length < LEAST_DISTINCT) return null;
  const at = (share: number) => rowQuantile(counts, 0, values.length, share);
  if (!(at(0.75) > at(0.25)) || !Number.isFinite(values[0]) || !Number.isFinite(values.at(-1))) return null;
  const far = farthest(counts, at(0.5), Math.max(1, Math.floor(MOST_SHARE * present)));
  if (far === null || far.ratio < TIMES) return null;
  const share = shareOf(counts, far.places, (value) => value);
  if (share <= MOST_OF_ALL) return null;
  const logShare = logShareOf(counts, far.places);
  if (logShare !== null && logShare <= MUCH_OF_LOGS && chanceInTail(counts, at(0.5), far) * looks >= LEVEL) return null;
  const rows = far.places.reduce((sum, place) => sum + (counts.counts[place] ?? 0), 0);
  return { values: far.places.map((place) => values[place] ?? 0), rows, median: at(0.5), ratio: far.ratio, share, logShare };
}

interface Farthest {
  readonly places: readonly number[];
  readonly ratio: number;
}

/** Places of the values beyond the widest gap, by the ratio of distances; no more rows than `most`. */
function farthest({ values, counts }: ValueCounts, median: number, most: number): Farthest | null {
  const distance = (place: number) => Math.abs((values[place] ?? median) - median);
  const taken: number[] = [];
  let [low, high, rows] = [0, values.length - 1, 0];
  let best: Farthest | null = null;
  while (low < high) {
    const place = distance(low) > distance(high) ? low++ : high--;
    rows += counts[place] ?? 0;
    if (rows > most) break;
    taken.push(place);
    const ratio = distance(place) / Math.max(distance(low), distance(high));
    if (best === null || ratio > best.ratio) best = { places: [...taken], ratio };
  }
  return best;
}

/** Rows that tell how heavy the tail is: those just below, a share of all. */
const [TAIL, LEAST_TAIL] = [0.02, 10];

/** Chance ratio ^ -exponent that a row of a Pareto tail lies so far beyond the next. Its exponent is that of the rows just below (Hill 1975). */
function chanceInTail({ values, counts, present }: ValueCounts, median: number, { places, ratio }: Farthest): number {
  const far = new Set(places);
  const distances: number[] = [];
  values.forEach((value, place) => {
    for (let i = 0; i < (counts[place] ?? 0) && !far.has(place); i++) distances.push(Math.abs(value - median));
  });
  const sorted = Float64Array.from(distances).sort().reverse();
  const rows = Math.max(LEAST_TAIL, Math.floor(TAIL * present));
  const from = sorted[rows] ?? 0;
  const logs = sorted.subarray(0, rows).reduce((sum, one) => sum + Math.log(one / from), 0);
  return ratio ** (-rows / logs);
}

function logShareOf(counts: ValueCounts, places: readonly number[]): number | null {
  const { values } = counts;
  if ((values[0] ?? 0) < 0) return null;
  const positive = values.findIndex((value) => value > 0);
  const unit = rowQuantile(counts, Math.max(0, positive), values.length, MOST_SHARE);
  return unit > 0 ? shareOf(counts, places, (value) => Math.log1p(value / unit)) : null;
}

function shareOf(counts: ValueCounts, places: readonly number[], scale: (value: number) => number): number {
  const { values } = counts;
  const median = scale(rowQuantile(counts, 0, values.length, 0.5));
  const square = (place: number) => (scale(values[place] ?? 0) - median) ** 2 * (counts.counts[place] ?? 0);
  const all = values.reduce((sum, _, place) => sum + square(place), 0);
  return all > 0 ? places.reduce((sum, place) => sum + square(place), 0) / all : 0;
}
