import type { Estimate } from "../core/estimate.ts";
import type { Judged, Metric } from "../core/metric.ts";
import { float64Where } from "../core/typed-from.ts";
import { aucVariance, effectiveCount, normalQuantile, tQuantile, wilson } from "../stats/index.ts";
import { bootstrapped } from "./bootstrapped.ts";
import { type Range, withoutErrors } from "./faultless.ts";
import { isMeanOfRows, type RowLossMetric } from "./forms.ts";
import { decisions, weightsOf } from "./judged.ts";

export interface IntervalOptions {
  /** Coverage, e.g. 0.95. */
  readonly level: number;
  readonly seed: number;
  /** Entity of each row when several rows belong to one; negative = unknown, the row stands alone. */
  readonly groups?: Int32Array | null;
  /** Resamples of a bootstrap. Default: 1000; fewer where more than 20,000 rows must be drawn, at least 200. */
  readonly resamples?: number;
}

/**
 * The score with its interval, judged rows taken as a sample and the model as fixed. Without groups: AUC by DeLong on the logit scale,
 * proportions by Wilson, other means of row losses by t. Else the BCa bootstrap, over whole groups when given.
 * Low, high and value are NaN where the metric is undefined.
 */
export function intervalOf(metric: Metric, judged: Judged, options: IntervalOptions): Estimate {
  const value = metric.score(judged);
  const { level } = options;
  const known = { value, level, experiments: [] };
  if (Number.isNaN(value)) return { ...known, low: Number.NaN, high: Number.NaN, method: "undefined on these rows" };
  const groups = options.groups ?? null;
  const range = groups === null ? analytic(metric, judged, value, level) : null;
  const plan = { level, seed: options.seed, groups, resamples: options.resamples ?? null };
  const { low, high, method } = range ?? bootstrapped(metric, judged, value, plan);
  const least = Math.min(metric.best, metric.worst);
  const most = Math.max(metric.best, metric.worst);
  return { ...known, low: Math.min(value, Math.max(least, low)), high: Math.max(value, Math.min(most, high)), method };
}

function analytic(metric: Metric, judged: Judged, value: number, level: number): Range | null {
  if (metric.name === "auc" && judged.task.kind === "binary" && judged.weight === null) return ofAuc(judged, level);
  if (metric.name === "accuracy") return ofProportion(value, weightsOf(judged), level);
  if (metric.name === "recall") return ofProportion(value, where(judged, judged.truth), level);
  if (metric.name === "precision") return ofProportion(value, where(judged, decisions(judged)), level);
  if (isMeanOfRows(metric) && metric.name !== "rmse") return ofMeanLoss(metric, judged, level);
  return null;
}

function where(judged: Judged, label: ArrayLike<number>): Float64Array {
  return float64Where(weightsOf(judged), (_, row) => label[row] === 1);
}

/** DeLong's variance on the logit scale, which keeps the interval inside 0..1 (Pepe 2003, section 5.2). */
function ofAuc(judged: Judged, level: number): Range | null {
  const answeredBy = judged.answeredBy ?? null;
  const { auc, variance, positives, negatives } = aucVariance(judged.truth, judged.outputs, answeredBy);
  if (Number.isNaN(variance)) return { low: 0, high: 1, method: "one row in a class: nothing is known" };
  if (auc === 0 || auc === 1) return withoutErrors(auc, 0, 1, Math.min(positives, negatives), level);
  const method = `DeLong on the logit scale${answeredBy === null ? "" : ", pairs of one model's rows"}`;
  const reach = (normalQuantile((1 + level) / 2) * Math.sqrt(variance)) / (auc * (1 - auc));
  const logit = Math.log(auc / (1 - auc));
  return { low: 1 / (1 + Math.exp(reach - logit)), high: 1 / (1 + Math.exp(-reach - logit)), method };
}

function ofProportion(value: number, weight: Float64Array, level: number): Range {
  const trials = effectiveCount(weight);
  return { ...wilson(value * trials, trials, level), method: "Wilson" };
}

/** t interval of a weighted mean; the weights count as fixed. */
function ofMeanLoss(metric: RowLossMetric, judged: Judged, level: number): Range {
  const losses = metric.rowLosses(judged);
  const weight = weightsOf(judged);
  let total = 0;
  let sum = 0;
  let rows = 0;
  for (let row = 0; row < losses.length; row++) {
    total += weight[row]!;
    sum += weight[row]! * losses[row]!;
    if (weight[row]! > 0) rows++;
  }
  const mean = sum / total;
  let squares = 0;
  for (let row = 0; row < losses.length; row++) squares += (weight[row]! * (losses[row]! - mean)) ** 2;
  if (rows < 2) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, method: "one row: nothing is known" };
  const se = Math.sqrt((squares * rows) / (rows - 1)) / total;
  const reach = tQuantile((1 + level) / 2, rows - 1) * se;
  return { low: metric.fromMeanLoss(mean - reach), high: metric.fromMeanLoss(mean + reach), method: "t of row losses" };
}
