import type { Estimate } from "./estimate.ts";
import type { Json } from "./json.ts";
import { percentBy } from "./percent.ts";
import type { RecipeStep } from "./recipe.ts";
import type { SplitPolicy } from "./split.ts";
import type { TrapId } from "./trap.ts";
import type { HeldValues } from "./whole-counts.ts";

/** blocker: the score would be a lie. harmful: training is damaged. costly: accuracy is left on the table. cosmetic. */
export const SEVERITIES = ["blocker", "harmful", "costly", "cosmetic"] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * What mends a finding. `steps` go into the recipe, `split` replaces the split policy; `reading` was done when the data was
 * read; `advice` needs a person.
 */
export type Fix =
  | { readonly action: "steps"; readonly steps: readonly RecipeStep[] }
  | { readonly action: "split"; readonly split: SplitPolicy }
  | { readonly action: "metric"; readonly metric: string }
  | { readonly action: "reading"; readonly text: string }
  | { readonly action: "advice"; readonly text: string };

/** claimed: the score with the trap. honest: without it. delta = honest - claimed in units of the metric; [low, high] is its interval. */
export interface Harm {
  /** Of the honest score, and of the claimed one unless `compares` says otherwise. */
  readonly metric: string;
  /** What the two scores are of, in words: "claimed side against honest side". */
  readonly compares: string;
  /** Columns of other suspected leaks, left out on both sides; absent = none. */
  readonly bothWithout?: readonly string[];
  /** Columns of other suspected leaks that are shown to flatter and still stand in both sides; absent = none. */
  readonly stillIn?: readonly string[];
  /** Where both scores are of linear models: that of quick trees on the same folds, with all columns. Absent elsewhere. */
  readonly quickTrees?: number;
  readonly claimed: number;
  readonly claimedLow: number;
  readonly claimedHigh: number;
  readonly honest: number;
  readonly honestLow: number;
  readonly honestHigh: number;
  readonly delta: number;
  readonly low: number;
  readonly high: number;
  /** Nothing is shown and nothing excluded: the interval holds 0, and a difference that counts. Absent = not so. */
  readonly undecided?: true;
  readonly level: number;
  readonly method: string;
  /** Two-sided p value of delta = 0 before, and q value after, Benjamini-Hochberg over all harms of the audit. */
  readonly p: number;
  readonly q: number;
  readonly experiments: readonly string[];
}

/** Rows a finding speaks of, as row numbers of the dataset version: how many, and the first of them. */
export interface AffectedRows {
  readonly count: number;
  readonly sample: readonly number[];
  /** `count` is scaled up from a sample of so many rows of so many; absent = counted over all. */
  readonly estimated?: { readonly rows: number; readonly of: number };
}

/** What the two scores of most harms are of; the head of a list says so for all of them. */
export const WITH_AND_WITHOUT = "with these columns against without them";
export const AS_IT_STANDS = "as it stands against mended";
/** The same model judged in two ways: what follows names what is left out. */
export const NAIVE_SPLIT = "judged by the naive split against the proposed one";

export type Choices = readonly [confirms: string, rejects: string];

/** What a check says before harm is measured. */
export interface Suspicion {
  readonly trap: TrapId;
  readonly columns: readonly string[];
  readonly rows: AffectedRows;
  /** What these rows hold and no others do: where they were seen in a sample, they are counted over the whole table. Absent = no such values. */
  readonly held?: readonly HeldValues[];
  /** The worst it can be; harm may lower it. */
  readonly severity: Severity;
  /** Severity while no experiment has measured it; absent = the same. */
  readonly untilMeasured?: Severity;
  /** How strong the evidence is by the check's own rule, 0..1: from one half on the audit acts, below it asks. No probability; that is told by the finding. */
  readonly confidence: number;
  readonly evidence: Readonly<Record<string, Json>>;
  readonly fix: Fix;
  /** The fix has a reason beside the score, such as privacy: only a loss beyond chance takes it back. */
  readonly besideScore?: true;
  /** The experiment that prices it; null when none can. */
  readonly counterfactual: Counterfactual | null;
  /** Why no experiment can price it, a plain sentence. */
  readonly unmeasured?: string;
  /** Only when statistics cannot decide. */
  readonly question: string | null;
  /** The two answers to the question: the first says that the trap is real, the second that it is not. Absent = "yes" and "no". */
  readonly choices?: Choices;
  /** Its fix when the first answer is given, where that is not what its experiment changes; absent = that. */
  readonly ifConfirmed?: Pick<Suspicion, "fix">;
  /** What it is when the second answer is given; absent = no trap at all. */
  readonly ifRejected?: Pick<Suspicion, "severity" | "fix"> & { readonly counterfactual?: Counterfactual; readonly why?: string };
  /** One plain sentence with the numbers. */
  readonly why: string;
  /** Of a trap that is said to flatter: what is said in place of `why` once its experiment shows no difference, or a better score without the trap. Absent = the same. */
  readonly whyUnlessFlatters?: { readonly none: string; readonly damages: string };
}

/** How to measure: score with the trap in place against the score with it mended. `flatters`: the trap raises the score rather than lowering it. */
export type Counterfactual =
  /** Same split; the steps are added to the recipe on the honest side. */
  | { readonly change: "steps"; readonly steps: readonly RecipeStep[]; readonly flatters: boolean }
  /** The mend is made already: on the claimed side these columns are features again and the recipe has these steps, which bring the trap back. */
  | { readonly change: "undo"; readonly features: readonly string[]; readonly steps: readonly RecipeStep[]; readonly flatters: boolean }
  /**
   * Same recipe; the honest side is judged by `honest` (null: by the proposed policy), the claimed side by `naive`. without: columns that tell nothing on the honest
   * side, since all their values are new there: its model is not trained on them. instead: numbers that say the same of the groups that are there, and something of new ones too:
   * its model is trained on them, whether they are left out as copies of the former or not.
   */
  | {
      readonly change: "split";
      readonly naive: SplitPolicy;
      readonly honest: SplitPolicy | null;
      readonly without?: readonly string[];
      readonly instead?: readonly string[];
    }
  /** The claimed side is trained on half of the rows of each fold. */
  | { readonly change: "half" }
  /** The same predictions, judged by `claimed` against `honest`. */
  | { readonly change: "metric"; readonly claimed: string; readonly honest: string }
  /** The same predictions, judged on all rows against all but these rows of the sample. */
  | { readonly change: "judged-rows"; readonly without: readonly number[]; readonly flatters?: boolean }
  /** The same predictions: the share decided right on rows of all other classes against rows of these (indices). */
  | { readonly change: "classes"; readonly classes: readonly number[] }
  /** On the claimed side this share of the judged rows that have a value in the column is answered by a model without it. */
  | { readonly change: "cells"; readonly column: string; readonly share: number }
  /** A linear model of these number columns on both sides: the quick trees do not care about what damages it. Told only where harm is measured. */
  | {
      readonly change: "linear";
      readonly features: readonly string[];
      /** Of the training rows of each fold; absent = all. */
      readonly trainShare?: number;
      readonly claimed: LinearSide;
      readonly honest: LinearSide;
      readonly flatters: boolean;
      /** "claimed side against honest side", in words. */
      readonly compares: string;
    };

/** What one of two linear models is given. */
export interface LinearSide {
  readonly without?: readonly string[];
  readonly steps?: readonly RecipeStep[];
  /** The columns in units of their standard deviation; absent = yes. */
  readonly scaled?: boolean;
  /** The logarithm of the target is learned; absent = no. */
  readonly logTarget?: boolean;
}

/** The trap makes the score better than it is. */
export function isFlattering(counterfactual: Counterfactual | null): boolean {
  switch (counterfactual?.change) {
    case "steps":
    case "undo":
    case "linear":
      return counterfactual.flatters;
    case "split":
    case "metric":
    case "classes":
      return true;
    case "judged-rows":
      return counterfactual.flatters === true;
    default:
      return false;
  }
}

/** What became of the fix; docs/journey.md names them, and what a reader may do with one that it does not know. */
export const FINDING_STATES = ["mended", "kept", "open"] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/**
 * acts: the evidence is strong enough to take the trap as real, and the audit does what it can without a person. asks: it is not, so nothing is done until
 * somebody has answered, however probable the trap is.
 */
export const FINDING_STANCES = ["acts", "asks"] as const;
export type FindingStance = (typeof FINDING_STANCES)[number];

/** How sure a finding is. What the audit does about it goes by the stance, never by the probability. */
export interface Sureness {
  /** Probability that it is real, 0..1: of findings at 0.8, about 80 % are. 1 or 0 only by an answer. */
  readonly confidence: number;
  /** How strong the evidence is by the check's own rule, 0..1. */
  readonly strength: number;
  readonly stance: FindingStance;
}

export interface Finding
  extends Omit<
      Suspicion,
      | "besideScore"
      | "confidence"
      | "counterfactual"
      | "choices"
      | "held"
      | "ifConfirmed"
      | "ifRejected"
      | "unmeasured"
      | "untilMeasured"
      | "whyUnlessFlatters"
    >,
    Sureness {
  /** `trap:column,column`, the same on every run on this data. An answer to the question goes by it. */
  readonly id: string;
  /** null without a question. */
  readonly choices: Choices | null;
  readonly harm: Harm | null;
  /** Why there is no harm, a plain sentence; null when there is one. */
  readonly unmeasured: string | null;
  /**
   * mended: applied in this run (in the recipe or the split). kept: its own experiment does not support the fix, so the data stays as it is. open: not
   * mended for another reason; a blocker left open stops the release.
   */
  readonly state: FindingState;
  /** Answer to the question, when given. */
  readonly answer: string | null;
  /** In a file: options of a command that take back what was mended ("--undo ID" of `prepare`, "--split", "--metric"); null = nothing to take back. */
  readonly undo?: string | null;
}

/** The number rises when a reader of a released version would misread a file; fields and words that it may pass over are added without (decision 0020). */
export const FINDINGS_SCHEMA = "oldhand/findings/1";

export interface FindingsFile {
  readonly schema: typeof FINDINGS_SCHEMA;
  readonly dataset: {
    readonly rows: number;
    readonly columns: number;
    readonly version: string;
    readonly roles: Json;
    readonly task: Json;
    readonly metric: string;
    readonly split: {
      readonly policy: string;
      readonly by: Json;
      readonly why: string;
      readonly gap: SplitGap | null /** What was declared and is not judged by, a sentence. */;
      readonly passedOver: string | null;
    };
  };
  readonly findings: readonly Finding[];
  /** Checks that broke down or had no time: whether their trap is in the data is not known. */
  readonly unchecked: readonly Unchecked[];
  /** Checks that look at what models answer, where no experiments were asked for; absent = all were made. */
  readonly notMade?: readonly TrapId[];
  /** How much of a trap a check would have found, measured by planting it. */
  readonly reach?: readonly Reach[];
  /** What nobody has said to be known beforehand, and tells most. */
  readonly leansOn?: readonly LeansOn[];
}

/** A column that tells much of the target alone, and of which neither a finding nor an answer says when it is written. */
export interface LeansOn {
  readonly column: string;
  /** Share of pairs of rows that it puts in the right order, out of fold; for two classes the AUC. 0.5 to 1. */
  readonly score: number;
}

/** For the terminal and the report; null without such columns. */
export function leansOnSentence({ leansOn }: Pick<FindingsFile, "leansOn">): string | null {
  const [first] = leansOn ?? [];
  if (leansOn === undefined || first === undefined) return null;
  const named = leansOn.map(
    ({ column, score }, place) => `\`${column}\` (${score.toFixed(3)}${place === 0 ? " of the pairs of rows in order" : ""})`,
  );
  const each = leansOn.length === 1 ? "it" : "each";
  return `What tells most alone: ${named.join(", ")}. Is ${each} known when a prediction is made? One that is not: answer "after" for it (--known-at).`;
}

/** Why a finding has no harm that was to be measured. */
export const BUDGET_ENDED = "The budget ended before this was measured.";

/** The same where none was to be measured: `--budget 0s`. */
export const NO_EXPERIMENTS = "Not measured: --budget 0s asks for no experiments.";

/** Why a check did not finish. */
export const NO_TIME = "the budget ended first";

/** More time would have told more. */
export function isCutShort({ findings, unchecked }: Pick<FindingsFile, "findings" | "unchecked">): boolean {
  return unchecked.some(({ why }) => why === NO_TIME) || findings.some(({ unmeasured }) => unmeasured === BUDGET_ENDED);
}

/** What a check finds of its trap when the trap is planted in this data. */
export interface Reach {
  readonly trap: TrapId;
  /** What was planted, in words that follow a share: "labels changed at random". */
  readonly planted: string;
  /** Share of the rows it was planted in. */
  readonly rate: number;
  /** Mean share of the planted rows that was found. A draw finds nothing or many, so no interval is given. */
  readonly found: number;
  /** Mean share of the planted rows among as many rows that contradict the model most. */
  readonly ranked: number;
  readonly draws: number;
  /** Draws in which nothing was found. */
  readonly silent: number;
  /** Ids of the experiments whose out-of-fold answers were used. */
  readonly experiments: readonly string[];
}

/** How little or how much the silence of the check means, for the terminal and the report. */
export function reachSentence({ trap, planted, rate, found, ranked, draws, silent }: Reach): string {
  const told = (share: number) => (share > 0 && share < 0.01 ? "under 1 %" : percentBy((value) => String(Math.round(value)), share));
  const often =
    silent === draws
      ? "It found none of them"
      : `It found some in ${draws - silent} of these trials, at best ${told(found)} of them on average`;
  const tens = Math.round(10 * ranked) * 10;
  return `What the check for ${trap} can see here was tried ${draws} times, with ${told(rate)} of the ${planted}. ${often}. Whoever reads as many rows, those that contradict the model most first, would see about ${tens} % at best. Real errors may be harder to see than random ones.`;
}

/** Said by the verdict, the terminal and the report: one sentence for all checks with the same reason. */
export function uncheckedSentences(unchecked: readonly Unchecked[]): string[] {
  return [...new Set(unchecked.map(({ why }) => why))].map((why) => {
    const same = unchecked.filter((one) => one.why === why);
    const it = same.length === 1 ? "it" : "them";
    return `${capital(uncheckedNames(same))} did not finish, so whether this data has ${it} is not known: ${why}`;
  });
}

/** What was left out by request is told, and is no answer that is lacking. null without any. */
export function notMadeSentence({ notMade = [] }: Pick<FindingsFile, "notMade">): string | null {
  if (notMade.length === 0) return null;
  return `Not made: ${checksFor(notMade)}. It takes experiments, of which --budget 0s asks for none.`;
}

/** "the checks for target-leak, order-leak and constant"; of many the first ones. */
export function uncheckedNames(unchecked: readonly Unchecked[]): string {
  return checksFor(unchecked.map(({ trap }) => trap));
}

function checksFor(traps: readonly TrapId[]): string {
  if (traps.length === 1) return `the check for ${traps[0]}`;
  if (traps.length > MOST_NAMED) return `${traps.length} checks (for ${traps.slice(0, MOST_NAMED).join(", ")} and others)`;
  return `the checks for ${traps.slice(0, -1).join(", ")} and ${traps.at(-1)}`;
}

const MOST_NAMED = 6;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export interface Unchecked {
  readonly trap: TrapId;
  /** What it broke down with, or that it had no time. */
  readonly why: string;
}

/** What a random split would have claimed against the proposed one. */
export interface SplitGap {
  readonly metric: string;
  readonly random: Estimate;
  readonly proposed: Estimate;
}

/**
 * The key under which the answer to a finding's question stands: its only column where the question is when its value is written, else its id. The name of a
 * column has one meaning: whether it is filled in is another question, and goes by its id.
 */
export function answerKey(finding: Pick<Finding, "id" | "trap" | "columns" | "choices">): string {
  const [column] = finding.columns;
  return asksOfValues(finding) && finding.columns.length === 1 && column !== undefined ? column : finding.id;
}

/** One question about when the values of several columns are written: each of them may be answered by its own name. */
export function asksOfEach(finding: Pick<Finding, "trap" | "columns" | "choices">): boolean {
  return asksOfValues(finding) && finding.columns.length > 1;
}

function asksOfValues({ trap, choices }: Pick<Finding, "trap" | "choices">): boolean {
  return choices?.includes("after") === true && trap !== "missingness-leak";
}
