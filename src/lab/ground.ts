import { columnOf, type Frame } from "../core/column.ts";
import type { Experiment, Outcome } from "../core/experiment.ts";
import type { Judged } from "../core/metric.ts";
import { targetValues } from "../core/target.ts";
import { groupKeysOf, orderOf } from "./split/frame-input.ts";

/** What out-of-fold predictions are judged against, for every row of the frame. */
export interface Ground {
  /** Class index or value; NaN without label. */
  readonly truth: Float64Array;
  /** null = all 1. */
  readonly weight: Float64Array | null;
  /** Sort key of every row, as split policies see it; absent = only the order of the rows is known. */
  readonly order?: (by: string | null) => Float64Array;
  /** Group of every row, -1 where it has none, as split policies see it; absent = groups are not known. */
  readonly groups?: (by: readonly string[], cut?: string) => Int32Array;
}

/** The truth of an experiment's rows. A missing weight counts 0. */
export function groundOf(frame: Frame, experiment: Pick<Experiment, "target" | "task" | "weight">): Ground {
  const column = experiment.weight === null ? null : columnOf(frame, experiment.weight);
  const weight = column !== null && "values" in column ? column.values.map((value) => (value > 0 ? value : 0)) : null;
  return {
    truth: targetValues(frame, experiment.target, experiment.task),
    weight,
    order: (by) => orderOf(frame, by),
    groups: (by, cut) => groupKeysOf(frame, by, cut),
  };
}

/** The rows that an outcome judged, as metrics take them. */
export function judgedRows({ experiment, outOfFold }: Pick<Outcome, "experiment" | "outOfFold">, { truth, weight }: Ground): Judged {
  const at = (values: Float64Array) => Float64Array.from(outOfFold.rows, (row) => values[row] ?? Number.NaN);
  return { task: experiment.task, truth: at(truth), outputs: outOfFold.outputs, weight: weight === null ? null : at(weight) };
}
