import { nthSmallest, sortedCopy } from "./order.ts";

/** Quantile q in [0, 1] with linear interpolation (Hyndman and Fan 1996, type 7; the default of R and NumPy). NaN of no values. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const own = Float64Array.from(values);
  if (own.length < 2 || hasGap(own)) return quantileOfSorted(own.sort(), q);
  const place = placeOf(own.length, q);
  const below = Math.floor(place);
  const low = nthSmallest(own, below);
  return between(low, place === below ? low : smallestFrom(own, below + 1), place - below);
}

/** One quantile needs no sorting, but what is no number has no place among the others. */
function hasGap(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i]!)) return true;
  return false;
}

function smallestFrom(values: Float64Array, first: number): number {
  let smallest = values[first]!;
  for (let i = first + 1; i < values.length; i++) if (values[i]! < smallest) smallest = values[i]!;
  return smallest;
}

/** Several quantiles for one sort. */
export function quantiles(values: ArrayLike<number>, qs: readonly number[]): number[] {
  const sorted = sortedCopy(values);
  return qs.map((q) => quantileOfSorted(sorted, q));
}

/** The same of values that are already ascending. */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const place = placeOf(n, q);
  const below = Math.floor(place);
  return between(sorted[below]!, sorted[below + 1]!, place - below);
}

function placeOf(count: number, q: number): number {
  return Math.min(Math.max(q, 0), 1) * (count - 1);
}

function between(low: number, high: number, share: number): number {
  return share === 0 ? low : low + share * (high - low);
}
