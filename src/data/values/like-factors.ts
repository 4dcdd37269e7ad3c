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

/** A decimal point in the wrong place stands in the ratio of tenths, whatever is measured. */
const TENTHS = 10;

/**
 * 100 or the 88.4 of creatinine, 10 or the 10.76 of square feet: the medians of the heaps (in logarithms) say which, within their standard error. Both, where neither is
 * nearer by more, where a substance fits and nobody says that one is measured, or where tenths are nearer and are no unit of what is measured.
 */
export function likeFactors(
  conversion: Conversion,
  { lower, upper }: Pick<TwoModes, "lower" | "upper">,
  dimension: Dimension | null,
  conversions: readonly Conversion[],
): OfTwo {
  const size = (one: Conversion) => -Math.log10(one.factor);
  const ofLaboratory = dimension === null || dimension === "concentration";
  const likes = ofLaboratory ? LIKE_FACTORS : LIKE_FACTORS.filter(({ factor }) => factor === 1 / TENTHS);
  const known = [...likes.filter(({ factor }) => conversions.every((one) => one.factor !== factor)), ...conversions];
  const rivals = known.filter(
    (one) => one.offset === 0 && one.factor !== conversion.factor && Math.abs(size(one) - size(conversion)) <= NEAR,
  );
  if (rivals.length === 0 || conversion.offset !== 0) return { conversion, other: null };
  const error = OF_MEDIAN * Math.hypot(lower.spread / Math.sqrt(lower.rows), upper.spread / Math.sqrt(upper.rows));
  const off = (one: Conversion) => Math.abs(upper.median - lower.median - size(one));
  const [best = conversion, next = conversion] = [conversion, ...rivals].sort((a, b) => off(a) - off(b));
  const isUnit = dimension === "concentration" || best === conversion || (dimension !== null && conversions.includes(best));
  const isTold = off(next) - off(best) > ERRORS * error && isUnit;
  return { conversion: best, other: isTold ? null : next };
}
