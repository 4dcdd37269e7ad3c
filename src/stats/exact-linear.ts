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

/**
 * Weights and constant of y as a combination of the columns: each weight is that of y on what the other columns leave of its column (Frisch and Waugh 1933).
 * columns: of equal length and independent, such as `exactLinear` keeps.
 */
export function linearWeights(
  columns: readonly Float64Array[],
  y: Float64Array,
): { readonly weights: readonly number[]; readonly constant: number } {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const means = columns.map(mean);
  const centred = columns.map((values, k) => values.map((value) => value - (means[k] ?? 0)));
  const weights = centred.map((own, place) => {
    const left = own.slice();
    const basis: Float64Array[] = [];
    for (const other of centred.filter((_, k) => k !== place)) {
      const axis = other.slice();
      for (let pass = 0; pass < 2; pass++) for (const known of basis) subtract(axis, known);
      const length = Math.sqrt(dot(axis, axis));
      if (length === 0) continue;
      basis.push(axis.map((value) => value / length));
    }
    for (let pass = 0; pass < 2; pass++) for (const axis of basis) subtract(left, axis);
    return dot(left, y) / dot(left, left);
  });
  return { weights, constant: mean(y) - means.reduce((sum, middle, k) => sum + (weights[k] ?? 0) * middle, 0) };
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
    for (let pass = 0; pass < 2; pass++) for (const axis of basis) subtract(own, axis);
    const length = Math.sqrt(dot(own, own));
    if (length < 1e-6) continue;
    for (let i = 0; i < own.length; i++) own[i] = (own[i] ?? 0) / length;
    basis.push(own);
    subtract(left, own);
  }
  for (const axis of basis) subtract(left, axis);
  return dot(left, left);
}

function subtract(from: Float64Array, axis: Float64Array): void {
  const along = dot(from, axis);
  for (let i = 0; i < from.length; i++) from[i] = (from[i] ?? 0) - along * (axis[i] ?? 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
