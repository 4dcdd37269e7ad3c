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
