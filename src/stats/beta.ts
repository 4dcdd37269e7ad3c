import beta from "@stdlib/stats-base-dists-beta";

/** P(X <= x) of the beta distribution with shapes a, b > 0. */
export function betaCdf(x: number, a: number, b: number): number {
  return beta.cdf(x, a, b);
}

/** x with P(X <= x) = p. */
export function betaQuantile(p: number, a: number, b: number): number {
  return beta.quantile(p, a, b);
}
