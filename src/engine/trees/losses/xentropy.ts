import type { Loss, LossRows } from "./contract.ts";
import { pointwise } from "./pointwise.ts";
import { logOdds, requireTargets, weightedMean } from "./rows.ts";

/**
 * Log loss of soft labels, targets from 0 to 1: the chance of class 1 that is already known of the row, or its share. -y ln p - (1 - y) ln(1 - p); g = p - y,
 * h = p (1 - p). With targets 0 and 1 it is the logistic loss.
 * @throws RangeError for targets below 0 or above 1.
 */
export function xentropy(sample: LossRows): Loss {
  requireTargets(
    sample,
    (y) => y >= 0 && y <= 1,
    "xentropy loss needs targets from 0 to 1",
    () => "; softmax is for classes, squared for numbers",
  );
  return pointwise({
    link: "logistic",
    base: (rows) => [logOdds(weightedMean(rows))],
    // ln(1 + exp(s)) - y s, without overflow.
    value: (score, y) => Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - y * score,
    gradient: (score, y) => 1 / (1 + Math.exp(-score)) - y,
    hessian: (score) => {
      const p = 1 / (1 + Math.exp(-score));
      return Math.max(p * (1 - p), Number.EPSILON);
    },
  });
}
