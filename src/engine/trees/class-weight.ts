import { wrongValue } from "../wrong-use.ts";
import type { LossRows } from "./losses/index.ts";
import type { TrainingRows, WholeTraining } from "./training.ts";

interface Weighed<T extends WholeTraining> {
  readonly training: T;
  readonly rows: TrainingRows;
}

/**
 * Every row's weight times n / (k n_c): n rows are learned from, n_c of them are of its class, k classes have any. Weights do not count there, as in scikit-learn.
 * @throws RangeError for a loss without classes, or one that weighs them itself.
 */
export function withClassBalance<T extends WholeTraining>(training: T, rows: TrainingRows, classWeight: "balanced" | null): Weighed<T> {
  if (classWeight === null) return { training, rows };
  const { loss, target } = training;
  if (loss.loss !== "logistic" && loss.loss !== "softmax")
    throw wrongValue("bad-loss", `classWeight is for logistic and softmax loss, got ${loss.loss} loss`);
  if (loss.loss === "logistic" && loss.positiveWeight !== undefined)
    throw wrongValue("bad-loss", "give either classWeight or the loss's positiveWeight, not both");
  const counts = countsOf(rows.train);
  const own = training.weight;
  const weight = target.map(
    (y, row) => ((own === null ? 1 : own[row]!) * rows.train.count) / (counts.size * (counts.get(y) ?? rows.train.count)),
  );
  const weighed = (some: LossRows) => ({ ...some, weight });
  return {
    training: { ...training, weight },
    rows: { train: weighed(rows.train), validation: rows.validation === null ? null : weighed(rows.validation) },
  };
}

function countsOf({ target, rows }: LossRows): Map<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(target[row]!, (counts.get(target[row]!) ?? 0) + 1);
  return counts;
}
