import type { Estimate } from "../core/estimate.ts";
import type { Outcome } from "../core/experiment.ts";
import { canonicalJson } from "../core/json.ts";
import { metricNamed } from "../metrics/index.ts";
import { bootstrapDifference, correctedT, moments, normalQuantile, tQuantile, tTwoSidedP } from "../stats/index.ts";
import { definedScores, estimateOf, testTrainRatio } from "./estimate.ts";
import { type Ground, judgedRows, scoreOfPlaces } from "./ground.ts";

export interface OutcomeDifference {
  /** b - a in units of the metric; callers turn it so that better is positive. */
  readonly difference: Estimate;
  /** Two-sided, of no difference; 1 when nothing is known of the spread. */
  readonly p: number;
  /** Degrees of freedom; Infinity for a bootstrap over rows. */
  readonly df: number;
}

/** Resampled rows of a bootstrap in all; see metrics/interval.ts. */
const RESAMPLED_ROWS = 2e7;

/**
 * How much higher b scores than a. On the same folds the scores are paired (corrected resampled t; for a single fold a bootstrap over the judged
 * rows, which needs their ground). On different folds Welch's form with corrected variances.
 */
export function compareOutcomes(a: Outcome, b: Outcome, metric: string, level: number, ground: Ground | null = null): OutcomeDifference {
  const known = { level, experiments: [a.id, b.id] };
  if (!sameFolds(a, b)) return unpaired(a, b, metric, known, ground);
  if (a.folds.length === 1 && ground !== null) return pairedByRow(a, b, metric, known, ground);
  const differences = a.folds
    .map(({ scores }, i) => (b.folds[i]?.scores[metric] ?? Number.NaN) - (scores[metric] ?? Number.NaN))
    .filter(Number.isFinite);
  const ratio = Math.max(testTrainRatio(a.folds), testTrainRatio(b.folds));
  const { mean, low, high, p, df } = correctedT(differences, ratio, level);
  if (differences.length === 0) return undefinedDifference(known);
  const method = differences.length === 1 ? "one fold: spread unknown" : "corrected resampled t, paired by fold";
  return { difference: { value: mean, low, high, method, ...known }, p, df };
}

type Known = Pick<Estimate, "level" | "experiments">;

/** Equal data, target, policy and seed give equal judging rows; training sizes, recipes and estimators may differ. */
function sameFolds(a: Outcome, b: Outcome): boolean {
  const key = ({ experiment: { dataset, target, task, split, seed } }: Outcome) => canonicalJson({ dataset, target, task, split, seed });
  return key(a) === key(b) && a.folds.length === b.folds.length && a.folds.every(({ testRows }, i) => b.folds[i]?.testRows === testRows);
}

function pairedByRow(a: Outcome, b: Outcome, metric: string, known: Known, ground: Ground): OutcomeDifference {
  const [scoreA, scoreB] = [a, b].map((outcome) => scoreOfPlaces(metricNamed(metric), judgedRows(outcome, ground)));
  const rows = a.outOfFold.rows.length;
  if (scoreA === undefined || scoreB === undefined || rows === 0) return undefinedDifference(known);
  const resamples = Math.min(1000, Math.max(200, Math.round(RESAMPLED_ROWS / rows)));
  const plan = { rows, clusters: null, resamples, seed: a.experiment.seed };
  const { value, low, high, p } = bootstrapDifference(scoreB, scoreA, plan, known.level);
  const method = `bootstrap, paired by row, ${resamples} resamples`;
  return { difference: { value, low, high, method, ...known }, p, df: Number.POSITIVE_INFINITY };
}

/** Satterthwaite's degrees of freedom; each side's variance of the mean is that of its own interval. */
function unpaired(a: Outcome, b: Outcome, metric: string, known: Known, ground: Ground | null): OutcomeDifference {
  const [sideA, sideB] = [a, b].map((outcome) => sideOf(outcome, metric, ground));
  if (sideA === undefined || sideB === undefined || Number.isNaN(sideA.mean - sideB.mean)) return undefinedDifference(known);
  const value = sideB.mean - sideA.mean;
  const method = "Welch, corrected resampled variances, unpaired";
  const variance = sideA.variance + sideB.variance;
  if (!Number.isFinite(variance)) {
    const difference = {
      value,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
      method: `${method}: spread unknown`,
      ...known,
    };
    return { difference, p: 1, df: 0 };
  }
  if (variance === 0)
    return { difference: { value, low: value, high: value, method, ...known }, p: value === 0 ? 1 : 0, df: sideA.df + sideB.df };
  const se = Math.sqrt(variance);
  const df = variance ** 2 / (sideA.variance ** 2 / sideA.df + sideB.variance ** 2 / sideB.df);
  const reach = tQuantile((1 + known.level) / 2, df) * se;
  return { difference: { value, low: value - reach, high: value + reach, method, ...known }, p: tTwoSidedP(value / se, df), df };
}

interface Side {
  readonly mean: number;
  /** Variance of the mean; NaN when unknown. */
  readonly variance: number;
  readonly df: number;
}

function sideOf(outcome: Outcome, metric: string, ground: Ground | null): Side {
  const scores = definedScores(outcome, metric);
  if (outcome.folds.length === 1 && scores.length === 1 && ground !== null) {
    const { value, low, high, level } = estimateOf(outcome, metric, 0.95, ground);
    const se = (high - low) / (2 * normalQuantile((1 + level) / 2));
    return { mean: value, variance: se ** 2, df: Math.max(1, outcome.outOfFold.rows.length - 1) };
  }
  const { mean, variance, count } = moments(scores);
  return { mean, variance: (1 / count + testTrainRatio(outcome.folds)) * variance, df: count - 1 };
}

function undefinedDifference(known: Known): OutcomeDifference {
  const difference = { value: Number.NaN, low: Number.NaN, high: Number.NaN, method: "undefined on every fold", ...known };
  return { difference, p: 1, df: 0 };
}
