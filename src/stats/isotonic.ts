import { ascendingOrder } from "./order.ts";

/** A rising step curve: corners with strictly rising x and y that never falls. */
export interface IsotonicCurve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Isotonic regression by pooling adjacent violators: the rising curve with the least weighted squared error (Barlow 1972). Equal x are
 * pooled first. Rows of weight 0 do not count.
 */
export function isotonic(x: ArrayLike<number>, y: ArrayLike<number>, weight: ArrayLike<number> | null = null): IsotonicCurve {
  const points = distinctPoints(x, y, weight);
  const blocks: { first: number; last: number; mean: number; weight: number }[] = [];
  points.forEach((point, index) => {
    let block = { first: index, last: index, mean: point.y, weight: point.weight };
    for (let before = blocks.at(-1); before !== undefined && before.mean >= block.mean; before = blocks.at(-1)) {
      blocks.pop();
      const both = before.weight + block.weight;
      block = { first: before.first, last: index, mean: (before.mean * before.weight + block.mean * block.weight) / both, weight: both };
    }
    blocks.push(block);
  });
  const corners = blocks.flatMap(({ first, last, mean }) =>
    first === last
      ? [[first, mean]]
      : [
          [first, mean],
          [last, mean],
        ],
  );
  return { x: Float64Array.from(corners, ([at]) => points[at!]!.x), y: Float64Array.from(corners, ([, value]) => value!) };
}

/** The curve at x: linear between corners, flat outside. NaN of an empty curve. */
export function isotonicAt(curve: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> }, x: number): number {
  const last = curve.x.length - 1;
  if (last < 0) return Number.NaN;
  if (x <= curve.x[0]!) return curve.y[0]!;
  if (x >= curve.x[last]!) return curve.y[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (curve.x[middle]! <= x) low = middle;
    else high = middle;
  }
  const share = (x - curve.x[low]!) / (curve.x[high]! - curve.x[low]!);
  return curve.y[low]! + share * (curve.y[high]! - curve.y[low]!);
}

function distinctPoints(x: ArrayLike<number>, y: ArrayLike<number>, weight: ArrayLike<number> | null) {
  const points: { x: number; y: number; weight: number }[] = [];
  for (const row of ascendingOrder(x)) {
    const w = weight === null ? 1 : weight[row]!;
    if (!(w > 0)) continue;
    const last = points.at(-1);
    if (last === undefined || last.x !== x[row]) points.push({ x: x[row]!, y: y[row]!, weight: w });
    else {
      last.y = (last.y * last.weight + y[row]! * w) / (last.weight + w);
      last.weight += w;
    }
  }
  return points;
}
