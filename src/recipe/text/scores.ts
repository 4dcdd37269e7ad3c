import { fitSparseRidge, type SparseLinear } from "../../engine/sparse/ridge.ts";
import { multiplySparse, type SparseRows } from "../../engine/sparse/rows.ts";
import { partsOf } from "../out-of-fold.ts";
import type { StepTraining } from "../step.ts";

/** Penalty: on rows of length 1 a few good words get their say, and thousands of others do not drown them (docs/recipe.md compares). */
const L2 = 3;

/** Texts of the training rows: one row of `weighed` for each different one, and for each training row its text; -1 = missing. */
export interface TrainingTexts {
  readonly weighed: SparseRows;
  readonly textOf: Int32Array;
}

/** A linear model of the terms for one output: ridge on the target, or on 1 for the class and 0 for all others. */
export function learnScore(texts: TrainingTexts, target: Float64Array, classIndex: number | null): SparseLinear {
  return learnOn(texts, target, classIndex, null);
}

/** Scores of the training rows, each by a model that was learned on the other four fifths of them. */
export function scoresOutOfFold(texts: TrainingTexts, { target, rows, seed }: StepTraining, classIndex: number | null): Float64Array {
  const scores = new Float64Array(rows);
  for (const part of partsOf(rows, seed, "text")) {
    const model = learnOn(texts, target?.values ?? new Float64Array(rows), classIndex, part);
    const ofTexts = scoresOf(model, texts.weighed);
    for (const row of part) scores[row] = ofTexts[texts.textOf[row] ?? -1] ?? model.intercept;
  }
  return scores;
}

/** One score per row of the matrix. */
export function scoresOf({ intercept, weights }: SparseLinear, weighed: SparseRows): Float64Array {
  const scores = new Float64Array(weighed.rows);
  multiplySparse(weighed, weights, scores);
  return scores.map((score) => score + intercept);
}

/** Rows with one and the same text count as one with their mean and their number: the same squares but for a constant. A missing text has no terms. */
function learnOn(
  { weighed, textOf }: TrainingTexts,
  target: Float64Array,
  classIndex: number | null,
  without: Int32Array | null,
): SparseLinear {
  const times = new Float64Array(weighed.rows);
  const sums = new Float64Array(weighed.rows);
  const isLeftOut = new Uint8Array(textOf.length);
  for (const row of without ?? []) isLeftOut[row] = 1;
  for (const [row, text] of textOf.entries()) {
    if (text < 0 || isLeftOut[row] === 1) continue;
    const value = target[row] ?? 0;
    times[text] = (times[text] ?? 0) + 1;
    sums[text] = (sums[text] ?? 0) + (classIndex === null ? value : Number(value === classIndex));
  }
  const means = sums.map((sum, text) => ((times[text] ?? 0) === 0 ? 0 : sum / (times[text] ?? 1)));
  return fitSparseRidge(weighed, means, times, { l2: L2 });
}
