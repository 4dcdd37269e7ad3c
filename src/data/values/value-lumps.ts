import { rowQuantile, type ValueCounts } from "../columns/counts.ts";
import { lastDecimal } from "../columns/written-decimals.ts";

/** Rows below which values hardly recur. */
const LEAST_ROWS = 300;
/** Of the different values that so many rows would have if they were rounded amounts, at most so many. */
const LUMPS = 0.3;
/** Rows that are multiples of the step in which values are written. */
const NEARLY_ALL = 0.9;
/** Parts that are looked at, and rows at either end that are not: what lies far off says nothing of the others. */
const [PARTS, AT_AN_END] = [10, 0.05];
const MOST_STEPS = 24;

/**
 * Whether far fewer different values stand in the rows than amounts rounded as finely would have: they are those of a few things (the distances to some towns), as often as the thing comes. n amounts
 * on G points, alike in a tenth of the rows, hold G (1 - exp(-n / G)) different ones; the points are the coarsest step, 1 or 5 times a power of ten, of which nearly all rows are multiples.
 */
export function inLumps(all: ValueCounts): boolean {
  const { values, upTo, present } = all;
  if (present < LEAST_ROWS) return false;
  const step = stepOf(all);
  let [expected, held] = [0, 0];
  let from = placeAfter(values, rowQuantile(all, 0, values.length, AT_AN_END));
  for (let part = 1; part <= PARTS; part++) {
    const share = AT_AN_END + (part / PARTS) * (1 - 2 * AT_AN_END);
    const end = placeAfter(values, rowQuantile(all, 0, values.length, share));
    if (end - from > 1) {
      const rows = (upTo[end - 1] ?? 0) - (from === 0 ? 0 : (upTo[from - 1] ?? 0));
      const points = 1 + ((values[end - 1] ?? 0) - (values[from] ?? 0)) / step;
      expected += points * (1 - Math.exp(-rows / points));
      held += end - from;
    }
    from = Math.max(from, end);
  }
  return held > 0 && held <= LUMPS * expected;
}

/** The place behind the last value that is at most this one. */
function placeAfter(values: Float64Array, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function stepOf({ values, counts, present }: ValueCounts): number {
  let best = lastDecimal(values);
  for (let i = 1, step = best; i <= MOST_STEPS; i++) {
    step *= i % 2 === 1 ? 5 : 2;
    let rows = 0;
    for (let place = 0; place < values.length; place++) {
      const times = (values[place] ?? 0) / step;
      if (Math.abs(times - Math.round(times)) < 1e-6) rows += counts[place] ?? 0;
    }
    if (rows < NEARLY_ALL * present) break;
    best = step;
  }
  return best;
}

/** The same values, each in one row. */
export function eachOnce({ values, counts }: ValueCounts): ValueCounts {
  return {
    values,
    counts: new Int32Array(counts.length).fill(1),
    upTo: Int32Array.from(values, (_, place) => place + 1),
    present: values.length,
  };
}
