export interface DifferenceWithin {
  /** Weighted mean over the strata of the mean with the flag less that without; NaN where no stratum has both. */
  readonly difference: number;
  /** Of the difference where the flag tells nothing within a stratum. */
  readonly se: number;
  /** Flagged rows in strata that hold both. */
  readonly compared: number;
}

/**
 * Difference of the means of flagged and other rows within strata, weighted by n1 n0 / n as Mantel and Haenszel (1959) do, with the variance of their test (of a mean: Landis,
 * Heyman and Koch 1978), by permutation within strata. Of values 0 and 1 it is their difference of risks. stratum: of each value, -1 = left out.
 */
export function meanDifferenceWithin(values: ArrayLike<number>, flags: ArrayLike<number>, stratum: ArrayLike<number>): DifferenceWithin {
  let strata = 0;
  for (let i = 0; i < values.length; i++) strata = Math.max(strata, (stratum[i] ?? -1) + 1);
  const [rows, flagged, sums, flaggedSums, squares] = [0, 1, 2, 3, 4].map(() => new Float64Array(strata)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < values.length; i++) {
    const part = stratum[i] ?? -1;
    if (part < 0) continue;
    const [value, flag] = [values[i]!, flags[i]!];
    rows[part]!++;
    flagged[part]! += flag;
    sums[part]! += value;
    flaggedSums[part]! += flag * value;
    squares[part]! += value * value;
  }
  let [beyond, variance, weight, compared] = [0, 0, 0, 0];
  for (let part = 0; part < strata; part++) {
    const [n, a] = [rows[part]!, flagged[part]!];
    if (a === 0 || a === n) continue;
    beyond += flaggedSums[part]! - (a * sums[part]!) / n;
    variance += (a * (n - a) * Math.max(0, squares[part]! - sums[part]! ** 2 / n)) / (n * (n - 1));
    weight += (a * (n - a)) / n;
    compared += a;
  }
  return { difference: beyond / weight, se: Math.sqrt(variance) / weight, compared };
}
