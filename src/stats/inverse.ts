/** A pivot below it is rounding noise of numbers about 1. */
const LEAST_PIVOT = 1e-9;

/**
 * Inverse of a square matrix of numbers about 1, by Gauss and Jordan with row pivots (Golub and Van Loan 2013, 3.4); null when it has none. Cost n^3.
 * matrix: n x n, row-major.
 */
export function inverse(matrix: Float64Array, n: number): Float64Array | null {
  const a = matrix.slice();
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) result[i * n + i] = 1;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) if (Math.abs(a[row * n + column]!) > Math.abs(a[pivot * n + column]!)) pivot = row;
    const divisor = a[pivot * n + column]!;
    if (Math.abs(divisor) < LEAST_PIVOT) return null;
    for (const side of [a, result]) {
      for (let i = 0; i < n; i++) {
        const held = side[pivot * n + i]!;
        side[pivot * n + i] = side[column * n + i]!;
        side[column * n + i] = held / divisor;
      }
    }
    for (let row = 0; row < n; row++) {
      const factor = a[row * n + column]!;
      if (row === column || factor === 0) continue;
      for (const side of [a, result]) for (let i = 0; i < n; i++) side[row * n + i] = side[row * n + i]! - factor * side[column * n + i]!;
    }
  }
  return result;
}
