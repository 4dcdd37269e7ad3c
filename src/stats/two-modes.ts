/** A column cut into two heaps that lie far apart. */
export interface TwoModes {
  /** Values below `cut` are the lower heap. */
  readonly cut: number;
  readonly lower: Heap;
  readonly upper: Heap;
  /** Distance of the medians in the larger of the two spreads. */
  readonly apart: number;
}

export interface Heap {
  /** Different values, ascending, on the scale that was cut, with the rows of each. */
  readonly values: Float64Array;
  readonly counts: Int32Array;
  readonly rows: number;
  readonly median: number;
  /** Interquartile range / 1.349: the standard deviation of a normal with the same quartiles. */
  readonly spread: number;
}

/**
 * Natural break (Fisher 1958): the cut that leaves the least variance within the two parts (two-means in one dimension, exact by prefix sums), or null when a part would have fewer
 * than `least` rows or ten different values. The halves of a normal are 2.7 spreads apart, those of a uniform 2.7 (3.5 in standard deviations). values: different,
 * ascending; counts: rows of each.
 */
export function twoModes(values: Float64Array, counts: Int32Array, least: number): TwoModes | null {
  const place = bestCut(values, counts);
  const [lower, upper] = [heap(values, counts, 0, place), heap(values, counts, place, values.length)];
  if (Math.min(lower.rows, upper.rows) < least || Math.min(lower.values.length, upper.values.length) < 10) return null;
  const spread = Math.max(lower.spread, upper.spread);
  if (!(spread > 0)) return null;
  const cut = ((values[place - 1] ?? 0) + (values[place] ?? 0)) / 2;
  return { cut, lower, upper, apart: (upper.median - lower.median) / spread };
}

function bestCut(values: Float64Array, counts: Int32Array): number {
  let [all, sum] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    all += counts[i] ?? 0;
    sum += (counts[i] ?? 0) * (values[i] ?? 0);
  }
  let [best, place, rows, below] = [-1, 0, 0, 0];
  for (let i = 0; i + 1 < values.length; i++) {
    rows += counts[i] ?? 0;
    below += (counts[i] ?? 0) * (values[i] ?? 0);
    const between = (rows * (all - rows) * (below / rows - (sum - below) / (all - rows)) ** 2) / all;
    if (between > best) [best, place] = [between, i + 1];
  }
  return place;
}

function heap(values: Float64Array, counts: Int32Array, from: number, to: number): Heap {
  const own = { values: values.slice(from, to), counts: counts.slice(from, to) };
  const rows = sumOf(own.counts);
  const at = (share: number) => own.values[placeOf(own.counts, share * rows)] ?? Number.NaN;
  return { ...own, rows, median: at(0.5), spread: (at(0.75) - at(0.25)) / 1.349 };
}

function sumOf(counts: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}

/** The first place up to which there are so many rows; -1 where there is none. */
function placeOf(counts: Int32Array, rows: number): number {
  let seen = 0;
  for (let i = 0; i < counts.length; i++) {
    seen += counts[i]!;
    if (seen >= rows) return i;
  }
  return -1;
}
