import type { Loss, LossRows } from "./contract.ts";
import { pointwise } from "./pointwise.ts";
import { logMean, requireTargets } from "./rows.ts";

/** LightGBM's poisson_max_delta_step: keeps the first Newton steps of a small rate short. */
const POISSON_STEP = 0.7;

/**
 * Poisson deviance with a log link, up to terms without the score: exp(score) - y score. g = exp(score) - y, h = exp(score + 0.7).
 * @throws RangeError for targets below 0.
 */
export function poisson(sample: LossRows): Loss {
  requireTargets(sample, (y) => y >= 0, "poisson loss needs targets that are not negative");
  const factor = Math.exp(POISSON_STEP);
  return pointwise({
    link: "exp",
    base: logMean,
    value: (score, y) => Math.exp(score) - y * score,
    gradient: (score, y) => Math.exp(score) - y,
    hessian: (score) => Math.exp(score) * factor,
  });
}
