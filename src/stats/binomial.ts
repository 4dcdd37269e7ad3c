import betaCdf from "@stdlib/stats-base-dists-beta-cdf";
import cdf from "@stdlib/stats-base-dists-binomial-cdf";

/** P(X <= successes) of n independent trials with probability p each. */
export function binomialCdf(successes: number, n: number, p: number): number {
  return cdf(successes, n, p);
}

/** P(X >= successes), through the beta distribution: accurate where 1 - cdf is not. */
export function binomialUpperTail(successes: number, n: number, p: number): number {
  if (successes <= 0) return 1;
  if (successes > n) return 0;
  return betaCdf(p, successes, n - successes + 1);
}
