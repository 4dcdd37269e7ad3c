import { createRandom } from "../../core/random.ts";
import { mean, standardDeviation } from "../../stats/index.ts";

/** Draws that exceed before the rest is spared: enough to know that p is not small (Besag and Clifford 1991). */
const ENOUGH = 10;
/** Draws that are always made, to know the mean and spread of the statistic without drift. */
const LEAST_DRAWS = 100;

export interface SplitNull {
  readonly p: number;
  /** Mean and standard deviation of the statistic when nothing has drifted, at this size of window. */
  readonly mean: number;
  readonly sd: number;
  readonly draws: number;
  /** Of them at least as large as the value. */
  readonly reached: number;
}

/** The statistic of a window (row places of the reference, `chosen[place] = 1`) against the rest of the reference. */
export type SplitStatistic = (chosen: Uint8Array) => number;

/**
 * Null distribution of a statistic at the actual window size: the reference is split at random into a window of `window` rows and the rest, which have
 * drifted nowhere. p counts the splits that reach `value`, never 0. Sequential: stops early when p is plainly not small.
 */
export function splitNull(
  value: number,
  statistic: SplitStatistic,
  rows: number,
  window: number,
  mostDraws: number,
  seed: number,
): SplitNull {
  const random = createRandom(seed, "splits");
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const chosen = new Uint8Array(rows);
  const drawn: number[] = [];
  let reached = 0;
  while (drawn.length < mostDraws && (reached < ENOUGH || drawn.length < LEAST_DRAWS)) {
    chosen.fill(0);
    for (let i = 0; i < window; i++) {
      const j = i + random.integer(rows - i);
      const row = order[j] ?? 0;
      order[j] = order[i] ?? 0;
      order[i] = row;
      chosen[row] = 1;
    }
    const one = statistic(chosen);
    drawn.push(one);
    if (one >= value) reached++;
  }
  return {
    p: (reached + 1) / (drawn.length + 1),
    mean: mean(drawn),
    sd: standardDeviation(drawn),
    draws: drawn.length,
    reached,
  };
}
