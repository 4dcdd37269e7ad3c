/** Mean; NaN of no values. */
export function mean(values: ArrayLike<number>): number {
  return weightedMean(values, null);
}

/** sum(w x) / sum(w), weights not negative; null = all 1. NaN when the weights add up to 0. */
export function weightedMean(values: ArrayLike<number>, weight: ArrayLike<number> | null): number {
  let total = 0;
  let weights = 0;
  for (let i = 0; i < values.length; i++) {
    const w = weight === null ? 1 : weight[i]!;
    total += w * values[i]!;
    weights += w;
  }
  return total / weights;
}
