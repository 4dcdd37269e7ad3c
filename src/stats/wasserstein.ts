import { sortedCopy } from "./order.ts";

/** Wasserstein-1 (earth mover's) distance of two samples, in their unit. NaN when a sample is empty. */
export function wasserstein(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length === 0 || b.length === 0) return Number.NaN;
  const x = sortedCopy(a);
  const y = sortedCopy(b);
  let distance = 0;
  let previous = Math.min(x[0]!, y[0]!);
  for (let i = 0, j = 0; i < x.length || j < y.length; ) {
    const at = Math.min(x[i] ?? Number.POSITIVE_INFINITY, y[j] ?? Number.POSITIVE_INFINITY);
    distance += Math.abs(i / x.length - j / y.length) * (at - previous);
    while (i < x.length && x[i]! <= at) i++;
    while (j < y.length && y[j]! <= at) j++;
    previous = at;
  }
  return distance;
}
