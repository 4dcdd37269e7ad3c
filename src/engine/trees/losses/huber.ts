import type { Loss, LossRows } from "./contract.ts";
import { pointwise } from "./pointwise.ts";
import { isNumber, meanOver, quantileOf, requireParameter } from "./rows.ts";

/** Halvings of an interval until doubles can tell its ends apart no more. */
const HALVINGS = 100;

/**
 * Huber's loss of r = score - y: r^2/2 up to delta, delta (|r| - delta/2) beyond; g = r cut at delta, h = 1.
 * delta null: the 0.9 quantile of |y - median| (Friedman 2001), taken once, before the first tree.
 * @throws RangeError for a delta that is not above 0.
 */
export function huber(sample: LossRows, given: number | null): Loss {
  requireParameter(given === null || (isNumber(given) && given > 0), "huber loss needs a delta above 0", given);
  const delta = given ?? automaticDelta(sample);
  return pointwise({
    link: "identity",
    base: (rows) => [bestConstant(rows, delta)],
    value: (score, y) => {
      const distance = Math.abs(score - y);
      return distance <= delta ? distance ** 2 / 2 : delta * (distance - delta / 2);
    },
    gradient: (score, y) => cut(score - y, delta),
  });
}

function cut(residual: number, delta: number): number {
  return Math.max(-delta, Math.min(delta, residual));
}

function automaticDelta(sample: LossRows): number {
  const median = quantileOf(sample, 0.5);
  const distance = sample.target.map((y) => Math.abs(y - median));
  return quantileOf({ ...sample, target: distance }, 0.9) || 1;
}

/** Where the mean gradient, which rises with the constant, crosses 0. */
function bestConstant(rows: LossRows, delta: number): number {
  const slope = (constant: number) => meanOver(rows, (_row, y) => cut(constant - y, delta));
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < rows.count; i++) {
    const y = rows.target[rows.rows[i]!]!;
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  for (let i = 0; i < HALVINGS && low < high; i++) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}
