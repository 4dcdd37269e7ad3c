import { dot, subtractAlong } from "./vectors.ts";

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
      for (let pass = 0; pass < 2; pass++) for (const known of basis) subtractAlong(axis, known);
      const length = Math.sqrt(dot(axis, axis));
      if (length === 0) continue;
      basis.push(axis.map((value) => value / length));
    }
    for (let pass = 0; pass < 2; pass++) for (const axis of basis) subtractAlong(left, axis);
    return dot(left, y) / dot(left, left);
  });
  return { weights, constant: mean(y) - means.reduce((sum, middle, k) => sum + (weights[k] ?? 0) * middle, 0) };
}
