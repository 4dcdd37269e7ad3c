import { columnOf, type Frame } from "../core/column.ts";
import type { Experiment, Outcome } from "../core/experiment.ts";
import type { Judged, Metric } from "../core/metric.ts";
import { targetValues } from "../core/target.ts";

/** What out-of-fold predictions are judged against, for every row of the frame. */
export interface Ground {
  /** Class index or value; NaN without label. */
  readonly truth: Float64Array;
  /** null = all 1. */
  readonly weight: Float64Array | null;
}

/** The truth of an experiment's rows. A missing weight counts 0. */
export function groundOf(frame: Frame, experiment: Pick<Experiment, "target" | "task" | "weight">): Ground {
  const column = experiment.weight === null ? null : columnOf(frame, experiment.weight);
  const weight = column !== null && "values" in column ? column.values.map((value) => (value > 0 ? value : 0)) : null;
  return { truth: targetValues(frame, experiment.target, experiment.task), weight };
}

/** The rows that an outcome judged, as metrics take them. */
export function judgedRows({ experiment, outOfFold }: Outcome, { truth, weight }: Ground): Judged {
  const at = (values: Float64Array) => Float64Array.from(outOfFold.rows, (row) => values[row] ?? Number.NaN);
  return { task: experiment.task, truth: at(truth), outputs: outOfFold.outputs, weight: weight === null ? null : at(weight) };
}

/** Score of some of the judged rows, given by their places (they may repeat). */
export function scoreOfPlaces(metric: Metric, { task, truth, outputs, weight }: Judged): (places: Int32Array) => number {
  const width = outputs.length / truth.length;
  return (places) => {
    const chosen = new Float64Array(places.length * width);
    places.forEach((place, i) => {
      chosen.set(outputs.subarray(place * width, (place + 1) * width), i * width);
    });
    const at = (values: Float64Array) => Float64Array.from(places, (place) => values[place] ?? Number.NaN);
    return metric.score({ task, truth: at(truth), outputs: chosen, weight: weight === null ? null : at(weight) });
  };
}
