import { autocorrelation } from "./persistence.ts";

/** Twice Carlstein's length: his has the least mean squared error of the variance, longer blocks cover better (docs/model.md). */
const FACTOR = 2;

/** Beyond this the rule would ask for one block whatever the length. */
const HIGHEST = 0.97;

/**
 * Length of non-overlapping blocks within which the memory of a series fades: 2 (2 rho / (1 - rho^2))^(2/3) n^(1/3), at least 1, rho the lag-1
 * autocorrelation (Carlstein 1986, doi:10.1214/aos/1176350057; an AR(1) as pilot). stretches: pieces of the series, each about its own mean.
 */
export function blockLength(stretches: readonly ArrayLike<number>[]): number {
  const n = stretches.reduce((sum, { length }) => sum + length, 0);
  let weighted = 0;
  let known = 0;
  for (const stretch of stretches) {
    const { value } = autocorrelation(stretch);
    if (Number.isNaN(value)) continue;
    // A mean taken from the same values biases rho by -(1 + 3 rho) / n (Kendall 1954).
    weighted += stretch.length * value + 1 + 3 * value;
    known += stretch.length;
  }
  const rho = known === 0 ? 0 : Math.min(HIGHEST, Math.max(0, weighted / known));
  return Math.max(1, FACTOR * ((2 * rho) / (1 - rho ** 2)) ** (2 / 3) * Math.cbrt(n));
}
