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

/** Where each stretch begins so that most rows stand in that of their class, the stretches in the order given. Rows x classes steps. */
function bestStarts(labels: Float64Array, order: readonly number[]): readonly number[] {
  let best = order.map((_, i) => ({ own: 0, starts: Array.from({ length: i + 1 }, () => 0) }));
  for (const [place, label] of labels.entries()) {
    best = best.map((here, i) => {
      const before = best[i - 1];
      const from = before !== undefined && before.own > here.own ? { own: before.own, starts: [...before.starts, place] } : here;
      return label === order[i] ? { ...from, own: from.own + 1 } : from;
    });
  }
  return best.at(-1)?.starts ?? [];
}
