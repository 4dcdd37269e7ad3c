import { sortedCopy } from "./order.ts";

/** Quantile q in [0, 1] with linear interpolation (Hyndman and Fan 1996, type 7; the default of R and NumPy). NaN of no values. */
export function quantile(values: ArrayLike<number>, q: number): number {
  return quantileOfSorted(sortedCopy(values), q);
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
  const place = Math.min(Math.max(q, 0), 1) * (n - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  const share = place - below;
  return share === 0 ? low : low + share * (sorted[below + 1]! - low);
}
