import { pearson } from "./correlation.ts";

/**
 * How many independent tests a family of correlated ones is worth: 1 + (M - 1)(1 - V / M), where V is the variance of the eigenvalues of the correlations
 * R between the statistics (Nyholt 2004); M is the number of rows. V = (sum of R_ij^2 - M) / (M - 1), so no eigenvalue is computed. statistics: M x repetitions;
 * correlations are taken over the repetitions that both have, 0 where there is none. Between 1 (all the same, or no test) and M (independent).
 */
export function effectiveTests(statistics: readonly (readonly number[])[]): number {
  const count = statistics.length;
  if (count < 2) return 1;
  let squares = count;
  for (let i = 0; i < count; i++) for (let j = 0; j < i; j++) squares += 2 * correlation(statistics[i]!, statistics[j]!) ** 2;
  const variance = (squares - count) / (count - 1);
  return 1 + (count - 1) * (1 - variance / count);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const both = Array.from(a.keys()).filter((i) => Number.isFinite(a[i]) && Number.isFinite(b[i]));
  const value = pearson(
    both.map((i) => a[i]!),
    both.map((i) => b[i]!),
  );
  return Number.isFinite(value) ? value : 0;
}
