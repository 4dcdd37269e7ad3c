/**
 * One scale for all tasks: the share of pairs of rows that a score puts in the right order. For two classes it is the ROC AUC. For
 * numbers it follows from the rank correlation of a bivariate normal (Kruskal 1958): r = 2 sin(pi rho / 6), c = 1/2 + asin(r) / pi.
 */
export function concordanceOfSpearman(rho: number): number {
  const r = 2 * Math.sin((Math.PI * rho) / 6);
  return 0.5 + Math.asin(Math.max(-1, Math.min(1, r))) / Math.PI;
}

/** AUC of bins given in ascending order of score. counts: rows of each bin; positives: those of the class. NaN with one side only. */
export function aucOfBins(
  order: ArrayLike<number>,
  counts: ArrayLike<number>,
  positives: ArrayLike<number>,
  scores: ArrayLike<number> | null,
): number {
  let below = 0;
  let wins = 0;
  let allPositives = 0;
  let allNegatives = 0;
  for (let start = 0; start < order.length; ) {
    let tiedPositives = 0;
    let tiedNegatives = 0;
    let end = start;
    const score = scores === null ? 0 : scores[order[start] ?? 0];
    do {
      const bin = order[end] ?? 0;
      tiedPositives += positives[bin] ?? 0;
      tiedNegatives += (counts[bin] ?? 0) - (positives[bin] ?? 0);
      end++;
    } while (scores !== null && end < order.length && scores[order[end] ?? 0] === score);
    wins += tiedPositives * (below + tiedNegatives / 2);
    below += tiedNegatives;
    allPositives += tiedPositives;
    allNegatives += tiedNegatives;
    start = end;
  }
  return allPositives === 0 || allNegatives === 0 ? Number.NaN : wins / (allPositives * allNegatives);
}

/** z of an AUC against 1/2 (Mann-Whitney, without the correction for ties, so rather too small). */
export function zOfAuc(auc: number, positives: number, negatives: number): number {
  if (positives === 0 || negatives === 0 || Number.isNaN(auc)) return 0;
  return (auc - 0.5) / Math.sqrt((positives + negatives + 1) / (12 * positives * negatives));
}

/** Rank correlation of bins in ascending order of score with the ranks whose sum stands in each bin. 0 when either side is constant. */
export function spearmanOfBins(
  order: ArrayLike<number>,
  counts: ArrayLike<number>,
  rankSums: ArrayLike<number>,
  rankSquares: number,
  scores: ArrayLike<number> | null,
): number {
  let n = 0;
  let sumY = 0;
  for (let i = 0; i < order.length; i++) {
    n += counts[order[i] ?? 0] ?? 0;
    sumY += rankSums[order[i] ?? 0] ?? 0;
  }
  const meanX = (n + 1) / 2;
  const meanY = sumY / n;
  let before = 0;
  let product = 0;
  let spreadX = 0;
  for (let start = 0; start < order.length; ) {
    let tied = 0;
    let tiedY = 0;
    let end = start;
    const score = scores === null ? 0 : scores[order[start] ?? 0];
    do {
      tied += counts[order[end] ?? 0] ?? 0;
      tiedY += rankSums[order[end] ?? 0] ?? 0;
      end++;
    } while (scores !== null && end < order.length && scores[order[end] ?? 0] === score);
    const offset = before + (tied + 1) / 2 - meanX;
    product += offset * (tiedY - tied * meanY);
    spreadX += tied * offset ** 2;
    before += tied;
    start = end;
  }
  const spreadY = rankSquares - n * meanY ** 2;
  return n > 2 && spreadX > 0 && spreadY > 1e-9 ? product / Math.sqrt(spreadX * spreadY) : 0;
}
