import { normalQuantile } from "./normal.ts";

/**
 * Wilson's score interval of a proportion. trials may be an effective number and need not be whole. No trials: [0, 1] and value NaN.
 */
export function wilson(successes: number, trials: number, level: number): { value: number; low: number; high: number } {
  if (!(trials > 0)) return { value: Number.NaN, low: 0, high: 1 };
  const share = successes / trials;
  const z2 = normalQuantile((1 + level) / 2) ** 2;
  const centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const reach = Math.sqrt((z2 * (share * (1 - share) + z2 / (4 * trials))) / trials) / (1 + z2 / trials);
  return {
    value: share,
    low: share === 0 ? 0 : Math.max(0, centre - reach),
    high: share === 1 ? 1 : Math.min(1, centre + reach),
  };
}

/** Kish's effective number of rows: (sum w)^2 / sum w^2. */
export function effectiveCount(weight: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weight.length; i++) {
    sum += weight[i]!;
    squares += weight[i]! ** 2;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}
