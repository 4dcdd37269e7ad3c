import type { ValueCounts } from "../columns/counts.ts";

/** Values of a measured number in each of which many rows stand, while hardly any other value comes back: a default or a code for unknown. */
export interface HeapedValues {
  readonly values: readonly number[];
  readonly rows: number;
  /** Rows of the most frequent other value, and different values. */
  readonly next: number;
  readonly distinct: number;
}

/** With fewer different values they come back anyway. */
const LEAST_DISTINCT = 50;
const LEAST_ROWS = 100;
const MOST_HEAPS = 3;
/** Share of the rows in one heap, and how many times as many it has as any other value. */
const [LEAST_SHARE, TIMES] = [0.05, 10];
/** The same of a value with as many digits as the others have: people round, and such a one is no round number. */
const [LEAST_ODD_ROWS, ODD_SHARE, ODD_TIMES] = [10, 0.01, 5];

/** Share of the rows on either side of a 0 that is one number among others. */
const BESIDE_ZERO = 0.1;

/** Amid decimals of both signs, of which hardly one comes back, 0 is no "none": a day without trade, a cell that was filled. */
export function heapAtZero({ values, counts, upTo, present }: ValueCounts): HeapedValues | null {
  const place = values.indexOf(0);
  if (values.length < LEAST_DISTINCT || present < LEAST_ROWS || place < 1) return null;
  const [rows, below] = [counts[place] ?? 0, upTo[place - 1] ?? 0];
  if (Math.min(below, present - below - rows) < BESIDE_ZERO * present) return null;
  const next = counts.reduce((most, count, at) => (at === place ? most : Math.max(most, count)), 0);
  if (rows < Math.max(LEAST_ODD_ROWS, ODD_SHARE * present, ODD_TIMES * next)) return null;
  return { values: [0], rows, next, distinct: values.length };
}

/** null where there is none. 0 is none, since that there is nothing of a thing is no code by itself, nor is the first or last value, at which a scale may be cut off. */
export function heapedValues({ values, counts, present }: ValueCounts): HeapedValues | null {
  if (values.length < LEAST_DISTINCT || present < LEAST_ROWS) return null;
  const places = mostFrequent(counts);
  for (let heaps = 1; heaps <= MOST_HEAPS; heaps++) {
    const [last, next] = [places[heaps - 1] ?? 0, places[heaps] ?? 0].map((place) => counts[place] ?? 0) as [number, number];
    if (last < Math.max(LEAST_ODD_ROWS, ODD_SHARE * present)) return null;
    if (last < ODD_TIMES * next) continue;
    const isMany = last >= LEAST_SHARE * present && last >= TIMES * next;
    const own = places
      .slice(0, heaps)
      .filter((place) => values[place] !== 0 && place > 0 && place < values.length - 1 && (isMany || isOdd(values, values[place] ?? 0)));
    const rows = own.reduce((sum, place) => sum + (counts[place] ?? 0), 0);
    if (own.length > 0) return { values: own.map((place) => values[place] ?? 0), rows, next, distinct: values.length };
  }
  return null;
}

/** Places of the largest counts, the largest first; one more than there may be heaps. */
function mostFrequent(counts: Int32Array): readonly number[] {
  const places: number[] = [];
  for (let place = 0; place < counts.length; place++) {
    let rank = places.length;
    while (rank > 0 && (counts[place] ?? 0) > (counts[places[rank - 1] ?? 0] ?? 0)) rank--;
    if (rank > MOST_HEAPS) continue;
    places.splice(rank, 0, place);
    if (places.length > MOST_HEAPS + 1) places.pop();
  }
  return places;
}

/** Values whose digits are counted. */
const LOOKED_AT = 200;

/** It has decimals, and no fewer digits than values of its column mostly have. */
function isOdd(values: Float64Array, value: number): boolean {
  if (Number.isInteger(value)) return false;
  const step = Math.max(1, Math.floor(values.length / LOOKED_AT));
  const usual = Array.from({ length: Math.floor(values.length / step) }, (_, i) => digitsOf(values[i * step] ?? 0)).sort((a, b) => a - b);
  return digitsOf(value) >= (usual[usual.length >> 1] ?? 0);
}

/** Digits from the first to the last that is not 0. */
function digitsOf(value: number): number {
  const [digits = ""] = String(Math.abs(value)).split("e");
  return digits.replace(".", "").replace(/^0+|0+$/g, "").length;
}

/** The smallest or the largest value of a measured number, or both, in each of which many rows stand while hardly any value between them comes back. */
export interface EndHeaps extends HeapedValues {
  readonly end: "smallest" | "largest" | "smallest and largest";
}

/** The same of a larger share beside fewer times as many: a study that ended. */
const [LARGE_SHARE, FEWER_TIMES] = [0.1, 5];

/** A factor that is 1 in most rows, and at most this. */
const [MOST_NEUTRAL, LARGEST_FACTOR] = [0.5, 10];

/** null where there is none. Nothing of a thing, a factor that changes nothing, and the ends of shares, percentages and points, are ends that everybody knows. */
export function endHeaps({ values, counts, present }: ValueCounts): EndHeaps | null {
  if (values.length < LEAST_DISTINCT || present < LEAST_ROWS) return null;
  const last = values.length - 1;
  const next = counts.reduce((most, count, at) => (at === 0 || at === last ? most : Math.max(most, count)), 0);
  const places = [0, last].filter((place) => {
    const rows = counts[place] ?? 0;
    const isMany = (rows >= LEAST_SHARE * present && rows >= TIMES * next) || (rows >= LARGE_SHARE * present && rows >= FEWER_TIMES * next);
    return isMany && !isKnownEnd(values[place] ?? 0, values) && !(place === 0 && isNeutral(values, rows / present));
  });
  const rows = places.reduce((sum, place) => sum + (counts[place] ?? 0), 0);
  if (places.length === 0) return null;
  const end = places.length === 2 ? "smallest and largest" : places[0] === 0 ? "smallest" : "largest";
  return { values: places.map((place) => values[place] ?? 0), end, rows, next, distinct: values.length };
}

function isKnownEnd(value: number, values: Float64Array): boolean {
  const [low, high] = [values[0] ?? 0, values.at(-1) ?? 0];
  return value === 0 || (low >= -1 && high === 1 && Math.abs(value) === 1) || (low >= 0 && (high === 10 || high === 100) && value === high);
}

/** What multiplies leaves most things as they are: 1, above which lie a few times as much. Readings that end at 1 reach over powers of ten. */
function isNeutral(values: Float64Array, share: number): boolean {
  const isFactor = values[0] === 1 && (values.at(-1) ?? 0) <= LARGEST_FACTOR && !values.every(Number.isInteger);
  return isFactor && share >= MOST_NEUTRAL;
}
