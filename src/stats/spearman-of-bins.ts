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
