import type { TestJudgement } from "../core/comparison.ts";
import type { Experiment, Outcome } from "../core/experiment.ts";
import type { Judged as JudgedRows, Metric } from "../core/metric.ts";
import { mirrored } from "../core/score-difference.ts";
import { givenBeside } from "../core/split.ts";
import { compareOutcomes, estimateOf, type Ground, groundOf, judgedRows, type Lab } from "../lab/index.ts";
import { type Calibrator, calibrate } from "./calibrator.ts";
import { finalParams } from "./final.ts";
import type { Judged } from "./judge.ts";
import { isBaseline } from "./portfolio.ts";

const LEVEL = 0.95;

/** What a given test set says of the chosen one. */
export interface Tested {
  readonly judgement: TestJudgement;
  /** Judged rows, and what the shipped model answers to them, calibrated by the folds. */
  readonly rows: Int32Array;
  readonly raw: JudgedRows;
  readonly judged: JudgedRows;
}

/** What the folds settled for the chosen one. */
export interface OnFolds {
  readonly calibrator: Calibrator;
  /** Corrected fold score minus the plain one, in units of the metric: for having been chosen on the same folds. */
  readonly correction: number;
}

export interface TestInput {
  readonly lab: Pick<Lab, "run" | "frame">;
  readonly metric: Metric;
}

/** The model as it is shipped: all training rows, with what the folds settled; on the rows that were held out. */
function lastExperiment(outcome: Outcome): Experiment {
  const { heldOut = 0, ...rest } = outcome.experiment;
  return {
    ...rest,
    split: givenBeside(rest.split, heldOut),
    estimator: { name: rest.estimator.name, params: finalParams(outcome) },
  };
}

/**
 * Judges the chosen candidate and the baselines once on the given test set. Everything was settled by folds within the training rows, so nothing is
 * chosen here: a surprise is reported, not mended. @throws BudgetEnded.
 */
export async function judgeOnTest(
  chosen: Judged,
  judged: readonly Judged[],
  bestBaseline: Judged | null,
  { calibrator, correction }: OnFolds,
  { lab, metric }: TestInput,
): Promise<Tested> {
  const ground = groundOf(lab.frame(chosen.outcome.experiment.dataset), chosen.outcome.experiment);
  const last = await lab.run(lastExperiment(chosen.outcome));
  const beside: { plan: Judged["plan"]; outcome: Outcome }[] = [];
  for (const { plan, outcome } of judged)
    if (isBaseline(plan) && plan !== chosen.plan) beside.push({ plan, outcome: await lab.run(lastExperiment(outcome)) });
  const baseline = beside.find(({ plan }) => plan === bestBaseline?.plan) ?? null;
  const raw = judgedRows(last, ground);
  return {
    judgement: {
      rows: last.outOfFold.rows.length,
      score: estimateOf(last, metric.name, LEVEL, ground),
      overBaseline: baseline === null ? null : gainOf(baseline.outcome, last, metric, ground),
      beside: beside.map(({ plan, outcome }) => ({
        name: plan.name,
        label: plan.label,
        score: estimateOf(outcome, metric.name, LEVEL, ground),
      })),
      gap: gapTo(last, chosen.outcome, correction, metric, ground),
    },
    rows: last.outOfFold.rows,
    raw,
    judged: { ...raw, outputs: calibrate(calibrator, raw.outputs) },
  };
}

/** Test score minus the corrected fold score. The correction moves the estimate; its own spread is not in the interval. */
function gapTo(last: Outcome, folds: Outcome, correction: number, metric: Metric, ground: Ground): TestJudgement["gap"] {
  const { difference } = compareOutcomes(folds, last, metric.name, LEVEL, ground);
  if (correction === 0) return difference;
  const { value, low, high, method } = difference;
  return {
    ...difference,
    value: value - correction,
    low: low - correction,
    high: high - correction,
    method: `${method}; fold score corrected for choosing`,
  };
}

/** Turned so that positive is better. */
function gainOf(baseline: Outcome, last: Outcome, metric: Metric, ground: Ground): TestJudgement["overBaseline"] {
  const { difference } = compareOutcomes(baseline, last, metric.name, LEVEL, ground);
  return metric.better === "higher" ? difference : mirrored(difference);
}
