/**
 * One scale for all tasks: the share of pairs of rows that a score puts in the right order. For two classes it is the ROC AUC. For
 * numbers it follows from the rank correlation of a bivariate normal (Kruskal 1958): r = 2 sin(pi rho / 6), c = 1/2 + asin(r) / pi.
 */
export function concordanceOfSpearman(rho: number): number {
  const r = 2 * Math.sin((Math.PI * rho) / 6);
  return 0.5 + Math.asin(Math.max(-1, Math.min(1, r))) / Math.PI;
}
