import cdf from "@stdlib/stats-base-dists-beta-cdf";
import quantile from "@stdlib/stats-base-dists-beta-quantile";

/** P(X <= x) of the beta distribution with shapes a, b > 0. */
export function betaCdf(x: number, a: number, b: number): number {
  return cdf(x, a, b);
}

/** x with P(X <= x) = p. */
export function betaQuantile(p: number, a: number, b: number): number {
  return quantile(p, a, b);
}
