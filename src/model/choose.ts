import type { BlindChoice, Comparison } from "../core/comparison.ts";
import type { Outcome } from "../core/experiment.ts";
import type { Judged as JudgedRows, Metric } from "../core/metric.ts";
import type { Task } from "../core/task.ts";
import { clustersOf, groundOf, type Lab, resampleFolds } from "../lab/index.ts";
import { takeJudged, worthwhileGain } from "../metrics/index.ts";
import { type Calibration, calibrateOutOfFold, summaryOf } from "./calibrate.ts";
import { type Calibrator, NO_CALIBRATION } from "./calibrator.ts";
import { candidateTable } from "./candidate-table.ts";
import { errorHalfWidth } from "./error-half-width.ts";
import { type Evidence, estimateOf } from "./evidence.ts";
import { foldEvidence } from "./fold-evidence.ts";
import { type Judged, type JudgeInput, type Judgement, judge } from "./judge.ts";
import { countUnits } from "./judged-units.ts";
import { firstRepeat, pooled } from "./out-of-fold.ts";
import { isBaseline } from "./portfolio.ts";
import { reasonsFor } from "./reasons.ts";
import { resampledEvidence } from "./resampled-evidence.ts";
import { type Selection, select } from "./select.ts";
import { judgeOnTest } from "./test-judgement.ts";
import { chooseThreshold, chooseThresholdForPeriods, ratesAt } from "./threshold.ts";
import { toDecide } from "./to-decide.ts";

export interface ChoiceInput extends JudgeInput {
  readonly lab: Pick<Lab, "run" | "threads" | "folds" | "frame"> & Partial<Pick<Lab, "expect" | "left">>;
  readonly task: Task;
  /** Decides; the first metric of the experiments. */
  readonly metric: Metric;
  /** Class index or value of every row of the dataset version. */
  readonly truth: Float64Array;
  readonly weight: Float64Array | null;
  readonly seed: number;
  /** Rows of the data of which the frame is a sample; absent or null when it holds all. */
  readonly sampleOf?: number | null;
}

export interface Choice {
  /** Importance and rule are empty: they need fitted models (`permutationDrops`, `importanceFrom`, `ruleInWords`). */
  readonly comparison: Comparison;
  /** Of the chosen candidate, on the folds; null when the budget ended before an answer. */
  readonly outcome: Outcome | null;
  /** Baseline that was best on the folds; null when none was judged. */
  readonly baseline: Outcome | null;
  readonly calibrator: Calibrator;
  /**
   * Rows of the frame with honest answers of the chosen candidate, each row once: the given test set, else out of fold (of repeats the first),
   * calibrated without their own part; of probabilities in periods, those of the first are left out, since nothing earlier calibrates them. What answered each
   * (`answeredBy`): the model of its fold with its calibration. clusters: which of them are one unit (`clustersOf`). null without an outcome.
   */
  readonly judged: { readonly rows: Int32Array; readonly judged: JudgedRows; readonly clusters: Int32Array | null } | null;
}

const LEVEL = 0.95;

/**
 * Judges all candidates on the same outer folds and chooses by the rule of `select`. No candidate is fitted on rows that judge it, but these rows are not
 * new to what comes before: the audit takes repairs back by their score on the same rows, and its checks read their labels. The score of the chosen one
 * is corrected for having been chosen among the candidates, not for that (docs/model.md, limits). When the experiments hold rows out, the chosen one is
 * then judged on those, once.
 */
export async function chooseModel(input: ChoiceInput): Promise<Choice> {
  const { metric, lab } = input;
  const judgements = await judge(input);
  const judged = judgements.filter((one): one is Judged => one.state === "judged");
  const evidence = judged.length === 0 ? null : evidenceOf(judged, input);
  const contenders = judged.map(({ plan }) => ({ name: plan.name, complexity: plan.complexity, isBaseline: isBaseline(plan) }));
  const margin = (score: number) => worthwhileGain(metric, score).gain;
  const selection = evidence === null ? null : answered(select(evidence, contenders, metric.better, margin), judgements);
  const candidates = candidateTable(judgements, judged, evidence, selection, metric);
  const chosen = selection === null || selection.chosen < 0 ? null : (judged[selection.chosen] ?? null);
  const baseline = judged[selection?.bestBaseline ?? -1] ?? null;
  const score = candidates.find(({ state }) => state === "chosen")?.score.value ?? Number.NaN;
  const correction = selection === null || evidence === null || chosen === null ? 0 : score - evidence.score(selection.chosen).value;
  const details = chosen === null ? NO_DETAILS : await detailsOf(chosen, judged, baseline, correction, input);
  const scoreOfBaseline =
    selection === null || evidence === null || baseline === null ? Number.NaN : evidence.score(selection.bestBaseline).value;
  const worthwhile = worthwhileGain(metric, scoreOfBaseline);
  const open =
    selection === null || evidence === null || chosen === null
      ? null
      : toDecide(selection, judged, evidence, lab.frame(chosen.outcome.experiment.dataset), input.sampleOf);
  return {
    comparison: {
      metric: metric.name,
      metricLabel: metric.label,
      better: metric.better,
      candidates,
      chosen: chosen?.plan.name ?? "",
      verdict: selection?.verdict ?? "undecided",
      worthwhile: { gain: worthwhile.gain, why: worthwhile.why },
      blindChoice: blindChoiceOf(selection, judged, evidence),
      toDecide: open,
      test: details.test,
      rule: null,
      why: reasonsFor({ judgements, judged, evidence, selection, candidates, metric, worthwhile, toDecide: open, test: details.test }),
      calibration: details.calibration,
      threshold: details.threshold,
      importance: [],
      corrections: null,
      errorHalfWidth: details.errorHalfWidth,
    },
    outcome: chosen?.outcome ?? null,
    baseline: baseline?.outcome ?? null,
    calibrator: details.calibrator,
    judged: details.judged,
  };
}

function blindChoiceOf(selection: Selection | null, judged: readonly Judged[], evidence: Evidence | null): BlindChoice | null {
  if (selection === null || selection.worth === null || evidence === null) return null;
  const baseline = judged[selection.bestBaseline];
  const experiments = [...judged.filter(({ plan }) => !isBaseline(plan)), ...(baseline === undefined ? [] : [baseline])].map(
    ({ outcome }) => outcome.id,
  );
  return { ...estimateOf(selection.worth, evidence, experiments, evidence.blindness), p: selection.worth.p };
}

/**
 * "Nothing is better" is no answer while a model was not judged, be it that it failed or that the budget did not reach it; "a model is better" is none
 * while a baseline was not.
 */
function answered(selection: Selection, judgements: readonly Judgement[]): Selection {
  const parts = (ofBaselines: boolean) => judgements.filter(({ plan }) => isBaseline(plan) === ofBaselines);
  const isOpen = (part: readonly Judgement[]) => part.length === 0 || part.some(({ state }) => state !== "judged");
  return isOpen(parts(selection.verdict === "model")) ? { ...selection, chosen: -1 } : selection;
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
  let counted: number | null = null;
  const units = () => {
    counted ??= unitsOf(first, input);
    return { best: metric.best, worst: metric.worst, count: counted };
  };
  if (resamples !== null) return resampledEvidence({ ...known, ...resamples, units });
  const perRepeat = "repeats" in experiment.split ? folds.length / experiment.split.repeats : folds.length;
  return foldEvidence({
    ...known,
    units: units(),
    repeat: folds.map((_, place) => Math.floor(place / perRepeat)),
    testTrainRatio: folds.reduce((sum, { testRows, trainRows }) => sum + testRows / trainRows, 0) / folds.length,
  });
}

/** Of the rows that weigh something, each once. */
function unitsOf({ experiment, folds, outOfFold }: Outcome, { lab, task, truth, weight }: ChoiceInput): number {
  const { outputs, repeats } = outOfFold;
  const rows = outOfFold.rows.subarray(0, outOfFold.rows.length / repeats);
  const clusters = clustersOf({ experiment, folds, outOfFold: { rows, outputs, repeats: 1 } }, lab.frame(experiment.dataset));
  const weighty = rows.map((_, place) => place).filter((place) => weight === null || (weight[rows[place] ?? 0] ?? 0) > 0);
  const labels = Float64Array.from(weighty, (place) => truth[rows[place] ?? 0] ?? Number.NaN);
  return countUnits(task, labels, clusters && weighty.map((place) => clusters[place] ?? -1));
}

interface Details
  extends Pick<Comparison, "calibration" | "threshold" | "errorHalfWidth" | "test">,
    Pick<Choice, "calibrator" | "judged"> {}

const NO_DETAILS: Details = {
  calibration: null,
  calibrator: NO_CALIBRATION,
  threshold: null,
  errorHalfWidth: null,
  test: null,
  judged: null,
};

/** Calibration, threshold and width from the folds; with held-out rows they are then looked at there. correction: of the fold score, for choosing. */
async function detailsOf(
  chosen: Judged,
  all: readonly Judged[],
  baseline: Judged | null,
  correction: number,
  input: ChoiceInput,
): Promise<Details> {
  const { outcome } = chosen;
  const { lab, task, seed } = input;
  const { judged: raw, parts, repeats } = pooled(outcome, input, lab.folds(outcome.experiment), seed);
  const { outputs } = firstRepeat(raw, repeats);
  const rows = outcome.outOfFold.rows.subarray(0, outcome.outOfFold.rows.length / repeats);
  const frame = lab.frame(outcome.experiment.dataset);
  const clusters = clustersOf({ ...outcome, outOfFold: { rows, outputs, repeats: 1 } }, frame);
  const clustersBefore = (earlier: Int32Array, part: number) => clustersOf(before(outcome, earlier, part), frame);
  const calibration = task.kind === "regression" ? null : calibrateOutOfFold(raw, parts, repeats, clusters, clustersBefore);
  const calibrated = calibration === null ? raw : { ...raw, outputs: calibration.outputs };
  const isOneModel = lab.folds(outcome.experiment).length < 2 && calibration?.calibrator.method === "none";
  const answeredBy = isOneModel || task.kind === "regression" ? null : parts.of;
  const onFolds = {
    calibration: calibration?.summary ?? null,
    calibrator: calibration?.calibrator ?? NO_CALIBRATION,
    threshold:
      calibration !== null && parts.arePeriods
        ? chooseThresholdForPeriods(raw, parts, calibration)
        : chooseThreshold(calibrated, parts, repeats),
    errorHalfWidth: errorHalfWidth(raw, repeats),
  };
  if ((outcome.experiment.heldOut ?? 0) === 0)
    return {
      ...onFolds,
      test: null,
      judged: honestOf(rows, firstRepeat({ ...calibrated, answeredBy }, repeats), clusters, calibration),
    };
  const tested = await judgeOnTest(chosen, all, baseline, { calibrator: onFolds.calibrator, correction }, input);
  const testClusters = clustersOf(asOneFold(outcome, tested.rows, tested.judged), lab.frame(outcome.experiment.dataset));
  return {
    ...onFolds,
    calibration: onFolds.calibration === null ? null : summaryOf(onFolds.calibrator.method, tested.raw, tested.judged, testClusters),
    threshold: onFolds.threshold === null ? null : { ...onFolds.threshold, ...ratesAt(tested.judged, onFolds.threshold.value) },
    test: tested.judgement,
    judged: { rows: tested.rows, judged: tested.judged, clusters: testClusters },
  };
}

/** Out-of-fold rows without those that have no honest calibrated answer. */
function honestOf(rows: Int32Array, judged: JudgedRows, clusters: Int32Array | null, calibration: Calibration | null): Choice["judged"] {
  if (calibration === null || calibration.calibrated.length === rows.length) return { rows, judged, clusters };
  const { calibrated } = calibration;
  return {
    rows: calibrated.map((place) => rows[place] ?? 0),
    judged: takeJudged(judged, calibrated),
    clusters: clusters && calibrated.map((place) => clusters[place] ?? -1),
  };
}

/** What was judged before a period. earlier: its places. */
function before({ experiment, folds, outOfFold }: Outcome, earlier: Int32Array, part: number): Parameters<typeof clustersOf>[0] {
  const { outputs } = takeJudged({ task: experiment.task, truth: outOfFold.outputs, outputs: outOfFold.outputs, weight: null }, earlier);
  const rows = earlier.map((place) => outOfFold.rows[place] ?? 0);
  return { experiment, folds: folds.filter(({ fold }) => fold < part), outOfFold: { rows, outputs, repeats: 1 } };
}

/** Held-out rows as what one fold judged. */
function asOneFold({ experiment }: Outcome, rows: Int32Array, { outputs }: JudgedRows): Parameters<typeof clustersOf>[0] {
  const fold = { fold: 0, trainRows: 0, testRows: rows.length, scores: {}, fitMs: 0, predictMs: 0 };
  return { experiment, folds: [fold], outOfFold: { rows, outputs, repeats: 1 } };
}
