/**
 * Weights without their unit: those above 0 have mean 1. null when they are all equal, or none are given. Smoothing, priors and penalties are counted in
 * rows, so without this they would mean something else for weights in another unit.
 */
export function unitWeights(weight: Float64Array | null): Float64Array | null {
  if (weight === null) return null;
  let [sum, count] = [0, 0];
  let isEqual = true;
  for (const w of weight) {
    isEqual &&= w === weight[0];
    if (!(w > 0)) continue;
    sum += w;
    count++;
  }
  if (count === 0) return weight;
  return isEqual ? null : weight.map((w) => (w * count) / sum);
}
