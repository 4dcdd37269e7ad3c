/**
 * Eta squared: share of the variance of the values that their category explains, 0..1. codes: category of each value; negative (missing)
 * rows are left out. NaN when the values are constant.
 */
export function etaSquared(codes: ArrayLike<number>, levels: number, values: ArrayLike<number>): number {
  const counts = new Float64Array(levels);
  const means = new Float64Array(levels);
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < codes.length; i++) {
    const level = codes[i]!;
    if (level < 0) continue;
    const value = values[i]!;
    means[level]! += (value - means[level]!) / ++counts[level]!;
    const off = value - mean;
    mean += off / ++count;
    squares += off * (value - mean);
  }
  if (!(squares > 0)) return Number.NaN;
  let between = 0;
  for (let level = 0; level < levels; level++) between += counts[level]! * (means[level]! - mean) ** 2;
  return Math.min(1, between / squares);
}
