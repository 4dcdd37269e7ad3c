/**
 * Probability that `rows` rows fall into `classes` equally likely classes in exactly equal parts, the mode of the multinomial, by Stirling's formula: too
 * large by a share of about (classes^2 - 1) / (12 rows).
 */
export function equalCountsProbability(rows: number, classes: number): number {
  return classes ** (classes / 2) / (2 * Math.PI * rows) ** ((classes - 1) / 2);
}
