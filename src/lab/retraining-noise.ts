import type { Outcome } from "../core/experiment.ts";
import { moments, type Noise } from "../stats/index.ts";
import { scoreAt } from "./estimate.ts";

/** Below this many folds a spread says too little to widen an interval by. */
const LEAST_FOLDS = 3;

/**
 * How much the difference of two models' scores on a fold moves when both are trained anew on nearly the same rows: twice the variance of a fold's score among
 * such outcomes, the mean over folds, with one degree of freedom less than there are outcomes for each fold. That their true scores are the same is assumed.
 * null with fewer than three folds that have all scores.
 */
export function retrainingNoise(outcomes: readonly Outcome[], metric: string): Noise | null {
  const [first] = outcomes;
  const variances = (first?.folds ?? [])
    .map((_, place) => moments(outcomes.map((outcome) => scoreAt(outcome, place, metric))).variance)
    .filter(Number.isFinite);
  if (variances.length < LEAST_FOLDS) return null;
  return { variance: 2 * moments(variances).mean, df: (outcomes.length - 1) * variances.length };
}
