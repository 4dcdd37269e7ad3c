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

/**
 * exponent ln(largest / q95) of samples of n from a Pareto law, the exponent taken from each sample's own quantiles: its law depends on n alone. The logarithms
 * are exponential; the k-th spacing of their order statistics from the top is exponential with mean 1 / k (Renyi 1953). Quantiles are taken for the
 * nearest order statistics, which is right to one spacing. `draws` of them, ascending.
 */
export function paretoMaxima(n: number, draws: number, random: Random): Float64Array {
  const rows = Math.min(n, MOST_DRAWN);
  const [k80, k95] = [Math.round(0.2 * rows), Math.round(0.05 * rows)];
  const longer = Math.log(n / rows);
  const drawn = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let [above, between] = [0, 0];
    for (let k = 1; k < k80; k++) {
      const spacing = -Math.log(1 - random.next()) / k;
      if (k < k95) above += spacing;
      else between += spacing;
    }
    drawn[draw] = (Math.log(4) * (above + longer)) / between;
  }
  return sortedCopy(drawn);
}
