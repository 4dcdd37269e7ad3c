/**
 * Jensen-Shannon distance of two distributions given as counts over the same cells: square root of the divergence in bits, 0 (equal)
 * to 1 (no cell in common). NaN when a side is empty.
 */
export function jensenShannon(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const totalA = sum(a);
  const totalB = sum(b);
  if (totalA === 0 || totalB === 0) return Number.NaN;
  let divergence = 0;
  for (let i = 0; i < a.length; i++) {
    const p = a[i]! / totalA;
    const q = b[i]! / totalB;
    if (p > 0) divergence += p * Math.log2((2 * p) / (p + q));
    if (q > 0) divergence += q * Math.log2((2 * q) / (p + q));
  }
  return Math.sqrt(Math.min(1, Math.max(0, divergence / 2)));
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
