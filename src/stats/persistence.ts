import { normalTwoSidedP } from "./normal.ts";

export interface Persistence {
  /** Share of consecutive rows with equal label, or lag-1 autocorrelation of numbers. */
  readonly value: number;
  /** Its mean over all orders of the same rows. */
  readonly expected: number;
  /** (value - expected) / standard deviation over all orders. Positive: neighbours resemble each other. */
  readonly z: number;
  readonly p: number;
}

/**
 * Share of neighbours with equal label, against all permutations of the labels (exact mean and variance, normal p). Fewer than four
 * rows, or one label only: z 0.
 */
export function labelPersistence(labels: ArrayLike<number>): Persistence {
  const n = labels.length;
  const counts = new Map<number, number>();
  let equal = 0;
  for (let i = 0; i < n; i++) {
    counts.set(labels[i]!, (counts.get(labels[i]!) ?? 0) + 1);
    if (i > 0 && labels[i] === labels[i - 1]) equal++;
  }
  const value = equal / (n - 1);
  const sizes = [...counts.values()];
  // Chance that two, three, and two separate pairs of rows drawn without replacement carry equal labels.
  const pairs = sizes.map((size) => falling(size, 2));
  const pairSum = total(pairs);
  const two = pairSum / falling(n, 2);
  if (n < 4 || sizes.length < 2) return { value, expected: two, z: 0, p: 1 };
  const three = total(sizes.map((size) => falling(size, 3))) / falling(n, 3);
  const separate = (total(sizes.map((size) => falling(size, 4))) + pairSum ** 2 - total(pairs.map((pair) => pair ** 2))) / falling(n, 4);
  const variance = (n - 1) * two * (1 - two) + 2 * (n - 2) * (three - two ** 2) + (n - 2) * (n - 3) * (separate - two ** 2);
  const z = variance > 1e-9 ? (equal - (n - 1) * two) / Math.sqrt(variance) : 0;
  return { value, expected: two, z, p: normalTwoSidedP(z) };
}

/**
 * Lag-1 autocorrelation of numbers in row order, against all permutations of them (exact mean and variance, normal p). Fewer than four
 * rows, or constant: value NaN, z 0.
 */
export function autocorrelation(values: ArrayLike<number>): Persistence {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (values[i]! - mean) / (i + 1);
  let squares = 0;
  let fourths = 0;
  let products = 0;
  for (let i = 0; i < n; i++) {
    const off = values[i]! - mean;
    squares += off ** 2;
    fourths += off ** 4;
    if (i > 0) products += off * (values[i - 1]! - mean);
  }
  if (n < 4 || !(squares > 0)) return { value: Number.NaN, expected: -1 / n, z: 0, p: 1 };
  const kurtosis = fourths / squares ** 2;
  const same = (n - 1) * ((1 - kurtosis) / falling(n, 2));
  const sharing = 2 * (n - 2) * ((2 * kurtosis - 1) / falling(n, 3));
  const apart = (n - 2) * (n - 3) * ((3 - 6 * kurtosis) / falling(n, 4));
  const variance = same + sharing + apart - 1 / n ** 2;
  const value = products / squares;
  const z = variance > 0 ? (value + 1 / n) / Math.sqrt(variance) : 0;
  return { value, expected: -1 / n, z, p: normalTwoSidedP(z) };
}

function falling(n: number, terms: number): number {
  let product = 1;
  for (let i = 0; i < terms; i++) product *= n - i;
  return product;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
