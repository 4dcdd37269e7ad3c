/** Takes from a vector, in place, its part along an axis of length 1. */
export function subtractAlong(from: Float64Array, axis: Float64Array): void {
  const along = dot(from, axis);
  for (let i = 0; i < from.length; i++) from[i] = (from[i] ?? 0) - along * (axis[i] ?? 0);
}

/** Inner product of two vectors of one length. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
