import type { Loss, LossRows } from "./contract.ts";
import { pointwise } from "./pointwise.ts";
import { logMean, requireTargets } from "./rows.ts";

/**
 * Gamma deviance with a log link, up to terms without the score: score + y exp(-score). g = 1 - y exp(-score), h = y exp(-score).
 * @throws RangeError for targets that are not above 0.
 */
export function gamma(sample: LossRows): Loss {
  requireTargets(sample, (y) => y > 0, "gamma loss needs targets above 0");
  return pointwise({
    link: "exp",
    base: logMean,
    value: (score, y) => score + y * Math.exp(-score),
    gradient: (score, y) => 1 - y * Math.exp(-score),
    hessian: (score, y) => y * Math.exp(-score),
  });
}
