import type { Loss, LossRows } from "./contract.ts";
import { pointwise } from "./pointwise.ts";
import { isNumber, logMean, requireParameter, requireTargets } from "./rows.ts";

/**
 * Tweedie deviance with a log link, variance ~ mean^power, up to terms without the score:
 * exp((2 - power) score) / (2 - power) - y exp((1 - power) score) / (1 - power). For targets that are often 0 and else positive.
 * @throws RangeError for targets below 0 or a power that is not above 1 and below 2.
 */
export function tweedie(sample: LossRows, power: number): Loss {
  requireParameter(isNumber(power) && power > 1 && power < 2, "tweedie loss needs a power above 1 and below 2", power);
  requireTargets(sample, (y) => y >= 0, "tweedie loss needs targets that are not negative");
  const [a, b] = [1 - power, 2 - power];
  return pointwise({
    link: "exp",
    base: logMean,
    value: (score, y) => Math.exp(b * score) / b - (y * Math.exp(a * score)) / a,
    gradient: (score, y) => Math.exp(b * score) - y * Math.exp(a * score),
    hessian: (score, y) => b * Math.exp(b * score) - a * y * Math.exp(a * score),
  });
}
