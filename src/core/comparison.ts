import { digits } from "./digits.ts";
import type { Estimate } from "./estimate.ts";
import type { Experiment } from "./experiment.ts";
import type { ThresholdRates } from "./threshold-rates.ts";

/** One candidate, judged on outer folds that were never used for its tuning, early stopping or threshold. */
export interface Candidate {
  readonly name: string;
  /** e.g. "boosted trees, 31 leaves". */
  readonly label: string;
  readonly complexity: number;
  /** With its parameters, as in the experiment that judged it. */
  readonly estimator: string;
  readonly params: Experiment["estimator"]["params"];
  /** The chosen model's is corrected for having been chosen. */
  readonly score: Estimate;
  /** By how much the score looked too good for having been chosen, in units of the metric, >= 0; `score` is corrected by it. 0: nothing to correct. */
  readonly optimism: number;
  /** Candidate minus best baseline, signed so that positive is better; null for the baseline itself. Paired by fold, or by judged row where folds are periods. */
  readonly overBaseline: Estimate | null;
  /** Candidate minus the best candidate; null for the best. "no difference" when the interval holds 0. */
  readonly againstBest: Estimate | null;
  readonly fitMs: number;
  /**
   * worse: the interval against the best excludes 0. not-worse-but-more-complex: it holds 0, and the chosen one is simpler, or as simple and better on average.
   * behind: it holds 0, and this one is simpler than the chosen one, but more than a standard error behind the best. undecided: it holds 0, but something else spoke
   * against it (note), or the comparison as a whole is undecided.
   */
  readonly state: "chosen" | "baseline" | "not-worse-but-more-complex" | "behind" | "undecided" | "worse" | "failed" | "not-run";
  /** Why it failed, did not run, or was passed over. */
  readonly note: string | null;
}

const STATES: Readonly<Record<Candidate["state"], string>> = {
  chosen: "chosen",
  baseline: "baseline",
  "not-worse-but-more-complex": "no better than the chosen",
  behind: "behind the best",
  undecided: "undecided",
  worse: "worse than the best",
  failed: "failed",
  "not-run": "not run",
};

/** What became of a candidate, and against which other, in a few words: the same on a terminal, in the report and on the card. */
export function candidateState({ state }: Pick<Candidate, "state">): string {
  return STATES[state];
}

/** The state with the reason for it, where a table has room. */
export function candidateStateInFull({ state, note }: Pick<Candidate, "state" | "note">): string {
  return note === null ? candidateState({ state }) : `${candidateState({ state })}: ${note}`;
}

export interface ReliabilityBin {
  readonly predicted: number;
  readonly observed: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export interface CalibrationSummary {
  readonly method: "none" | "isotonic" | "platt";
  readonly before: { readonly logLoss: number; readonly brier: number; readonly ece: number };
  readonly after: { readonly logLoss: number; readonly brier: number; readonly ece: number };
  readonly bins: readonly ReliabilityBin[];
  /** Spiegelhalter's z test of calibration after, two-sided p. */
  readonly p: number;
}

export interface Importance {
  readonly column: string;
  /** Drop of the metric when the column is permuted on held-out rows, over folds. */
  readonly drop: Estimate;
}

/** The chosen one trained on all training rows and judged once on a given test set, which no choice had looked at. */
export interface TestJudgement {
  readonly rows: number;
  readonly score: Estimate;
  /** Over the baseline that was best in the folds, paired by row, positive is better; null when that baseline is the chosen one. */
  readonly overBaseline: Estimate | null;
  /** Candidates judged beside it: the baselines. */
  readonly beside: readonly { readonly name: string; readonly label: string; readonly score: Estimate }[];
  /** Test score minus score in the folds, the latter corrected for having been chosen; in units of the metric. */
  readonly gap: Estimate;
}

/** What would settle an undecided comparison. */
export interface ToDecide {
  /** What has to grow, e.g. "rows" or "groups of patient"; under a split by time the rows that judge, and it says so. */
  readonly units: string;
  readonly have: number;
  /**
   * About so many make the intervals that decide no longer than what counts: of the open gain, and of the blind choice beside it. Then they do not hold both 0
   * and a gain that counts, but may still disagree. null when they already are that short, or their spread is unknown.
   */
  readonly needed: number | null;
  /** About so many show, four times in five, a gain as large as the blind choice has; absent or null when that is none, or takes as many as `needed`. */
  readonly likely?: { readonly needed: number; readonly gain: number } | null;
  /** Rows of the data of which a sample was used; absent or null when all were. */
  readonly sampleOf?: number | null;
  /** The gain that is not settled: of the candidate of which the most is possible. */
  readonly open: { readonly label: string; readonly against: string; readonly gain: Estimate };
}

/** What is there and what would bring the answer nearer, in the words of headline, reasons and next steps; null when no number is known. */
export function neededWords(toDecide: ToDecide): string | null {
  return toDecide.needed === null ? null : `${haveWords(toDecide)}; ${growthWords(toDecide)}`;
}

/** How many are needed: for a gain as large as the one seen, and whatever the gain is. */
export function growthWords({ needed, likely }: Pick<ToDecide, "needed" | "likely">): string {
  const settle = `about ${(needed ?? 0).toLocaleString("en")} may settle it, but need not`;
  if (likely == null) return settle;
  return `about ${likely.needed.toLocaleString("en")} would show a gain as large as the one seen (${digits(likely.gain)}), if it is real; ${settle}`;
}

/** "4,119 rows", and of how many they are a sample. */
function haveWords({ units, have, sampleOf }: ToDecide): string {
  const sample = sampleOf == null ? "" : ` in a sample of the ${sampleOf.toLocaleString("en")} rows that are there`;
  return `${have.toLocaleString("en")} ${units}${sample}`;
}

/** How many rows (or groups) would decide, as far as it is known; said by the reasons and by the next steps. */
export function settlingSentence(toDecide: ToDecide): string {
  const { open, sampleOf } = toDecide;
  const words = neededWords(toDecide);
  const begin = sampleOf == null ? "There are" : "It was judged by";
  if (words !== null) return `${begin} ${words} (rough, by this data's spread).`;
  if (Number.isFinite(open.gain.high - open.gain.low))
    return `${begin} ${haveWords(toDecide)}; how many would decide is not known: the intervals that decide are already no longer than what counts, so more are no known cure.`;
  return `${begin} ${haveWords(toDecide)}; how many would decide is not known, since nothing is known of the spread.`;
}

/** A fitted rule on one column in words. */
export interface RuleWords {
  /** Of the data. */
  readonly column: string;
  /** What the rule looks at: the column, or what the recipe makes of it: "mean of price by instance". */
  readonly feature: string;
  /** What the answers are: "P(yes)", "mean of price", "most likely class". */
  readonly says: string;
  /** In order; the last is for everything else. */
  readonly lines: readonly { readonly when: string; readonly answer: string; readonly rows: number }[];
  /** e.g. "poutcome = success -> 0.65; else 0.09". */
  readonly text: string;
  /** It is the chosen one, and not only what a model must beat. */
  readonly isChosen: boolean;
  /** Of the same rule in the folds. */
  readonly experiments: readonly string[];
}

/** A blind choice among all models against the best baseline: the one test that decides whether a model is worth having. */
export interface BlindChoice extends Estimate {
  readonly p: number;
}

/** A candidate that the budget does not reach for. */
export interface NotTried {
  readonly label: string;
  /** Rough processor time of all its folds. */
  readonly seconds: number;
}

/** Stage 2. */
export interface Comparison {
  readonly metric: string;
  readonly metricLabel: string;
  readonly better: "higher" | "lower";
  readonly candidates: readonly Candidate[];
  readonly chosen: string;
  /**
   * simple-rule: shown that no model gains what counts over the best baseline, which is the chosen one: the rule on one column, or the same answer every
   * time when the rule is no better. cannot-learn: shown that nothing gains what counts over the same answer every time.
   * undecided: too few rows to tell; the simplest one that is not shown to be worse is chosen meanwhile.
   */
  readonly verdict: "model" | "simple-rule" | "cannot-learn" | "undecided";
  /** Least gain over a simple rule that is worth a model, in units of the metric, and how it is declared. */
  readonly worthwhile: { readonly gain: number; readonly why: string };
  /** null when no model or no baseline was judged. */
  readonly blindChoice: BlindChoice | null;
  /** Only when undecided. */
  readonly toDecide: ToDecide | null;
  /** Absent: the folds were repeated as often as so many rows need. Else the budget had no room for that. */
  readonly cutRepeats?: { readonly ran: number; readonly wanted: number };
  /** Candidates that were left out from the start, since the budget would not reach for them. Absent = none. */
  readonly notTried?: readonly NotTried[];
  /** null without a given test set. When it is there, it is the headline; the candidates' scores are those of folds within the training rows. */
  readonly test: TestJudgement | null;
  /** The rule on one column, trained on all training rows, when it was chosen or is the best baseline; null otherwise. */
  readonly rule: RuleWords | null;
  /** Plain sentences: why this one, what was not different. */
  readonly why: readonly string[];
  readonly calibration: CalibrationSummary | null;
  /** Binary only: chosen on out-of-fold predictions for the best F1. With a test set, precision and recall (and `calibration`) are of its rows. */
  readonly threshold: (ThresholdRates & { readonly value: number; readonly why: string }) | null;
  readonly importance: readonly Importance[];
  /**
   * Labels that were corrected without a check, and the mean score over folds that the chosen one would have by them; null with a test set, which
   * judges as delivered, and where it is not defined. null as a whole: no such labels.
   */
  readonly corrections: { readonly labels: number; readonly asCorrected: number | null } | null;
  /** Regression: the half-width that held 90 % of the out-of-fold errors. */
  readonly errorHalfWidth: number | null;
}

/** What was left out and what it would take, said beside the table of candidates; null where nothing was. */
export function notTriedSentence({ notTried = [] }: Pick<Comparison, "notTried">): string | null {
  if (notTried.length === 0) return null;
  const time = (seconds: number) => digits(Math.max(1, Number(seconds.toPrecision(2))));
  const names = notTried.map(({ label, seconds }) => `${label} (about ${time(seconds)} s)`);
  return `Not tried, since the budget was not expected to reach so far: ${names.join("; ")}, each in processor time.`;
}

/** Models among which a model was chosen; 0 where none was, or where there was no choice. */
export function modelsChosenAmong({ candidates, verdict }: Pick<Comparison, "candidates" | "verdict">): number {
  const models = candidates.filter(({ state, score }) => state !== "baseline" && Number.isFinite(score.value)).length;
  return verdict !== "model" || models < 2 ? 0 : models;
}

/** Beside the table of candidates: why the numbers of the chosen one do not follow from those of the others; null where they do. */
export function choiceNote(comparison: Pick<Comparison, "candidates" | "verdict">): string | null {
  const models = modelsChosenAmong(comparison);
  return models === 0
    ? null
    : `Score and gain of the chosen one are corrected for its having been chosen among ${models} models, those of the others are not: its gain is that of a blind choice, not its score less the baseline's, and others may stand above it.`;
}

/** The best of the judged candidates that are no model: without a model the chosen one is among them. */
export function bestBaselineOf({ candidates, better, verdict }: Pick<Comparison, "candidates" | "better" | "verdict">): Candidate | null {
  const sign = better === "higher" ? -1 : 1;
  const baselines = candidates.filter(
    ({ state, score }) => (state === "baseline" || (state === "chosen" && verdict !== "model")) && Number.isFinite(score.value),
  );
  return baselines.sort((a, b) => sign * (a.score.value - b.score.value))[0] ?? null;
}

/** The number to go by: on the given test set where there is one, else on the folds. null when nothing was chosen. */
export function headlineOf({ candidates, chosen, test }: Comparison): Pick<Candidate, "label" | "score" | "overBaseline"> | null {
  const candidate = candidates.find(({ name, score }) => name === chosen && Number.isFinite(score.value));
  if (candidate === undefined) return null;
  return test === null ? candidate : { label: candidate.label, score: test.score, overBaseline: test.overBaseline };
}
