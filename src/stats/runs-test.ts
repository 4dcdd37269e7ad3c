import { normalTwoSidedP } from "./normal.ts";

export interface RunsTest {
  readonly runs: number;
  /** Number of runs expected in a random order. */
  readonly expected: number;
  /** Negative: fewer runs than by chance, equal labels stand together. */
  readonly z: number;
  readonly p: number;
}

/** Wald-Wolfowitz runs test of a sequence of two labels (1 and anything else), without continuity correction. z 0 for one label. */
export function runsTest(labels: ArrayLike<number>): RunsTest {
  const n = labels.length;
  let ones = 0;
  let runs = n === 0 ? 0 : 1;
  for (let i = 0; i < n; i++) {
    if (labels[i] === 1) ones++;
    if (i > 0 && (labels[i] === 1) !== (labels[i - 1] === 1)) runs++;
  }
  const pairs = 2 * ones * (n - ones);
  if (pairs === 0) return { runs, expected: runs, z: 0, p: 1 };
  const expected = pairs / n + 1;
  const variance = (pairs * (pairs - n)) / (n * n * (n - 1));
  const z = variance > 0 ? (runs - expected) / Math.sqrt(variance) : 0;
  return { runs, expected, z, p: normalTwoSidedP(z) };
}
