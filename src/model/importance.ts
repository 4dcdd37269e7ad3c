import { type Column, columnOf, type Frame, takeColumn, takeRows } from "../core/column.ts";
import type { Importance } from "../core/comparison.ts";
import { createRandom } from "../core/random.ts";
import { correctedT } from "../stats/index.ts";

export interface PermutationInput {
  /** Score of a fitted model on these rows: raw columns in, metric out. */
  scoreWith(frame: Frame): number;
  readonly frame: Frame;
  /** Held-out rows of the frame. */
  readonly rows: Int32Array;
  /** Raw columns to permute, one at a time. */
  readonly columns: readonly string[];
  readonly better: "higher" | "lower";
  readonly repeats: number;
  readonly seed: number;
}

/** Column -> how much worse the score gets when its values are shuffled among the held-out rows: mean over repeats, positive = the column helps. */
export type PermutationDrops = Readonly<Record<string, number>>;

/**
 * Permutation importance on held-out rows of one fold (Breiman 2001; Fisher, Rudin and Dominici 2019). It says what this model uses. Columns that
 * carry the same information share it: each can drop to nothing while both together matter.
 */
export function permutationDrops(input: PermutationInput): PermutationDrops {
  const { scoreWith, columns, repeats, seed, better } = input;
  const frame = takeRows(input.frame, input.rows);
  const whole = scoreWith(frame);
  const sign = better === "higher" ? 1 : -1;
  return Object.fromEntries(
    columns.map((name) => {
      const column = columnOf(frame, name);
      let drop = 0;
      for (let repeat = 0; repeat < repeats; repeat++) {
        const order = createRandom(seed, "permutation", name, repeat).shuffle(Int32Array.from({ length: frame.rows }, (_, row) => row));
        drop += sign * (whole - scoreWith(withColumn(frame, takeColumn(column, order))));
      }
      return [name, drop / repeats];
    }),
  );
}

function withColumn(frame: Frame, column: Column): Frame {
  return { ...frame, columns: frame.columns.map((one) => (one.name === column.name ? column : one)) };
}

export interface DropsOfFold {
  readonly drops: PermutationDrops;
  readonly trainRows: number;
  readonly testRows: number;
}

/** Mean drop over folds with its corrected resampled t interval; largest first. Folds on which the metric is undefined are left out. */
export function importanceFrom(folds: readonly DropsOfFold[], experiments: readonly string[], level = 0.95): Importance[] {
  const ratio = folds.reduce((sum, { trainRows, testRows }) => sum + testRows / trainRows, 0) / Math.max(1, folds.length);
  const names = [...new Set(folds.flatMap(({ drops }) => Object.keys(drops)))];
  return names
    .map((column) => {
      const values = folds.map(({ drops }) => drops[column] ?? Number.NaN).filter((value) => !Number.isNaN(value));
      const { mean, low, high } = correctedT(values, ratio, level);
      return { column, drop: { value: mean, low, high, level, method: "corrected resampled t over folds", experiments } };
    })
    .sort((a, b) => b.drop.value - a.drop.value || (a.column < b.column ? -1 : 1));
}
