import { blockLength } from "../stats/index.ts";
import type { JudgedFold } from "./judged-folds.ts";
import { cutsNear } from "./split/order.ts";

/** Blocks of a fold. More would be shorter than the memory of losses that the rule does not see (daily, weekly); fewer leave no spread. */
const MOST = 10;
const FEWEST = 3;

/**
 * Where the blocks of each fold start. As many blocks as `blockLength` allows, 3 to 10 in a fold, of about as many rows each; they end where the
 * key of the order changes, so that rows of one moment stay together, unless a fold has fewer moments than blocks are needed.
 * series: losses of the judged rows, by place; the one with the longest memory decides. Folds without an order: every group is a block, else every row.
 */
export function blockStarts(folds: readonly JudgedFold[], series: Iterable<Float64Array>): Int32Array[] {
  let length = 1;
  for (const losses of series) length = Math.max(length, blockLength(folds.map((fold) => momentMeans(fold, losses))));
  return folds.map(({ places, changes, groups }) => {
    if (groups !== null) return groups;
    if (changes === null) return places.map((_, i) => i);
    const moments = isCoarse(changes) ? places.length : changes.length + 1;
    const blocks = Math.min(moments, Math.max(FEWEST, Math.min(MOST, Math.floor(moments / length))));
    const wishes = Array.from({ length: blocks - 1 }, (_, i) => ((i + 1) * places.length) / blocks);
    return Int32Array.of(0, ...(isCoarse(changes) ? wishes.map(Math.round) : cutsNear(changes, wishes)));
  });
}

function isCoarse(changes: Int32Array): boolean {
  return changes.length + 1 < FEWEST;
}

/** Mean loss of each moment of a fold, in order; the losses themselves when moments are too few. */
function momentMeans({ places, changes }: JudgedFold, losses: Float64Array): Float64Array {
  const own = Float64Array.from(places, (place) => losses[place] ?? Number.NaN);
  if (changes === null || isCoarse(changes)) return own;
  return Float64Array.from([0, ...changes], (start, i) => {
    const end = changes[i] ?? own.length;
    return own.subarray(start, end).reduce((sum, loss) => sum + loss, 0) / (end - start);
  });
}
