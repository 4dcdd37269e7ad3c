/** z of an AUC against 1/2 (Mann-Whitney, without the correction for ties, so rather too small). */
export function zOfAuc(auc: number, positives: number, negatives: number): number {
  if (positives === 0 || negatives === 0 || Number.isNaN(auc)) return 0;
  return (auc - 0.5) / Math.sqrt((positives + negatives + 1) / (12 * positives * negatives));
}
