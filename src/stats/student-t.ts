import cdf from "@stdlib/stats-base-dists-t-cdf";
import quantile from "@stdlib/stats-base-dists-t-quantile";

/** P(T <= x) of Student's t with df > 0 degrees of freedom. */
export function tCdf(x: number, df: number): number {
  return cdf(x, df);
}

/** x with P(T <= x) = p. */
export function tQuantile(p: number, df: number): number {
  return quantile(p, df);
}

/** P(|T| >= |x|), kept accurate far in the tail. */
export function tTwoSidedP(x: number, df: number): number {
  return 2 * cdf(-Math.abs(x), df);
}
