import type { Judged, Metric } from "../../core/metric.ts";
import { lossPerRow } from "../../metrics/index.ts";
import { quantile, unitWeights, weightedMean } from "../../stats/index.ts";

/** Pseudo-rows with the overall shares in the constant answer of a slice, so that a share of 0 is not taken for certain. */
const PRIOR_ROWS = 2;

/** Loss of one row under some answer: log loss, squared error, or absolute error when that is what the metric judges. */
export interface AnswerLoss {
  /** Of the model's answers, by row. */
  readonly ofModel: Float64Array;
  /** Of the constant answer fitted on all rows, by row. */
  readonly ofConstant: Float64Array;
  /** Of the constant answer fitted on these rows, by place in `rows`. */
  ofOwnConstant(rows: Int32Array): Float64Array;
}

export function answerLoss(judged: Judged, metric: Metric): AnswerLoss {
  const all = Int32Array.from(judged.truth, (_, row) => row);
  if (judged.task.kind !== "regression") {
    const shares = classShares(judged, all, null);
    const own = (rows: Int32Array, given: readonly number[]) =>
      Float64Array.from(rows, (row) => surprise(given[judged.truth[row] ?? 0] ?? 0));
    return {
      ofModel: lossPerRow(judged.task, judged),
      ofConstant: own(all, shares),
      ofOwnConstant: (rows) => own(rows, classShares(judged, rows, shares)),
    };
  }
  const isAbsolute = metric.name === "mae" || metric.name === "mape";
  const loss = (row: number, answer: number) => {
    const off = (judged.truth[row] ?? Number.NaN) - answer;
    return isAbsolute ? Math.abs(off) : off * off;
  };
  const constant = (rows: Int32Array) => {
    const truth = Float64Array.from(rows, (row) => judged.truth[row] ?? Number.NaN);
    return isAbsolute
      ? quantile(truth, 0.5)
      : weightedMean(truth, judged.weight === null ? null : Float64Array.from(rows, (row) => judged.weight?.[row] ?? 0));
  };
  const under = (rows: Int32Array) => {
    const answer = constant(rows);
    return Float64Array.from(rows, (row) => loss(row, answer));
  };
  return {
    ofModel: Float64Array.from(all, (row) => loss(row, judged.outputs[row] ?? Number.NaN)),
    ofConstant: under(all),
    ofOwnConstant: under,
  };
}

function classShares({ task, truth, weight: given }: Judged, rows: Int32Array, prior: readonly number[] | null): number[] {
  const classes = task.kind === "regression" ? 0 : task.classes.length;
  const weight = unitWeights(given);
  const sums = Array.from({ length: classes }, (_, k) => PRIOR_ROWS * (prior?.[k] ?? 1 / classes));
  for (const row of rows) {
    const k = truth[row] ?? 0;
    sums[k] = (sums[k] ?? 0) + (weight?.[row] ?? 1);
  }
  const total = sums.reduce((sum, one) => sum + one, 0);
  return sums.map((sum) => sum / total);
}

function surprise(p: number): number {
  return -Math.log(Math.max(Number.EPSILON, p));
}
