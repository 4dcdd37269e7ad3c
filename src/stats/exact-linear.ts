import { dot, subtractAlong } from "./vectors.ts";

/** Share of the variance of y that may be left for a fit to count as exact. */
const EXACT = 1e-9;

/**
 * The smallest set of columns whose linear combination (with a constant) gives y exactly, found by leaving out one after the other;
 * null when even all of them do not. `exact`: share of the variance of y that may be left, for values that were rounded. columns: equal length, no NaN, at least three times as many rows as columns.
 */
export function exactLinear(columns: readonly Float64Array[], y: Float64Array, exact: number = EXACT): readonly number[] | null {
  if (y.length < 3 * columns.length + 10 || columns.length < 2) return null;
  const centred = columns.map(standardised);
  const wanted = standardised(y);
  const fits = (places: readonly number[]) =>
    residualShare(
      places.map((place) => centred[place] ?? wanted),
      wanted,
    ) < exact;
  let kept = Array.from(columns.keys());
  if (!fits(kept)) return null;
  for (let place = columns.length - 1; place >= 0; place--) {
    const fewer = kept.filter((other) => other !== place);
    if (fewer.length > 0 && fits(fewer)) kept = fewer;
  }
  return kept;
}

function standardised(values: Float64Array): Float64Array {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const off = values.map((value) => value - middle);
  const length = Math.sqrt(dot(off, off));
  return length === 0 ? off : off.map((value) => value / length);
}

/** Modified Gram-Schmidt, twice: squared length of what is left of a vector of length 1. */
function residualShare(columns: readonly Float64Array[], y: Float64Array): number {
  const basis: Float64Array[] = [];
  const left = y.slice();
  for (const column of columns) {
    const own = column.slice();
    for (let pass = 0; pass < 2; pass++) for (const axis of basis) subtractAlong(own, axis);
    const length = Math.sqrt(dot(own, own));
    if (length < 1e-6) continue;
    for (let i = 0; i < own.length; i++) own[i] = (own[i] ?? 0) / length;
    basis.push(own);
    subtractAlong(left, own);
  }
  for (const axis of basis) subtractAlong(left, axis);
  return dot(left, left);
}
