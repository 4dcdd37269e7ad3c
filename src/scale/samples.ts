import type { Estimate } from "../core/estimate.ts";
import type { Experiment, Outcome } from "../core/experiment.ts";
import type { CurvePoint, LearningCurve } from "../core/plan.ts";
import { BudgetEnded, estimateOf, type Ground, groundOf, type Lab, resampleFolds } from "../lab/index.ts";
import { metricNamed } from "../metrics/index.ts";
import { affordableAnchors, anchorsBelow } from "./curve-anchors.ts";
import { type CurveMetric, curveFrom } from "./curve-forecast.ts";
import { type CurveUnits, meanTrainRows, unitsOf } from "./curve-units.ts";
import { errorOfScore } from "./error-of-score.ts";
import type { FoldErrors } from "./gain-noise.ts";
import { wholeText } from "./words.ts";

export interface LearningCurveInput {
  readonly lab: Lab;
  /** The estimator with the training rows of each fold cut to this many (whole groups under a split by group); null = all. */
  readonly experimentAt: (trainRows: number | null) => Experiment;
  /** Training rows of a fold when nothing is cut. */
  readonly fullTrainRows: number;
  readonly metric: CurveMetric;
  readonly of: LearningCurve["of"];
  /**
   * By how much the model's score at the full size is too good for having been chosen among others, in units of the metric, >= 0; default 0. Every size is corrected by
   * it: the same judging rows judge them, so what flattered the model there flatters it at all sizes, and the falls between sizes stay as measured.
   */
  readonly optimism?: number;
  /** Called before each size with what is about to be measured. */
  readonly progress?: (note: string) => void;
  /** Upper limit of the time spent on the smaller sizes. Without it, and without a budget, the sizes do not depend on the speed of the machine. */
  readonly allowedMs?: number;
}

/** Share of the lab's remaining time that the curve may use. */
const SHARE_OF_LEFT = 0.6;

/**
 * The score at half-octave steps of training rows up to all of them, each an experiment on the same judging rows, extrapolated to 2 and 4 times. Under
 * a split by group it is groups that are counted, cut and multiplied.
 * When the budget ends, the points that exist are used. @throws Cancelled when the lab was told to stop.
 */
export async function learningCurve(input: LearningCurveInput): Promise<LearningCurve> {
  const { lab, experimentAt, metric, of, optimism = 0 } = input;
  const whole = experimentAt(null);
  const units = unitsOf(lab, whole);
  const nothing = (why: string) => ({ ...curveFrom([], metric, why, null, units.name), of, optimism });
  const full = await unlessBudgetEnded(lab.run(whole));
  if (full === null) return nothing("The budget ended before the full size was measured.");
  if (!Number.isFinite(full.scores[metric.name] ?? Number.NaN)) return nothing(`${metric.label} is undefined on the judging rows.`);
  const { outcomes, stopped } = await measureBelow(full, units, input);
  const measured = distinctSizes([...outcomes, full], metric.name, units);
  const ground = groundOf(lab.frame(whole.dataset), whole);
  const judge: Judge = { metric, ground, shift: metric.better === "higher" ? -optimism : optimism };
  const points = measured.map((one) => pointOf(one, judge));
  return { ...curveFrom(points, metric, stopped, foldErrors(measured, judge), units.name), of, optimism };
}

/** The outcomes at the sizes below the full one that there is time for; stopped: why there are no more, or null. */
async function measureBelow(
  full: Outcome,
  units: CurveUnits,
  { lab, experimentAt, fullTrainRows, allowedMs, progress = () => undefined }: LearningCurveInput,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly stopped: string | null }> {
  const least = units.least(full);
  const fullSize = units.name === "rows" ? fullTrainRows : units.sizeOf(full);
  const wanted = anchorsBelow(fullSize, least.size);
  const allowed = Math.min(SHARE_OF_LEFT * lab.left(), allowedMs ?? Number.POSITIVE_INFINITY);
  const anchors = affordableAnchors(wanted, fullSize, timeOf(full, lab.threads), allowed);
  const experimentOf = (size: number) => experimentAt(Math.round((size * fullTrainRows) / fullSize));
  lab.expect(anchors.map((size) => ({ experiment: experimentOf(size), cost: size })));
  const outcomes: Outcome[] = [];
  let ended = anchors.length < wanted.length;
  for (const size of anchors) {
    progress(`learning curve: ${wholeText(size)} of ${wholeText(fullSize)} training ${units.name}`);
    const outcome = await unlessBudgetEnded(lab.run(experimentOf(size)));
    if (outcome === null) {
      ended = true;
      break;
    }
    outcomes.push(outcome);
  }
  return { outcomes, stopped: ended ? "The budget did not allow more sizes." : least.why };
}

async function unlessBudgetEnded(running: Promise<Outcome>): Promise<Outcome | null> {
  return running.catch((error: unknown) => {
    if (error instanceof BudgetEnded) return null;
    throw error;
  });
}

function timeOf({ folds }: Outcome, threads: number): number {
  return folds.reduce((sum, { fitMs, predictMs }) => sum + fitMs + predictMs, 0) / Math.max(1, Math.min(threads, folds.length));
}

/** One outcome with a score per size really trained on, ascending; of equal sizes the later one. */
function distinctSizes(outcomes: readonly Outcome[], metric: string, units: CurveUnits): Sized[] {
  const scored = outcomes.filter(({ scores }) => Number.isFinite(scores[metric] ?? Number.NaN));
  const bySize = new Map(scored.map((outcome) => [units.sizeOf(outcome), outcome]));
  return [...bySize].map(([size, outcome]) => ({ size, outcome })).sort((a, b) => a.size - b.size);
}

interface Sized {
  readonly size: number;
  readonly outcome: Outcome;
}

interface Judge {
  readonly metric: CurveMetric;
  readonly ground: Ground;
  /** Added to every score. */
  readonly shift: number;
}

function pointOf({ size, outcome }: Sized, { metric, ground, shift }: Judge): CurvePoint {
  const groups = outcome.experiment.split.policy === "group" ? { groups: size } : {};
  return { trainRows: meanTrainRows(outcome), ...groups, score: shifted(estimateOf(outcome, metric.name, 0.95, ground), shift, metric) };
}

/** The interval keeps its width, but does not reach beyond what the metric can be. */
function shifted(score: Estimate, by: number, { best, worst }: CurveMetric): Estimate {
  if (by === 0) return score;
  const low = Math.max(Math.min(best, worst), score.low + by);
  const high = Math.min(Math.max(best, worst), score.high + by);
  return { ...score, value: score.value + by, low, high, method: `${score.method}; corrected for choosing` };
}

/** Null when the folds are not the same at every size, or a score is undefined in one. */
function foldErrors(measured: readonly Sized[], { metric, ground, shift }: Judge): FoldErrors | null {
  const errorAt = (score: number) => errorOfScore(metric, score + shift);
  const outcomes = measured.map(({ outcome }) => outcome);
  const last = outcomes.at(-1);
  if (last === undefined || outcomes.some(({ folds }) => folds.length !== last.folds.length)) return null;
  const errors = last.folds.map((_, fold) => outcomes.map(({ folds }) => errorAt(folds[fold]?.scores[metric.name] ?? Number.NaN)));
  if (errors.some((fold) => fold.some(Number.isNaN))) return null;
  const ratios = last.folds.map(({ testRows, trainRows }) => testRows / trainRows);
  const known = {
    rows: measured.map(({ size }) => size),
    errors,
    testTrainRatio: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length,
  };
  const resamples = resampleFolds(outcomes, metricNamed(metric.name), ground);
  if (resamples === null) return known;
  const resampled = resamples.folds.map(({ units, replicates }) => ({
    units,
    errors: replicates.map((scores) => scores.map(errorAt)),
  }));
  return { ...known, resampled };
}
