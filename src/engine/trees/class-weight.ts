import { wrongValue } from "../wrong-use.ts";
import type { LossRows } from "./losses/index.ts";
import type { ClassWeight } from "./option-shapes.ts";
import { requireTotal, type TrainingRows, type WholeTraining } from "./training.ts";

interface Weighed<T extends WholeTraining> {
  readonly training: T;
  readonly rows: TrainingRows;
}

/**
 * Every row's weight times that of its class. balanced: n / (k n_c) where n rows are learned from, n_c of them are of the class, and k classes have any; weights do
 * not count there, as in scikit-learn.
 * @throws RangeError for a loss without classes, one that weighs them itself, for classes that the training does not have, and for weights that sum to too much or too little.
 */
export function withClassWeights<T extends WholeTraining>(training: T, rows: TrainingRows, classWeight: ClassWeight | null): Weighed<T> {
  if (classWeight === null) return { training, rows };
  const { loss, target } = training;
  if (loss.loss !== "logistic" && loss.loss !== "softmax")
    throw wrongValue("bad-loss", `classWeight is for logistic and softmax loss, got ${loss.loss} loss`);
  if (loss.loss === "logistic" && loss.positiveWeight !== undefined)
    throw wrongValue("bad-loss", "give either classWeight or the loss's positiveWeight, not both");
  const of = classWeight === "balanced" ? balancing(rows.train) : weightsOf(classWeight, target);
  const own = training.weight;
  const weight = target.map((y, row) => (own === null ? 1 : own[row]!) * of(y));
  let total = 0;
  for (const row of rows.train.rows) total += weight[row]!;
  requireTotal(total, "weights times classWeight");
  const weighed = (some: LossRows) => ({ ...some, weight });
  return {
    training: { ...training, weight },
    rows: { train: weighed(rows.train), validation: rows.validation === null ? null : weighed(rows.validation) },
  };
}

function balancing(train: LossRows): (y: number) => number {
  const counts = countsOf(train);
  return (y) => train.count / (counts.size * (counts.get(y) ?? train.count));
}

function weightsOf(given: Exclude<ClassWeight, "balanced">, target: Float64Array): (y: number) => number {
  const weights = new Map(Object.entries(given).map(([key, value]): [number, number] => [Number(key), value]));
  const classes = [...new Set(target)].sort((a, b) => a - b);
  const unknown = [...weights.keys()].find((one) => !classes.includes(one));
  if (unknown !== undefined)
    throw wrongValue("bad-option", `classWeight has a weight for class ${unknown}, the training has the classes ${classes.join(", ")}`);
  if (Array.isArray(given) && given.length < classes.length)
    throw wrongValue(
      "bad-option",
      `classWeight has ${given.length} ${given.length === 1 ? "entry" : "entries"} for ${classes.length} classes (${classes.join(", ")}): a list has a weight for each`,
    );
  const absent = Array.isArray(given) ? classes.find((one) => !weights.has(one)) : undefined;
  if (absent !== undefined) throw wrongValue("bad-option", `classWeight is a list without a weight for class ${absent}`);
  return (y) => weights.get(y) ?? 1;
}

function countsOf({ target, rows }: LossRows): Map<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(target[row]!, (counts.get(target[row]!) ?? 0) + 1);
  return counts;
}
