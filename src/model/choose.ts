import type { Comparison } from "../core/comparison.ts";
import type { Outcome } from "../core/experiment.ts";
import type { Judged as JudgedRows, Metric } from "../core/metric.ts";
import type { Task } from "../core/task.ts";
import { groundOf, type Lab, resampleFolds } from "../lab/index.ts";
import { type Calibration, calibrateOutOfFold } from "./calibrate.ts";
import { type Calibrator, NO_CALIBRATION } from "./calibrator.ts";
import { candidateTable } from "./candidate-table.ts";
import { conformalHalfWidth } from "./conformal.ts";
import type { Evidence } from "./evidence.ts";
import { foldEvidence } from "./fold-evidence.ts";
import { type Judged, type JudgeInput, type Judgement, judge } from "./judge.ts";
import { partsOfRows } from "./partition.ts";
import { isBaseline } from "./portfolio.ts";
import { reasonsFor } from "./reasons.ts";
import { resampledEvidence } from "./resampled-evidence.ts";
import { type Selection, select } from "./select.ts";
import { chooseThreshold, type MistakeCosts } from "./threshold.ts";

export interface ChoiceInput extends JudgeInput {
  readonly lab: Pick<Lab, "run" | "threads" | "folds" | "frame">;
  readonly task: Task;
  /** Decides; the first metric of the experiments. */
  readonly metric: Metric;
  /** Class index or value of every row of the dataset version. */
  readonly truth: Float64Array;
  readonly weight: Float64Array | null;
  readonly seed: number;
  /** For the threshold of a binary task; null = best F1. */
  readonly costs?: MistakeCosts | null;
}

export interface Choice {
  /** Importance is empty: it needs the models of the folds (`permutationDrops`, `importanceFrom`). */
  readonly comparison: Comparison;
  /** Of the chosen candidate; null when the budget ended before an answer. */
  readonly outcome: Outcome | null;
  readonly calibrator: Calibrator;
  /** Out-of-fold predictions of the chosen candidate, calibrated without their own part; null without an outcome. */
  readonly judged: JudgedRows | null;
}

const LEVEL = 0.95;

/**
 * Judges all candidates on the same outer folds and chooses by the rule of `select`. Outer rows are used for nothing else before. The score of the
 * chosen one is corrected for having been chosen (docs/model.md).
 */
export async function chooseModel(input: ChoiceInput): Promise<Choice> {
  const judgements = await judge(input);
  const judged = judgements.filter((one): one is Judged => one.state === "judged");
  const evidence = judged.length === 0 ? null : evidenceOf(judged, input);
  const contenders = judged.map(({ plan }) => ({ name: plan.name, complexity: plan.complexity, isBaseline: isBaseline(plan) }));
  const selection = evidence === null ? null : answered(select(evidence, contenders, input.metric.better), judgements);
  const candidates = candidateTable(judgements, judged, evidence, selection, input.metric);
  const chosen = selection === null || selection.chosen < 0 ? null : (judged[selection.chosen] ?? null);
  const details = chosen === null ? NO_DETAILS : detailsOf(chosen.outcome, input);
  return {
    comparison: {
      metric: input.metric.name,
      metricLabel: input.metric.label,
      better: input.metric.better,
      candidates,
      chosen: chosen?.plan.name ?? "",
      verdict: selection?.verdict ?? "cannot-learn",
      why: reasonsFor({ judgements, judged, evidence, selection, candidates, metric: input.metric }),
      calibration: details.calibration?.summary ?? null,
      threshold: details.threshold,
      importance: [],
      conformalHalfWidth: details.conformalHalfWidth,
    },
    outcome: chosen?.outcome ?? null,
    calibrator: details.calibration?.calibrator ?? NO_CALIBRATION,
    judged: details.judged,
  };
}

/** "Nothing is better" is no answer while models wait that the budget did not reach. */
function answered(selection: Selection, judgements: readonly Judgement[]): Selection {
  const models = judgements.filter(({ plan }) => !isBaseline(plan));
  const isOpen = models.some(({ state }) => state === "not-run") || models.every(({ state }) => state !== "judged");
  return selection.verdict !== "model" && isOpen ? { ...selection, chosen: -1 } : selection;
}

function evidenceOf(judged: readonly Judged[], input: ChoiceInput): Evidence {
  const { metric } = input;
  const outcomes = judged.map(({ outcome }) => outcome);
  const [first] = outcomes;
  if (first === undefined) throw new RangeError("nothing was judged");
  const { folds, experiment } = first;
  const scores = outcomes.map((outcome) =>
    folds.map(({ fold }) => outcome.folds.find((one) => one.fold === fold)?.scores[metric.name] ?? Number.NaN),
  );
  const known = { scores, better: metric.better, level: LEVEL };
  const ground = { ...groundOf(input.lab.frame(experiment.dataset), experiment), truth: input.truth, weight: input.weight };
  const resamples = resampleFolds(outcomes, metric, ground, true);
  if (resamples !== null) return resampledEvidence({ ...known, ...resamples });
  const perRepeat = "repeats" in experiment.split ? folds.length / experiment.split.repeats : folds.length;
  return foldEvidence({
    ...known,
    repeat: folds.map((_, place) => Math.floor(place / perRepeat)),
    testTrainRatio: folds.reduce((sum, { testRows, trainRows }) => sum + testRows / trainRows, 0) / folds.length,
  });
}

function judgedRows({ outOfFold }: Outcome, { task, truth, weight }: ChoiceInput): JudgedRows {
  const { rows, outputs } = outOfFold;
  return {
    task,
    truth: Float64Array.from(rows, (row) => truth[row] ?? Number.NaN),
    outputs,
    weight: weight === null ? null : Float64Array.from(rows, (row) => weight[row] ?? 0),
  };
}

interface Details {
  readonly calibration: Calibration | null;
  readonly threshold: Comparison["threshold"];
  readonly conformalHalfWidth: number | null;
  readonly judged: JudgedRows | null;
}

const NO_DETAILS: Details = { calibration: null, threshold: null, conformalHalfWidth: null, judged: null };

function detailsOf(outcome: Outcome, input: ChoiceInput): Details {
  const raw = judgedRows(outcome, input);
  const parts = partsOfRows(outcome.outOfFold.rows, input.lab.folds(outcome.experiment), input.seed);
  const calibration = input.task.kind === "regression" ? null : calibrateOutOfFold(raw, parts);
  const judged = calibration === null ? raw : { ...raw, outputs: calibration.outputs };
  return {
    calibration,
    threshold: chooseThreshold(judged, parts, input.costs ?? null),
    conformalHalfWidth: conformalHalfWidth(raw),
    judged,
  };
}
