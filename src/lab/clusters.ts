import type { Frame } from "../core/column.ts";
import type { Outcome } from "../core/experiment.ts";
import type { Judged } from "../core/metric.ts";
import { lossPerRow, membership, probabilitiesOf } from "../metrics/index.ts";
import { blockStarts } from "./block-cuts.ts";
import { type Ground, groundOf, judgedRows } from "./ground.ts";
import { arePeriods, groupsOfSplit, judgedFolds } from "./judged-folds.ts";
import { groupKeysOf } from "./split/frame-input.ts";

/**
 * Units that tests over judged rows may take as independent, by place in `outOfFold.rows`: the groups of policy `group` and of a given test set; contiguous blocks within the
 * folds of policies `time` and `blocks`, as long as losses or residuals remember. Negative: the row stands alone; null: all rows do. Of one repeat: each
 * row once.
 */
export function clustersOf(outcome: Pick<Outcome, "experiment" | "folds" | "outOfFold">, frame: Frame): Int32Array | null {
  const { experiment, outOfFold } = outcome;
  const { split } = experiment;
  const named = groupsOfSplit(split);
  if (named !== null) {
    const keys = groupKeysOf(frame, named.by, named.cut);
    return outOfFold.rows.map((row) => keys[row] ?? -1);
  }
  if (!arePeriods(split)) return null;
  const ground = groundOf(frame, experiment);
  return blocksOf(outcome, ground);
}

function blocksOf(outcome: Pick<Outcome, "experiment" | "folds" | "outOfFold">, ground: Ground): Int32Array | null {
  const folds = judgedFolds(outcome, ground);
  if (folds === null) return null;
  const starts = blockStarts(folds, memoriesOf(judgedRows(outcome, ground)));
  const blocks = new Int32Array(outcome.outOfFold.rows.length).fill(-1);
  let block = -1;
  for (const [fold, { places }] of folds.entries()) {
    const first = new Set(starts[fold]);
    for (const [at, place] of places.entries()) {
      if (first.has(at)) block++;
      blocks[place] = block;
    }
  }
  return blocks;
}

/** What tests sum over rows: losses, and truth minus answer, whose signs can persist where the losses do not. */
function* memoriesOf(judged: Judged): Generator<Float64Array> {
  const { task, truth, outputs } = judged;
  yield lossPerRow(task, judged);
  if (task.kind === "regression") yield truth.map((value, row) => value - (outputs[row] ?? Number.NaN));
  else
    for (let k = task.kind === "binary" ? 1 : 0; k < task.classes.length; k++) {
      const said = probabilitiesOf(judged, k);
      yield membership(judged, k).map((came, row) => came - (said[row] ?? Number.NaN));
    }
}
