/** What a bootstrap of few units of unlike size knows of the spread of their weighted mean. */
export interface UnlikeUnits {
  /** By which the variance over resamples is too small: u / (u - 1) for u units of one size. */
  readonly factor: number;
  /** Degrees of freedom of that variance: u - 1 for u units of one size, near 1 when one decides; 0 when nothing is seen. */
  readonly df: number;
}

/**
 * The correction of Bell and McCaffrey (2002; Imbens and Kolesar 2016) for a weighted mean of clusters whose values vary alike: the variance sum of p^2 (x - mean)^2, p the shares, is x'Ax;
 * its expectation falls short of sum of p^2 by `factor`, and its degrees of freedom are (tr A)^2 / tr A^2 (Satterthwaite).
 * @param weights one per unit, positive
 */
export function unlikeUnits(weights: ArrayLike<number>): UnlikeUnits {
  const total = Array.from(weights).reduce((sum, weight) => sum + weight, 0);
  const shares = Array.from(weights, (weight) => weight / total);
  const squares = shares.reduce((sum, p) => sum + p * p, 0);
  let [trace, c0, c1, c2, own] = [0, 0, 0, 0, 0];
  for (const p of shares) {
    const c = p * p;
    trace += c * (1 + squares - 2 * p);
    c0 += c;
    c1 += c * p;
    c2 += c * p * p;
    own += c * c * ((1 + squares - 2 * p) ** 2 - (squares - 2 * p) ** 2);
  }
  // The sum over all pairs of c c' (squares - p - p')^2, and what the pairs of a unit with itself have more.
  const square = squares * squares * c0 * c0 + 2 * c2 * c0 + 2 * c1 * c1 - 4 * squares * c1 * c0 + own;
  return trace > 1e-12 ? { factor: squares / trace, df: trace ** 2 / square } : { factor: Number.NaN, df: 0 };
}
