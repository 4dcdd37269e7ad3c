import betaCdf from "@stdlib/stats-base-dists-beta-cdf";

/** P(F >= f) of the F distribution with `between` and `within` degrees of freedom, each above 0. */
export function fUpperTail(f: number, between: number, within: number): number {
  if (!(f > 0)) return Number.isNaN(f) ? Number.NaN : 1;
  return betaCdf(within / (within + between * f), within / 2, between / 2);
}
