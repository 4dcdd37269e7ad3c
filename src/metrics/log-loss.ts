import { meanOfRows, type RowLossMetric } from "./forms.ts";

/** Probabilities are kept this far from 0 and 1, as scikit-learn does: the largest loss of a row is 36.04. */
const CLIP = Number.EPSILON;

/** Mean of -ln P(true class), in nats. */
export const logLoss: RowLossMetric = meanOfRows(
  {
    name: "log-loss",
    label: "log loss",
    better: "lower",
    best: 0,
    worst: Number.POSITIVE_INFINITY,
    chance: null,
    tasks: ["binary", "multiclass"],
  },
  ({ task, truth, outputs }) => {
    if (task.kind !== "multiclass") return truth.map((label, row) => surprise(label === 1 ? outputs[row]! : 1 - outputs[row]!));
    return truth.map((label, row) => surprise(outputs[row * task.classes.length + label]!));
  },
);

function surprise(p: number): number {
  return -Math.log(Math.min(1 - CLIP, Math.max(CLIP, p)));
}
