/** Pearson's r in [-1, 1]; NaN when a side is constant or there are fewer than two pairs. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let meanX = 0;
  let meanY = 0;
  let squaresX = 0;
  let squaresY = 0;
  let products = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    meanX += dx / (i + 1);
    meanY += dy / (i + 1);
    squaresX += dx * (x[i]! - meanX);
    squaresY += dy * (y[i]! - meanY);
    products += dx * (y[i]! - meanY);
  }
  if (!(squaresX > 0 && squaresY > 0)) return Number.NaN;
  return Math.min(1, Math.max(-1, products / Math.sqrt(squaresX) / Math.sqrt(squaresY)));
}

/** Correlation of x and y among pairs of one z (Yule 1907), by the three between them; 0 where z leaves nothing of x or of y. Fisher's z of it has the deviation 1 / sqrt(n - 4). */
export function partialCorrelation(xy: number, xz: number, yz: number): number {
  const left = (1 - xz ** 2) * (1 - yz ** 2);
  return left > 0 ? Math.min(1, Math.max(-1, (xy - xz * yz) / Math.sqrt(left))) : 0;
}
