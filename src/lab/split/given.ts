import { OldhandError } from "../../core/error.ts";
import type { Fold, SplitPolicy } from "../../core/split.ts";
import { int32Where } from "../../core/typed-from.ts";
import { labelledRows, type SplitInput } from "./input.ts";

/**
 * One fold: train on the rows before the last `testRows` rows of the frame, judge on those.
 * @throws OldhandError when either side has no labelled row.
 */
export function givenFolds(policy: Extract<SplitPolicy, { policy: "given" }>, input: SplitInput): Fold[] {
  const rows = labelledRows(input);
  const first = input.rows - policy.testRows;
  const [train, test] = [int32Where(rows, (row) => row < first), int32Where(rows, (row) => row >= first)];
  if (train.length > 0 && test.length > 0) return [{ index: 0, train, test }];
  throw new OldhandError("too-few-rows", {
    what: train.length === 0 ? "There is no labelled row to train on." : "The given test set has no row with a target.",
    expected: "labelled rows on both sides",
    got: `${train.length} to train on, ${test.length} to judge`,
  });
}
