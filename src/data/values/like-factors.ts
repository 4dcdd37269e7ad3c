import type { Dimension } from "../../core/units.ts";
import type { TwoModes } from "../../stats/index.ts";
import { type Conversion, LIKE_FACTORS } from "../meaning/units.ts";

/** The factor of two heaps, and one that they bear as well. */
export interface OfTwo {
  readonly conversion: Conversion;
  readonly other: Conversion | null;
}

/** Standard error of a median by that of a mean (normal heaps), and errors that a factor may be off. */
const [OF_MEDIAN, ERRORS] = [Math.sqrt(Math.PI / 2), 2];
/** Factors farther from one another than this are told apart by any two heaps (100 by 88.4 is 1.13). */
const NEAR = Math.log10(1.25);

/**
 * 100 or the 88.4 of creatinine: the medians of the heaps (in logarithms) say which, within their standard error. Both, where neither is
 * nearer by more, or where a substance fits and nobody says that one is measured.
 */
export function likeFactors(conversion: Conversion, { lower, upper }: TwoModes, dimension: Dimension | null): OfTwo {
  const size = (one: Conversion) => -Math.log10(one.factor);
  const rivals = LIKE_FACTORS.filter((one) => one.factor !== conversion.factor && Math.abs(size(one) - size(conversion)) <= NEAR);
  if (rivals.length === 0 || conversion.offset !== 0 || (dimension !== null && dimension !== "concentration"))
    return { conversion, other: null };
  const error = OF_MEDIAN * Math.hypot(lower.spread / Math.sqrt(lower.rows), upper.spread / Math.sqrt(upper.rows));
  const off = (one: Conversion) => Math.abs(upper.median - lower.median - size(one));
  const [best = conversion, next = conversion] = [conversion, ...rivals].sort((a, b) => off(a) - off(b));
  const isTold = off(next) - off(best) > ERRORS * error && (dimension === "concentration" || best === conversion);
  return { conversion: best, other: isTold ? null : next };
}
