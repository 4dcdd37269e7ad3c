import type { Judged, Metric } from "../core/metric.ts";
import { percentBy } from "../core/percent.ts";
import { bcaInterval, bootstrapCountReplicates, drawShare, jackknifeReplicates } from "../stats/index.ts";
import { type Range, smallestClass, withoutErrors } from "./faultless.ts";
import { underWeights } from "./forms.ts";
import { takeJudged } from "./judged.ts";

/** A resample of this many rows is as good as one of all, and costs as little at any size of the data. */
const ENOUGH_ROWS = 20_000;
/** So many rows of each class, and so many groups, are kept when rows are drawn. */
const ENOUGH_OF_A_KIND = 200;

export interface Resampling {
  readonly level: number;
  readonly seed: number;
  readonly groups: Int32Array | null;
  readonly resamples: number | null;
}

/**
 * BCa bootstrap of a score, over whole groups when given. Of many rows a random share is resampled, and the interval is narrowed by the
 * square root of the share (m out of n: Bickel, Goetze and van Zwet 1997).
 */
export function bootstrapped(metric: Metric, judged: Judged, value: number, options: Resampling): Range {
  const clusters = options.groups?.map((group, row) => (group < 0 ? -2 - row : group)) ?? null;
  const units = clusters === null ? judged.truth.length : new Set(clusters).size;
  if (units < 2) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, method: "one row or group: nothing is known" };
  const what = clusters === null ? "rows" : `${units} groups`;
  const share = shareNeeded(judged, clusters, units);
  if (share >= 0.5) return resampled(metric, judged, value, { ...options, groups: clusters }, what);
  const rows = drawShare(judged.truth.length, clusters, share, options.seed);
  const part = takeJudged(judged, rows);
  const partClusters = clusters === null ? null : Int32Array.from(rows, (row) => clusters[row]!);
  const partValue = metric.score(part);
  const { low, high, method } = resampled(metric, part, partValue, { ...options, groups: partClusters }, what);
  const narrower = Math.sqrt(share);
  return {
    low: value + narrower * (low - partValue),
    high: value + narrower * (high - partValue),
    method: `${method}, ${percentBy((value) => value.toPrecision(2), share)} of them drawn`,
  };
}

function shareNeeded(judged: Judged, clusters: Int32Array | null, units: number): number {
  const rows = judged.truth.length;
  if (rows <= 2 * ENOUGH_ROWS) return 1;
  const ofClass = judged.task.kind === "regression" ? 0 : ENOUGH_OF_A_KIND / smallestClass(judged, null);
  return Math.max(ENOUGH_ROWS / rows, ofClass, clusters === null ? 0 : ENOUGH_OF_A_KIND / units);
}

function resampled(metric: Metric, judged: Judged, value: number, options: Resampling, what: string): Range {
  const rows = judged.truth.length;
  const { weight, truth } = judged;
  const clusters = options.groups;
  const resamples = options.resamples ?? Math.min(1000, Math.max(200, Math.round((1000 * ENOUGH_ROWS) / rows)));
  const plan = { rows, clusters, resamples, seed: options.seed };
  const score = underWeights(metric, judged);
  const weighted = new Float64Array(truth.length);
  const statistic = (times: Float64Array) => {
    if (weight === null) return score(times);
    for (let row = 0; row < rows; row++) weighted[row] = weight[row]! * times[row]!;
    return score(weighted);
  };
  const replicates = bootstrapCountReplicates(statistic, plan);
  if (metric.best === value && Number.isFinite(metric.worst) && replicates.every((one) => Number.isNaN(one) || one === value)) {
    return withoutErrors(value, metric.worst, metric.best, smallestClass(judged, clusters), options.level);
  }
  const blocks = rows > 2 * ENOUGH_ROWS ? 50 : 200;
  const { low, high } = bcaInterval(value, replicates, jackknifeReplicates(statistic, plan, blocks), options.level);
  return { low, high, method: `BCa bootstrap, ${resamples} resamples of ${what}` };
}
