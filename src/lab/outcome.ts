import { createHash } from "node:crypto";
import type { Experiment, FoldOutcome, Outcome } from "../core/experiment.ts";
import type { Json } from "../core/json.ts";
import type { Fold } from "../core/split.ts";
import type { FoldResult } from "./contracts.ts";

/** Puts the results of an experiment's folds together. Both lists are in fold order, so the outcome does not depend on who was done first. */
export function outcomeOf(id: string, experiment: Experiment, folds: readonly Fold[], results: readonly FoldResult[]): Outcome {
  const judged = folds.map((fold, i) => foldOutcome(fold, results[i]));
  return { id, experiment, folds: judged, scores: meanScores(judged), outOfFold: outOfFold(folds, results), notes: notesOf(results) };
}

function foldOutcome(fold: Fold, result: FoldResult | undefined): FoldOutcome {
  const { scores, fitMs, predictMs } = result ?? { scores: {}, fitMs: 0, predictMs: 0 };
  return { fold: fold.index, trainRows: fold.train.length, testRows: fold.test.length, scores, fitMs, predictMs };
}

/** Mean over the folds where the score is finite; NaN when it is finite nowhere. */
export function meanScores(folds: readonly FoldOutcome[]): Record<string, number> {
  const names = [...new Set(folds.flatMap(({ scores }) => Object.keys(scores)))];
  return Object.fromEntries(
    names.map((name) => {
      const finite = folds.map(({ scores }) => scores[name] ?? Number.NaN).filter(Number.isFinite);
      return [name, finite.reduce((total, score) => total + score, 0) / finite.length];
    }),
  );
}

/** Mean output of every judged row, over the folds that judged it. */
function outOfFold(folds: readonly Fold[], results: readonly FoldResult[]): Outcome["outOfFold"] {
  const last = folds.reduce((most, { test }) => Math.max(most, test[test.length - 1] ?? -1), -1);
  const times = new Int32Array(last + 1);
  for (const { test } of folds) for (const row of test) times[row] = (times[row] ?? 0) + 1;
  const rows = times.map((count, row) => (count > 0 ? row : -1)).filter((row) => row >= 0);
  const place = new Int32Array(last + 1);
  rows.forEach((row, i) => {
    place[row] = i;
  });
  const width = widthOf(folds, results);
  const outputs = new Float64Array(rows.length * width);
  folds.forEach(({ test }, f) => {
    const given = results[f]?.outputs ?? new Float64Array(0);
    for (let i = 0; i < given.length; i++) {
      const at = (place[test[Math.floor(i / width)] ?? 0] ?? 0) * width + (i % width);
      outputs[at] = (outputs[at] ?? 0) + (given[i] ?? 0);
    }
  });
  return { rows, outputs: outputs.map((total, i) => total / (times[rows[Math.floor(i / width)] ?? 0] ?? 1)) };
}

/** Outputs per row, equal in all folds. */
function widthOf(folds: readonly Fold[], results: readonly FoldResult[]): number {
  const widths = new Set(folds.map(({ test }, f) => (results[f]?.outputs.length ?? 0) / test.length));
  const [width = 0] = widths;
  if (widths.size !== 1 || !Number.isInteger(width))
    throw new RangeError(`outputs per row differ between folds: ${[...widths].join(", ")}`);
  return width;
}

/** Each note as a list with one value per fold. */
function notesOf(results: readonly FoldResult[]): Record<string, Json> {
  const names = [...new Set(results.flatMap(({ notes }) => Object.keys(notes)))];
  return Object.fromEntries(names.map((name) => [name, results.map(({ notes }) => notes[name] ?? null)]));
}

/** First 16 hex digits of the SHA-256 of the out-of-fold rows and outputs. */
export function predictionsDigest({ rows, outputs }: Outcome["outOfFold"]): string {
  const hash = createHash("sha256");
  for (const array of [rows, outputs]) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return hash.digest("hex").slice(0, 16);
}
