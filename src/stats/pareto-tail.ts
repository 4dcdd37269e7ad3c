import type { Random } from "../core/random.ts";
import { sortedCopy } from "./order.ts";
import { quantileOfSorted } from "./quantile.ts";

/** A Pareto tail through two quantiles of a sample of positive numbers. */
export interface ParetoTail {
  readonly q80: number;
  readonly q95: number;
  /** P(X > x) falls with x ^ -exponent. */
  readonly exponent: number;
}

/** More values change the law of the largest one no more than by the logarithm of their number. */
const MOST_DRAWN = 20_000;

/**
 * Exponent ln(0.20 / 0.05) / ln(q95 / q80): the Pareto law that has both quantiles (Quandt 1966, estimators from quantiles). The largest values, which may
 * be errors, have no say. sorted: ascending. null when the quantiles do not rise above 0.
 */
export function paretoTail(sorted: Float64Array): ParetoTail | null {
  const [q80, q95] = [quantileOfSorted(sorted, 0.8), quantileOfSorted(sorted, 0.95)];
  if (!(q95 > q80) || q80 <= 0) return null;
  return { q80, q95, exponent: Math.log(4) / Math.log(q95 / q80) };
}

/** How many of n values are expected beyond x >= q95. */
export function expectedBeyond({ q95, exponent }: ParetoTail, n: number, x: number): number {
  return n * 0.05 * (x / q95) ** -exponent;
}

/** What samples from a Pareto law have beyond their 95 % quantile; both ascending. */
export interface ParetoExtremes {
  /** exponent ln(largest / q95), the exponent taken from each sample's own quantiles. */
  readonly largest: Float64Array;
  /** Values with exponent ln(value / q95) above the limit. */
  readonly beyond: Float64Array;
}

/**
 * Extremes of samples of n from a Pareto law: their law depends on n alone. The logarithms are exponential; the k-th spacing of their order statistics from
 * the top is exponential with mean 1 / k (Renyi 1953). A quantile between two order statistics takes its share of their spacing.
 */
export function paretoExtremes(n: number, limit: number, draws: number, random: Random): ParetoExtremes {
  const rows = Math.min(n, MOST_DRAWN);
  const [at80, at95] = [0.2 * (rows - 1), 0.05 * (rows - 1)];
  const longer = Math.log(n / rows);
  const largest = new Float64Array(draws);
  const beyond = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let [between, above, count] = [0, 0, 0];
    for (let k = Math.ceil(at80); k >= 1; k--) {
      const spacing = -Math.log(1 - random.next()) / k;
      const beyond95 = Math.min(1, Math.max(0, at95 - (k - 1)));
      between += (Math.min(1, at80 - (k - 1)) - beyond95) * spacing;
      above += beyond95 * spacing;
      if (Math.log(4) * (above + longer) > limit * between && at95 >= k) count = Math.max(count, k);
    }
    largest[draw] = (Math.log(4) * (above + longer)) / between;
    beyond[draw] = count;
  }
  return { largest: sortedCopy(largest), beyond: sortedCopy(beyond) };
}
