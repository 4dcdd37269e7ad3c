import { createHash } from "node:crypto";
import type { Experiment, FoldOutcome, Outcome, OutOfFold } from "../core/experiment.ts";
import type { Json } from "../core/json.ts";
import type { Fold } from "../core/split.ts";
import { int32Where, placesUpTo } from "../core/typed-from.ts";
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
function meanScores(folds: readonly FoldOutcome[]): Record<string, number> {
  const names = [...new Set(folds.flatMap(({ scores }) => Object.keys(scores)))];
  return Object.fromEntries(
    names.map((name) => {
      const finite = folds.map(({ scores }) => scores[name] ?? Number.NaN).filter(Number.isFinite);
      return [name, finite.reduce((total, score) => total + score, 0) / finite.length];
    }),
  );
}

/** The n-th time that a row is judged belongs to repeat n. @throws RangeError when rows are not judged equally often. */
function outOfFold(folds: readonly Fold[], results: readonly FoldResult[]): OutOfFold {
  const end = folds.reduce((most, { test }) => Math.max(most, test[test.length - 1] ?? -1), -1) + 1;
  const times = new Int32Array(end);
  for (const { test } of folds) for (const row of test) times[row] = (times[row] ?? 0) + 1;
  const judged = int32Where(placesUpTo(times.length), (row) => (times[row] ?? 0) > 0);
  const repeats = times[judged[0] ?? 0] ?? 1;
  if (judged.some((row) => times[row] !== repeats)) throw new RangeError("some rows are judged more often than others");
  const place = new Int32Array(end);
  judged.forEach((row, i) => {
    place[row] = i;
  });
  const width = widthOf(folds, results);
  const rows = Int32Array.from({ length: repeats * judged.length }, (_, i) => judged[i % judged.length] ?? 0);
  const outputs = new Float64Array(rows.length * width);
  folds.forEach(({ test }, f) => {
    const given = results[f]?.outputs ?? new Float64Array(0);
    test.forEach((row, i) => {
      const repeat = repeats - (times[row] ?? 0);
      times[row] = (times[row] ?? 0) - 1;
      outputs.set(given.subarray(i * width, (i + 1) * width), (repeat * judged.length + (place[row] ?? 0)) * width);
    });
  });
  return { rows, outputs, repeats };
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
export function predictionsDigest({ rows, outputs }: OutOfFold): string {
  const hash = createHash("sha256");
  for (const array of [rows, outputs]) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return hash.digest("hex").slice(0, 16);
}
