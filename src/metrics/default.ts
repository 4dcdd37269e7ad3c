import { percentBy } from "../core/percent.ts";
import type { Task } from "../core/task.ts";
import { quantile, sortedCopy } from "../stats/index.ts";

export interface MetricChoice {
  readonly name: string;
  /** One plain phrase with numbers. */
  readonly why: string;
}

/**
 * The metric that decides when none is asked for. classCounts: rows of each class, in the task's order (not used for regression).
 * target: values of a regression target, to look at its tail.
 */
export function defaultMetric(task: Task, classCounts: ArrayLike<number>, target: ArrayLike<number> | null = null): MetricChoice {
  if (task.kind === "binary") return binaryChoice(classCounts);
  if (task.kind === "multiclass") {
    const why = `${task.classes.length} classes: log loss judges all their probabilities, and needs no threshold`;
    return { name: "log-loss", why };
  }
  return regressionChoice(target);
}

function binaryChoice(classCounts: ArrayLike<number>): MetricChoice {
  const [a, b] = [classCounts[0] ?? 0, classCounts[1] ?? 0];
  const share = Math.min(a, b) / (a + b);
  if (!(share < 0.2)) return { name: "auc", why: "two classes: AUC judges the ranking and needs no threshold" };
  const idle = twoDigits(1 - share);
  return { name: "auc", why: `the rarer class has ${twoDigits(share)} of the rows: accuracy would be ${idle} for doing nothing, AUC 0.5` };
}

/**
 * RMSE, unless one row in a hundred carries more than half of the squared deviation from the median (a normal target: 8 %): then RMSE is
 * decided by a few rows. MAE is not chosen when a quarter of the rows share the median, since a constant would be hard to beat on it.
 */
function regressionChoice(target: ArrayLike<number> | null): MetricChoice {
  if (target === null || target.length < 100)
    return { name: "rmse", why: "a number is predicted: RMSE is in its unit and rewards the mean" };
  const median = quantile(target, 0.5);
  let atMedian = 0;
  const squares = Float64Array.from({ length: target.length }, (_, row) => {
    if (target[row] === median) atMedian++;
    return ((target[row] ?? Number.NaN) - median) ** 2;
  });
  const top = sortedCopy(squares).subarray(Math.floor(0.99 * squares.length));
  const tail = top.reduce((sum, square) => sum + square, 0) / squares.reduce((sum, square) => sum + square, 0);
  if (tail > 0.5 && atMedian < target.length / 4) {
    return {
      name: "mae",
      why: `heavy tail: 1 % of the rows carry ${twoDigits(tail)} of the squared deviation, RMSE would be decided by them`,
    };
  }
  return {
    name: "rmse",
    why: `a number is predicted: RMSE is in its unit; the largest 1 % of the rows carry ${twoDigits(tail || 0)} of it`,
  };
}

const twoDigits = (share: number) => percentBy((value) => value.toPrecision(2), share);
