import type { Loss } from "./contract.ts";
import { pointwise } from "./pointwise.ts";
import { quantileOf } from "./rows.ts";

/** Absolute error: g = sign(score - y), h = 1; leaves take the median of their residuals. */
export function absolute(): Loss {
  return pointwise({
    link: "identity",
    base: (rows) => [quantileOf(rows, 0.5)],
    value: (score, y) => Math.abs(score - y),
    gradient: (score, y) => Math.sign(score - y),
    leafQuantile: 0.5,
  });
}
