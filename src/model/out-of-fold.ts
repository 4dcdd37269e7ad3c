import type { Outcome } from "../core/experiment.ts";
import type { Judged } from "../core/metric.ts";
import type { Fold } from "../core/split.ts";
import { outputsOf } from "../core/task.ts";
import { arePeriods } from "../lab/index.ts";
import { unitWeights } from "../stats/index.ts";
import { type Parts, partsOfRows } from "./partition.ts";

/** Out-of-fold predictions of all repeats with what is true of their rows. Repeats are not independent: they hold the same rows. */
export interface Pooled {
  /** Repeat after repeat. Weights have mean 1, whatever their unit, divided by the number of repeats, so that each row counts once. */
  readonly judged: Judged;
  readonly parts: Parts;
  readonly repeats: number;
}

export interface Labels {
  /** Class index or value of every row of the dataset version. */
  readonly truth: Float64Array;
  readonly weight: Float64Array | null;
}

export function pooled({ experiment, outOfFold }: Outcome, { truth, weight }: Labels, folds: readonly Fold[], seed: number): Pooled {
  const { rows, outputs, repeats } = outOfFold;
  const own = weight === null ? null : unitWeights(Float64Array.from(rows, (row) => weight[row] ?? 0));
  const shares = Float64Array.from(rows, (_, i) => (own === null ? 1 : (own[i] ?? 0)) / repeats);
  const judged = {
    task: experiment.task,
    truth: Float64Array.from(rows, (row) => truth[row] ?? Number.NaN),
    outputs,
    weight: own === null && repeats === 1 ? null : shares,
  };
  return { judged, parts: partsOfRows(outOfFold, folds, arePeriods(experiment.split), seed), repeats };
}

/** Each row once, by one model: what tests and intervals over rows may look at. weight: null = all 1. */
export function firstRepeat(judged: Judged, repeats: number): Judged {
  const rows = judged.truth.length / repeats;
  return {
    task: judged.task,
    truth: judged.truth.subarray(0, rows),
    outputs: judged.outputs.subarray(0, rows * outputsOf(judged.task)),
    weight: judged.weight === null ? null : judged.weight.subarray(0, rows).map((share) => share * repeats),
    answeredBy: judged.answeredBy?.subarray(0, rows) ?? null,
  };
}
