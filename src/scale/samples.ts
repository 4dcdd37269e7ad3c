import type { Experiment, Outcome } from "../core/experiment.ts";
import type { CurvePoint, LearningCurve } from "../core/plan.ts";
import { targetValues } from "../core/target.ts";
import { BudgetEnded, estimateOf, groundOf, type Lab } from "../lab/index.ts";
import { affordableAnchors, anchorsBelow, LEAST_ROWS, leastRowsForClasses } from "./curve-anchors.ts";
import { type CurveMetric, curveFrom } from "./curve-forecast.ts";
import { errorOfScore } from "./error-of-score.ts";
import type { FoldErrors } from "./gain-noise.ts";
import { wholeText } from "./words.ts";

export interface LearningCurveInput {
  readonly lab: Lab;
  /** The chosen estimator with the training rows of each fold cut to this many; null = all. */
  readonly experimentAt: (trainRows: number | null) => Experiment;
  /** Training rows of a fold when nothing is cut. */
  readonly fullTrainRows: number;
  readonly metric: CurveMetric;
  /** Called before each size with what is about to be measured. */
  readonly progress?: (note: string) => void;
  /** Upper limit of the time spent on the smaller sizes. Without it, and without a budget, the sizes do not depend on the speed of the machine. */
  readonly allowedMs?: number;
}

/** Share of the lab's remaining time that the curve may use. */
const SHARE_OF_LEFT = 0.6;

/**
 * The score at half-octave steps of training rows up to all of them, each an experiment on the same judging rows, extrapolated to 2 and 4 times.
 * When the budget ends, the points that exist are used. @throws Cancelled when the lab was told to stop.
 */
export async function learningCurve(input: LearningCurveInput): Promise<LearningCurve> {
  const { lab, experimentAt, fullTrainRows, metric, progress = () => undefined } = input;
  const full = await unlessBudgetEnded(lab.run(experimentAt(null)));
  if (full === null) return curveFrom([], metric, "The budget ended before the full size was measured.");
  if (!Number.isFinite(full.scores[metric.name] ?? Number.NaN))
    return curveFrom([], metric, `${metric.label} is undefined on the judging rows.`);
  const least = leastRows(lab, full, fullTrainRows);
  const wanted = anchorsBelow(fullTrainRows, least);
  const fullMs = timeOf(full, lab.threads);
  const allowed = Math.min(SHARE_OF_LEFT * lab.left(), input.allowedMs ?? Number.POSITIVE_INFINITY);
  const anchors = affordableAnchors(wanted, fullTrainRows, fullMs, allowed);
  const outcomes: Outcome[] = [];
  let ended = false;
  for (const rows of anchors) {
    progress(`learning curve: ${wholeText(rows)} of ${wholeText(fullTrainRows)} training rows`);
    const outcome = await unlessBudgetEnded(lab.run(experimentAt(rows)));
    ended = outcome === null;
    if (outcome === null) break;
    outcomes.push(outcome);
  }
  const measured = distinctSizes([...outcomes, full], metric.name);
  const points = measured.map((outcome) => pointOf(outcome, lab, metric.name));
  const stopped = ended || anchors.length < wanted.length ? "The budget did not allow more sizes." : tooFew(least);
  return curveFrom(points, metric, stopped, foldErrors(measured, metric));
}

async function unlessBudgetEnded(running: Promise<Outcome>): Promise<Outcome | null> {
  return running.catch((error: unknown) => {
    if (error instanceof BudgetEnded) return null;
    throw error;
  });
}

function tooFew(least: number): string | null {
  if (least <= LEAST_ROWS) return null;
  return `The rarest class needs at least ${wholeText(least)} training rows to be there five times.`;
}

function leastRows(lab: Lab, { experiment, folds }: Outcome, fullTrainRows: number): number {
  if (experiment.task.kind === "regression" || folds.length === 0) return LEAST_ROWS;
  const counts = new Map<number, number>();
  for (const label of targetValues(lab.frame(experiment.dataset), experiment.target, experiment.task)) {
    if (!Number.isNaN(label)) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return leastRowsForClasses([...counts.values()], fullTrainRows);
}

function timeOf({ folds }: Outcome, threads: number): number {
  return folds.reduce((sum, { fitMs, predictMs }) => sum + fitMs + predictMs, 0) / Math.max(1, Math.min(threads, folds.length));
}

/** Mean over folds: groups and growing windows cannot be cut to every size. */
function meanTrainRows({ folds }: Outcome): number {
  return Math.round(folds.reduce((sum, fold) => sum + fold.trainRows, 0) / Math.max(1, folds.length));
}

/** One outcome with a score per size really trained on, ascending; of equal sizes the later one. */
function distinctSizes(outcomes: readonly Outcome[], metric: string): Outcome[] {
  const scored = outcomes.filter(({ scores }) => Number.isFinite(scores[metric] ?? Number.NaN));
  return [...new Map(scored.map((outcome) => [meanTrainRows(outcome), outcome])).values()].sort(
    (a, b) => meanTrainRows(a) - meanTrainRows(b),
  );
}

function pointOf(outcome: Outcome, lab: Lab, metric: string): CurvePoint {
  const ground = outcome.folds.length === 1 ? groundOf(lab.frame(outcome.experiment.dataset), outcome.experiment) : null;
  return { trainRows: meanTrainRows(outcome), score: estimateOf(outcome, metric, 0.95, ground) };
}

/** Null when the folds are not the same at every size, or a score is undefined in one. */
function foldErrors(outcomes: readonly Outcome[], metric: CurveMetric): FoldErrors | null {
  const last = outcomes.at(-1);
  if (last === undefined || outcomes.some(({ folds }) => folds.length !== last.folds.length)) return null;
  const errors = last.folds.map((_, fold) =>
    outcomes.map(({ folds }) => errorOfScore(metric, folds[fold]?.scores[metric.name] ?? Number.NaN)),
  );
  if (errors.some((fold) => fold.some(Number.isNaN))) return null;
  const ratios = last.folds.map(({ testRows, trainRows }) => testRows / trainRows);
  return { rows: outcomes.map(meanTrainRows), errors, testTrainRatio: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length };
}
