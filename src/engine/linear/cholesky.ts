/**
 * Solves A x = b for a symmetric positive definite matrix of order n (row-major, only the lower half is read and overwritten).
 * @throws RangeError when A is not positive definite.
 */
export function choleskySolve(a: Float64Array, b: Float64Array, n: number): Float64Array {
  factorise(a, n);
  const x = b.slice();
  solveFactorised(a, x, n);
  return x;
}

/** The lower half of A becomes L with A = L L^T. @throws RangeError when A is not positive definite. */
export function factorise(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      if (i !== j) a[i * n + j] = sum / a[j * n + j]!;
      else if (sum > 0) a[i * n + i] = Math.sqrt(sum);
      else throw new RangeError(`the equations have no unique solution (pivot ${i} is ${sum}); raise l2`);
    }
  }
}

/** x = b becomes the solution of L L^T x = b. */
export function solveFactorised(lower: Float64Array, x: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * x[k]!;
    x[i] = sum / lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const own = x[i]! / lower[i * n + i]!;
    x[i] = own;
    for (let k = 0; k < i; k++) x[k] = x[k]! - lower[i * n + k]! * own;
  }
}
