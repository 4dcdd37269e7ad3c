import { OldhandError } from "../../core/error.ts";
import type { Fold } from "../../core/split.ts";
import { int32Where } from "../../core/typed-from.ts";

/** Folds that judge each part once and train on all the others. `part` is aligned with `rows`, which ascend. */
export function foldsFromParts(rows: Int32Array, part: Int32Array, parts: number, firstIndex: number): Fold[] {
  return Array.from({ length: parts }, (_, judged) => ({
    index: firstIndex + judged,
    train: int32Where(rows, (_row, i) => part[i] !== judged),
    test: int32Where(rows, (_row, i) => part[i] === judged),
  }));
}

/** One deal of parts per repeat; the index of the folds continues. */
export function repeatedFolds(rows: Int32Array, folds: number, repeats: number, deal: (repeat: number) => Int32Array): Fold[] {
  return Array.from({ length: Math.max(1, repeats) }, (_, repeat) => foldsFromParts(rows, deal(repeat), folds, repeat * folds)).flat();
}

/** @throws OldhandError when there are not enough rows to fill the folds. */
export function requireRows(rows: number, folds: number): void {
  if (!Number.isInteger(folds) || folds < 2) {
    throw new OldhandError("bad-option", { what: "The number of folds must be a whole number of at least 2.", got: String(folds) });
  }
  if (rows >= folds) return;
  throw new OldhandError("too-few-rows", {
    what: "There are fewer labelled rows than folds.",
    expected: `at least ${folds} rows with a target`,
    got: `${rows}`,
    fix: "Collect more labelled rows.",
  });
}
