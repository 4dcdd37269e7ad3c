import type { Estimate } from "../core/estimate.ts";
import type { Outcome } from "../core/experiment.ts";
import { canonicalJson } from "../core/json.ts";
import { metricNamed } from "../metrics/index.ts";
import { type Noise, stratumOf, tQuantile, tTwoSidedP } from "../stats/index.ts";
import { scoreAt, spreadOf } from "./estimate.ts";
import { meanOverFolds } from "./fold-mean.ts";
import { replicatesOfDifference, resampleFolds } from "./fold-resamples.ts";
import type { Ground } from "./ground.ts";

export interface OutcomeDifference {
  /** b - a in units of the metric; callers turn it so that better is positive. */
  readonly difference: Estimate;
  /** Two-sided, of no difference; 1 when nothing is known of the spread. */
  readonly p: number;
  /** Degrees of freedom. */
  readonly df: number;
}

/**
 * How much higher b scores than a. On the same folds the scores are paired: by fold where folds are exchangeable (corrected resampled t), by judged
 * row where they are periods or a given test set (bootstrap of blocks, of rows). On different folds Welch's form of the same variances.
 * ground: of the judged rows of both; without it only folds show a spread. noise: of training anew, where rows are paired (`retrainingNoise`); null takes
 * the fitted models as they are.
 */
export function compareOutcomes(
  a: Outcome,
  b: Outcome,
  metric: string,
  level: number,
  ground: Ground | null = null,
  noise: Noise | null = null,
): OutcomeDifference {
  const known = { level, experiments: [a.id, b.id] };
  const shared = haveSameGround(a, b) ? ground : null;
  if (!sameFolds(a, b)) return unpaired(a, b, metric, known, shared);
  const differences = a.folds.map((_, place) => scoreAt(b, place, metric) - scoreAt(a, place, metric));
  const defined = differences.filter(Number.isFinite);
  if (defined.length === 0) return undefinedDifference(known);
  const resamples = shared === null ? null : resampleFolds([a, b], metricNamed(metric), shared);
  const folds = differences.map((value, place) => {
    const fold = resamples?.folds[place];
    const [one, other] = [a.folds[place], b.folds[place]];
    return {
      value,
      trainRows: Math.min(one?.trainRows ?? Number.NaN, other?.trainRows ?? Number.NaN),
      testRows: one?.testRows ?? Number.NaN,
      within: fold === undefined ? null : stratumOf(value, replicatesOfDifference(fold, 1, 0), fold.units),
    };
  });
  const { mean, low, high, p, df, method } = meanOverFolds(folds, level, resamples?.method, noise);
  const retrained = noise === null ? "" : ", and of training anew";
  const pairs = resamples === null ? ", paired by fold" : `, paired by row${retrained}`;
  return {
    difference: { value: mean, low, high, method: defined.length === 1 && resamples === null ? method : `${method}${pairs}`, ...known },
    p,
    df,
  };
}

type Known = Pick<Estimate, "level" | "experiments">;

/** Equal data, target, policy and seed give equal judging rows; training sizes, recipes and estimators may differ. */
function sameFolds(a: Outcome, b: Outcome): boolean {
  const key = ({ experiment: { dataset, target, task, split, seed, heldOut = 0 } }: Outcome) =>
    canonicalJson({ dataset, target, task, split, seed, heldOut });
  return key(a) === key(b) && a.folds.length === b.folds.length && a.folds.every(({ testRows }, i) => b.folds[i]?.testRows === testRows);
}

/** One ground serves both. */
function haveSameGround(a: Outcome, b: Outcome): boolean {
  const key = ({ experiment: { dataset, target, task, weight } }: Outcome) => canonicalJson({ dataset, target, task, weight });
  return key(a) === key(b);
}

/** Satterthwaite's degrees of freedom; each side's variance of the mean is that of its own interval. */
function unpaired(a: Outcome, b: Outcome, metric: string, known: Known, ground: Ground | null): OutcomeDifference {
  const [sideA, sideB] = [spreadOf(a, metric, known.level, ground), spreadOf(b, metric, known.level, ground)];
  const value = sideB.mean - sideA.mean;
  if (Number.isNaN(value)) return undefinedDifference(known);
  const method = `Welch, unpaired: ${sideA.method === sideB.method ? sideA.method : `${sideA.method}; ${sideB.method}`}`;
  const [varianceA, varianceB] = [sideA.se ** 2, sideB.se ** 2];
  const se = Math.sqrt(varianceA + varianceB);
  if (!Number.isFinite(se)) {
    const difference = {
      value,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
      method: `${method}: spread unknown`,
      ...known,
    };
    return { difference, p: 1, df: 0 };
  }
  if (se === 0)
    return { difference: { value, low: value, high: value, method, ...known }, p: value === 0 ? 1 : 0, df: sideA.df + sideB.df };
  const df = se ** 4 / (varianceA ** 2 / sideA.df + varianceB ** 2 / sideB.df);
  const reach = tQuantile((1 + known.level) / 2, df) * se;
  return { difference: { value, low: value - reach, high: value + reach, method, ...known }, p: tTwoSidedP(value / se, df), df };
}

function undefinedDifference(known: Known): OutcomeDifference {
  const difference = { value: Number.NaN, low: Number.NaN, high: Number.NaN, method: "undefined on every fold", ...known };
  return { difference, p: 1, df: 0 };
}
