import normal from "@stdlib/stats-base-dists-normal";

/** P(Z <= z) of the standard normal. */
export function normalCdf(z: number): number {
  return normal.cdf(z, 0, 1);
}

/** z with P(Z <= z) = p; infinite at 0 and 1. */
export function normalQuantile(p: number): number {
  return normal.quantile(p, 0, 1);
}

/** P(|Z| >= |z|), kept accurate far in the tail. */
export function normalTwoSidedP(z: number): number {
  return 2 * normal.cdf(-Math.abs(z), 0, 1);
}
