import { type Column, columnOf, type Frame, takeColumn, takeRows } from "../core/column.ts";
import type { Importance } from "../core/comparison.ts";
import { createRandom } from "../core/random.ts";
import { shuffledDrops } from "../engine/permutation.ts";
import { meanOverFolds } from "../lab/index.ts";
import type { Stratum } from "../stats/index.ts";

export interface PermutationInput {
  /** Answers of a fitted model to rows of raw columns. */
  predict(frame: Frame): Float64Array;
  /** Metric of answers to all the held-out rows. */
  scoreOf(outputs: Float64Array): number;
  readonly frame: Frame;
  /** Held-out rows of the frame. */
  readonly rows: Int32Array;
  /** Raw columns to permute, one at a time. */
  readonly columns: readonly string[];
  readonly better: "higher" | "lower";
  readonly repeats: number;
  readonly seed: number;
  /** Where folds are no sample of folds: the spread of a drop by the rows, from the answers without and with shuffling; null elsewhere. */
  readonly within: ((drop: number, whole: Float64Array, shuffled: readonly Float64Array[]) => Stratum) | null;
  /** Columns with the largest drops whose spread is wanted. */
  readonly shown: number;
}

/** How much worse the score gets when a column's values are shuffled among the held-out rows: mean over repeats, positive = the column helps. */
export interface PermutationDrop {
  readonly drop: number;
  readonly within: Stratum | null;
}

/** By column. */
export type PermutationDrops = Readonly<Record<string, PermutationDrop>>;

/**
 * Permutation importance on held-out rows of one fold (Breiman 2001; Fisher, Rudin and Dominici 2019). It says what this model uses. Columns that
 * carry the same information share it: each can drop to nothing while both together matter.
 */
export function permutationDrops(input: PermutationInput): PermutationDrops {
  const { predict, scoreOf, columns, repeats, seed, better, within, shown } = input;
  const frame = takeRows(input.frame, input.rows);
  const answers = predict(frame);
  const whole = scoreOf(answers);
  const shuffle = (name: string, keep: (outputs: Float64Array) => void) => {
    const column = columnOf(frame, name);
    const random = createRandom(seed, "permutation", name);
    const drops = shuffledDrops({
      ...{ rows: frame.rows, repeats, better, whole },
      uniform: () => random.next(),
      scoreOf: (order) => {
        const outputs = predict(withColumn(frame, takeColumn(column, order)));
        keep(outputs);
        return scoreOf(outputs);
      },
    });
    return drops.reduce((sum, drop) => sum + drop, 0) / repeats;
  };
  const drops = columns.map((name) => ({ name, drop: shuffle(name, () => undefined) }));
  const strongest = new Set([...drops].sort((a, b) => b.drop - a.drop).slice(0, shown));
  return Object.fromEntries(
    drops.map((one) => {
      const { name, drop } = one;
      if (within === null || !strongest.has(one)) return [name, { drop, within: null }];
      const shuffled: Float64Array[] = [];
      shuffle(name, (outputs) => shuffled.push(outputs));
      return [name, { drop, within: within(drop, answers, shuffled) }];
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

/** Mean drop over folds with its interval by the rule for a mean over folds; largest first. Folds on which the metric is undefined are left out. */
export function importanceFrom(folds: readonly DropsOfFold[], experiments: readonly string[], level = 0.95): Importance[] {
  const names = [...new Set(folds.flatMap(({ drops }) => Object.keys(drops)))];
  return names
    .map((column) => {
      const values = folds.map(({ drops, trainRows, testRows }) => {
        const { drop: value, within } = drops[column] ?? { drop: Number.NaN, within: null };
        return { value, within, trainRows, testRows };
      });
      const { mean, low, high, method } = meanOverFolds(values, level, "t with block bootstrap error of the judged rows within each fold");
      return { column, drop: { value: mean, low, high, level, method, experiments } };
    })
    .sort((a, b) => b.drop.value - a.drop.value || (a.column < b.column ? -1 : 1));
}
