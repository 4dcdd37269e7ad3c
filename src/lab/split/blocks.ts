import type { Fold, SplitPolicy } from "../../core/split.ts";
import { labelledRows, type SplitInput } from "./input.ts";
import { cutsNear, inOrder, requireBlocks } from "./order.ts";
import { foldsFromParts, requireRows } from "./parts.ts";

/**
 * Contiguous blocks in order, each judged once by a model of all the others. Rows of equal key lie in one block; rows without a key are in
 * no fold.
 * @throws OldhandError when there are fewer different keys than folds.
 */
export function blockFolds(policy: Extract<SplitPolicy, { policy: "blocks" }>, input: SplitInput): Fold[] {
  requireRows(labelledRows(input).length, policy.folds);
  const { rows, part } = blocksOf(input, policy.by, labelledRows(input), policy.folds);
  return foldsFromParts(rows, part, policy.folds, 0);
}

/** The rows that have a key, ascending, and the block of each. */
export function blocksOf(input: SplitInput, by: string | null, among: Int32Array, blocks: number): { rows: Int32Array; part: Int32Array } {
  const ordered = inOrder(input, by, among);
  requireBlocks(ordered, by, blocks);
  const count = ordered.rows.length;
  const cuts = cutsNear(
    ordered.changes,
    Array.from({ length: blocks - 1 }, (_, i) => ((i + 1) * count) / blocks),
  );
  const blockOf = new Int32Array(input.rows);
  let block = 0;
  ordered.rows.forEach((row, place) => {
    if (place === cuts[block]) block++;
    blockOf[row] = block;
  });
  const rows = ordered.rows.slice().sort();
  return { rows, part: rows.map((row) => blockOf[row] ?? 0) };
}
