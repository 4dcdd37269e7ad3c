import type { Column, Frame } from "../../core/column.ts";
import { type ErrorParts, OldhandError } from "../../core/error.ts";
import type { Recipe } from "../../core/recipe.ts";
import type { Fold } from "../../core/split.ts";
import { int32Where } from "../../core/typed-from.ts";

const NONE_LEFT: ErrorParts = {
  what: "Every training row is a copy of a row that judges: without the copies none is left to learn from.",
  fix: "Give other rows to judge by (--test), or leave --test out.",
};

/**
 * Training rows of a fold under the recipe's drop-duplicate-rows step: no copy of a judged row, and each row once. The judged rows stay the same,
 * so that an outcome with the step can be paired with one without it. @throws OldhandError too-few-rows when none is left.
 */
export function trainWithoutCopies(
  recipe: Recipe,
  { features, target }: { readonly features: Frame; readonly target: Float64Array },
  fold: Fold,
): Int32Array {
  const step = recipe.find((candidate) => candidate.op === "drop-duplicate-rows");
  if (step === undefined) return fold.train;
  const ignored = new Set(step.ignoring);
  const columns = features.columns.filter(({ name }) => !ignored.has(name));
  const keys = rowKeys([...columns, { name: "", type: "number", values: target }], features.rows);
  const seen = new Set(Array.from(fold.test, (row) => keys[row]));
  const train = int32Where(fold.train, (row) => {
    const key = keys[row];
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  if (train.length === 0 && fold.train.length > 0) throw new OldhandError("too-few-rows", NONE_LEFT);
  return train;
}

/** One text per row; equal rows, with equal targets, have equal texts. */
function rowKeys(columns: readonly Column[], rows: number): string[] {
  const keys = new Array<string>(rows).fill("");
  for (const column of columns) {
    const values = "values" in column ? column.values : column.codes;
    for (let row = 0; row < rows; row++) keys[row] += `|${values[row]}`;
  }
  return keys;
}
