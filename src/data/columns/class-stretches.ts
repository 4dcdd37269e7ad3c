import { labelPersistence } from "../../stats/index.ts";

/** A class has so many of its rows in its stretch, and a stretch so many of its rows of its class. */
const MOST = 0.9;
/** Rows of a class below which it may stand together by chance. */
const LEAST_OF_CLASS = 20;
/** Rows elsewhere stand in no order: a chance of 1 in 10,000. */
const IN_ORDER_Z = 3.9;

/**
 * Each class has one stretch of the rows, but for a few rows that stand anywhere: a file put together class by class, and then corrected or added to. What lies elsewhere stands in no order,
 * or else the classes go over into each other as they do in time.
 * @param labels classes, the rows in order
 */
export function standsInStretches(labels: Float64Array): boolean {
  const places = new Map<number, number[]>();
  for (const [place, label] of labels.entries()) {
    const held = places.get(label);
    if (held === undefined) places.set(label, [place]);
    else held.push(place);
  }
  const classes = [...places].map(([label, held]) => ({ label, count: held.length, middle: held[held.length >> 1] ?? 0 }));
  if (classes.length < 2 || classes.some(({ count }) => count < LEAST_OF_CLASS)) return false;
  // Each row elsewhere breaks two pairs at most. This follows from what is asked below, and saves the search.
  const breaks = labels.reduce((sum, label, place) => sum + Number(place > 0 && label !== labels[place - 1]), 0);
  if (breaks > 2 * (1 - MOST) * labels.length + classes.length) return false;
  const order = classes.sort((a, b) => a.middle - b.middle);
  const starts = bestStarts(
    labels,
    order.map(({ label }) => label),
  );
  const isOwn = new Float64Array(labels.length);
  const isPure = order.every(({ label, count }, i) => {
    const [from, to] = [starts[i] ?? 0, starts[i + 1] ?? labels.length];
    for (let place = from; place < to; place++) isOwn[place] = Number(labels[place] === label);
    const own = isOwn.subarray(from, to).reduce((sum, one) => sum + one, 0);
    return own >= MOST * Math.max(count, to - from);
  });
  return isPure && labelPersistence(isOwn).z < IN_ORDER_Z;
}

/**
 * Where each stretch begins so that most rows stand in that of their class, the stretches in the order given: those of the longest row of classes that never goes back (patience
 * sorting, Fredman 1975).
 */
function bestStarts(labels: Float64Array, order: readonly number[]): readonly number[] {
  const places = new Map(order.map((label, place) => [label, place]));
  const classes = Int32Array.from(labels, (label) => places.get(label) ?? 0);
  // Of the sequences of each length the one that ends with the lowest class: that class, and its row.
  const [last, ends, before] = [classes.slice(), classes.slice(), classes.slice()];
  let longest = 0;
  for (const [row, own] of classes.entries()) {
    const at = firstAbove(last, longest, own);
    [last[at], ends[at], before[row]] = [own, row, ends[at - 1] ?? -1];
    longest = Math.max(longest, at + 1);
  }
  const starts = order.map(() => labels.length);
  for (let row = ends[longest - 1] ?? -1; row >= 0; row = before[row] ?? -1) starts[classes[row] ?? 0] = row;
  for (let place = starts.length - 1; place > 0; place--) starts[place - 1] = Math.min(starts[place - 1] ?? 0, starts[place] ?? 0);
  return [0, ...starts.slice(1)];
}

/** Of the first `count` of ascending numbers the first that is larger. */
function firstAbove(sorted: Int32Array, count: number, value: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
