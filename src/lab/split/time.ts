import type { Fold, SplitPolicy } from "../../core/split.ts";
import { labelledRows, type SplitInput } from "./input.ts";
import { cutsNear, inOrder, requireBlocks } from "./order.ts";
import { requireRows } from "./parts.ts";

/** Share of the rows that the first fold trains on. Half: its model is then not far from the one that is shipped. */
const FIRST_TRAIN = 0.5;

/**
 * Growing window: each fold trains on everything before a point in time and is judged on the next block. Rows of equal time are never
 * on both sides; rows without a time are in no fold.
 * @throws OldhandError when there are not more different times than folds.
 */
export function timeFolds(policy: Extract<SplitPolicy, { policy: "time" }>, input: SplitInput): Fold[] {
  requireRows(labelledRows(input).length, policy.folds);
  const ordered = inOrder(input, policy.by, labelledRows(input));
  requireBlocks(ordered, policy.by, policy.folds + 1);
  const count = ordered.rows.length;
  const block = (count * (1 - FIRST_TRAIN)) / policy.folds;
  const wishes = Array.from({ length: policy.folds }, (_, i) => count * FIRST_TRAIN + i * block);
  const cuts = cutsNear(ordered.changes, wishes);
  return cuts.map((cut, index) => ({
    index,
    train: ordered.rows.slice(0, cut).sort(),
    test: ordered.rows.slice(cut, cuts[index + 1] ?? count).sort(),
  }));
}
