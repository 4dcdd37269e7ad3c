import { sortedCopy } from "./order.ts";

/**
 * Two-sample Kolmogorov-Smirnov test. statistic: largest distance of the two distribution functions, 0..1. p: asymptotic with Stephens'
 * correction for small samples (1970); conservative when there are ties. at: up to this value the shares of the samples differ most. NaN when a sample is empty.
 */
export function kolmogorovSmirnov(a: ArrayLike<number>, b: ArrayLike<number>): { statistic: number; p: number; at: number } {
  return kolmogorovSmirnovOfSorted(sortedCopy(a), sortedCopy(b));
}

/** The same of samples in ascending order. */
export function kolmogorovSmirnovOfSorted(x: Float64Array, y: Float64Array): { statistic: number; p: number; at: number } {
  if (x.length === 0 || y.length === 0) return { statistic: Number.NaN, p: Number.NaN, at: Number.NaN };
  let [statistic, most] = [0, x[0]!];
  for (let i = 0, j = 0; i < x.length && j < y.length; ) {
    const at = Math.min(x[i]!, y[j]!);
    while (i < x.length && x[i]! <= at) i++;
    while (j < y.length && y[j]! <= at) j++;
    const distance = Math.abs(i / x.length - j / y.length);
    if (distance > statistic) [statistic, most] = [distance, at];
  }
  return { statistic, p: kolmogorovSmirnovP(statistic, x.length, y.length), at: most };
}

/** p of the statistic of samples of n and m independent values, which need not be whole numbers (effective rows). */
export function kolmogorovSmirnovP(statistic: number, n: number, m: number): number {
  const root = Math.sqrt((n * m) / (n + m));
  return kolmogorovUpperTail((root + 0.12 + 0.11 / root) * statistic);
}

/** Different values, ascending, with the rows of each and of all. */
export interface CountedValues {
  readonly values: Float64Array;
  readonly counts: Int32Array;
  readonly rows: number;
}

/** Largest distance of two distribution functions, 0..1 (Kolmogorov-Smirnov). map: what is done to the values of b before, rising. */
export function kolmogorovSmirnovOfCounts(a: CountedValues, b: CountedValues, map: (value: number) => number): number {
  let [i, j, inA, inB, most] = [0, 0, 0, 0, 0];
  while (i < a.values.length && j < b.values.length) {
    const [x, y] = [a.values[i]!, map(b.values[j]!)];
    if (x <= y) inA += a.counts[i++]!;
    if (y <= x) inB += b.counts[j++]!;
    most = Math.max(most, Math.abs(inA / a.rows - inB / b.rows));
  }
  return most;
}

/** P(K >= x) of the Kolmogorov distribution. */
export function kolmogorovUpperTail(x: number): number {
  if (x <= 0) return 1;
  if (x < 1) {
    let sum = 0;
    for (let k = 1; k <= 9; k += 2) sum += Math.exp((-k * k * Math.PI ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  let sum = 0;
  for (let k = 1; k <= 10; k++) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
  return 2 * sum;
}
