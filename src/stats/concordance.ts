/**
 * One scale for all tasks: the share of pairs of rows that a score puts in the right order. For two classes it is the ROC AUC. For
 * numbers it follows from the rank correlation of a bivariate normal (Kruskal 1958): r = 2 sin(pi rho / 6), c = 1/2 + asin(r) / pi.
 */
export function concordanceOfSpearman(rho: number): number {
  const r = 2 * Math.sin((Math.PI * rho) / 6);
  return 0.5 + Math.asin(Math.max(-1, Math.min(1, r))) / Math.PI;
}

/**
 * The same share counted over all pairs whose second values differ; a pair with equal first values counts half (Somers' D of the first on the second, as a share). 0.5 where no pair
 * differs. Quadratic in the rows: for some thousands.
 */
export function concordanceOfPairs(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let [right, pairs] = [0, 0];
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < i; j++) {
      const up = Math.sign(y[i]! - y[j]!);
      if (up === 0) continue;
      pairs++;
      right += (1 + up * Math.sign(x[i]! - x[j]!)) / 2;
    }
  return pairs === 0 ? 0.5 : right / pairs;
}
