import type { Outcome } from "../core/experiment.ts";
import type { SplitPolicy } from "../core/split.ts";
import { moments, type Noise } from "../stats/index.ts";
import { scoreAt } from "./estimate.ts";
import { arePeriods } from "./judged-folds.ts";

/** With fewer degrees of freedom a spread says too little to widen an interval by: Student's t is then 2.4 and more. */
const LEAST_DF = 6;
/** Of many folds two more trainings each. */
const LEAST_ANEW = 2;

/** How often an experiment of this split has to be run anew for its noise; 0 where folds are exchangeable: they show it themselves. Periods and a given test set do not. */
export function trainingsForNoise(split: SplitPolicy): number {
  if (split.policy === "given") return LEAST_DF;
  return arePeriods(split) ? Math.max(LEAST_ANEW, Math.ceil(LEAST_DF / split.folds)) : 0;
}

/**
 * How much the difference of two models' scores on a fold moves when both are trained anew on nearly the same rows: twice the variance of a fold's score among
 * such outcomes, the mean over folds, with one degree of freedom less than there are outcomes for each fold. That their true scores are the same is assumed.
 * null where the folds that have all scores leave fewer than six.
 */
export function retrainingNoise(outcomes: readonly Outcome[], metric: string): Noise | null {
  const [first] = outcomes;
  const variances = (first?.folds ?? [])
    .map((_, place) => moments(outcomes.map((outcome) => scoreAt(outcome, place, metric))).variance)
    .filter(Number.isFinite);
  const df = (outcomes.length - 1) * variances.length;
  return df < LEAST_DF ? null : { variance: 2 * moments(variances).mean, df };
}
