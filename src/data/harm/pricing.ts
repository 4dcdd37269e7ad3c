import { OldhandError } from "../../core/error.ts";
import type { Estimate } from "../../core/estimate.ts";
import type { Outcome } from "../../core/experiment.ts";
import { BUDGET_ENDED, type Counterfactual, type Harm, isFlattering, NO_EXPERIMENTS, type Suspicion } from "../../core/finding.ts";
import { outputsOf } from "../../core/task.ts";
import { float64Where } from "../../core/typed-from.ts";
import { BudgetEnded, type Lab, retrainingNoise, trainingsForNoise } from "../../lab/index.ts";
import { largestWorthwhile, metricNamed } from "../../metrics/index.ts";
import { falseCoverageLevel, falseDiscoveryQ, type Noise } from "../../stats/index.ts";
import type { Check } from "../check.ts";
import { droppedBy, type ExperimentFor, type HonestGround, isLikelyLeak, REFERENCE } from "./ground.ts";
import { type Measured, measure, metricOf, type Sides } from "./measures.ts";
import { type Refusal, type Side, type Trial, trialOf } from "./trials.ts";

/** Expected share of false calls among harms that are called real; intervals cover at 1 - this. */
const FALSE_CALLS = 0.05;

/** A ground and what makes its experiments. */
interface JudgingPlace {
  readonly ground: HonestGround;
  readonly experimentFor: ExperimentFor;
}

export interface PricingOptions {
  readonly lab: Lab;
  readonly experimentFor: ExperimentFor;
  readonly signal: AbortSignal | null;
  /** Pricing stops when less than this is left of the budget. */
  readonly reserveMs: number;
  readonly mostPriced: number;
  /** The budget is 0: none are asked for. */
  readonly noExperiments?: boolean;
  /** Where traps of a given split are priced: on its test rows. */
  readonly test?: JudgingPlace;
  /** p of comparisons made elsewhere that are told beside these: q and intervals take them into account. */
  readonly beside?: readonly number[];
  readonly onPriced: (done: number, planned: number, what: string) => void;
}

interface Pair extends Omit<Sides, "noise"> {
  readonly place: number;
  readonly compares: string;
}

export interface Prices {
  /** Aligned with the suspicions: what each costs, or why that was not measured. */
  readonly harms: readonly Price[];
  /** Of those, by their places: with the trap and without it the score is the same, whatever chance does, of a model that has learned something. */
  readonly idle: ReadonlySet<number>;
  /** True when the budget ended before all were priced. */
  readonly ended: boolean;
  /** What could not be run, each a plain sentence. */
  readonly notes: readonly string[];
}

/** untried: it could have been measured, but for the budget or the number of prices. */
export type Price =
  | { readonly harm: Harm; readonly unmeasured: null }
  | { readonly harm: null; readonly unmeasured: string; readonly untried?: true };

/**
 * What each trap costs, by experiments: the score with the trap in place against the honest ground with it mended. The order of suspicions is
 * the order in which they are priced. q values and intervals take the number of priced traps into account (Benjamini-Hochberg; false coverage
 * rate of Benjamini and Yekutieli for those that are called real).
 */
export async function priceHarms(
  suspicions: readonly Priced[],
  ground: HonestGround,
  allFeatures: readonly string[],
  options: PricingOptions,
): Promise<Prices> {
  const leaks = suspicions.filter(isLikelyLeak);
  const usual = { ground, experimentFor: options.experimentFor };
  const places = suspicions.map(({ subject }) => (subject === "given-split" ? (options.test ?? usual) : usual));
  const trials = suspicions.map((suspicion, i) => {
    const own = places[i]?.ground ?? ground;
    return trialOf(suspicion, own, withoutLeaksOfOthers(suspicion, leaks, own, allFeatures));
  });
  const isTrained = (place: JudgingPlace) =>
    trials.some((trial, i) => places[i] === place && !("unmeasured" in trial) && TRAINED.has(trial.counterfactual.change));
  const noises = await noisesOf([...new Set(places)].filter(isTrained), options);
  const { pairs, refusals, untried, notes, ended } = await runTrials(suspicions, trials, noises === "ended", options);
  const noiseAt = (place: JudgingPlace | undefined) => (noises === "ended" || place === undefined ? null : (noises.get(place) ?? null));
  const found = harmsOf(
    pairs.map((pair) => ({ ...pair, noise: noiseAt(places[pair.place]) })),
    options,
  );
  const harms = suspicions.map((suspicion, place): Price => {
    const harm = found.get(place);
    if (harm === undefined) {
      const unmeasured = refusals.get(place) ?? UNDEFINED;
      return untried.has(place) ? { harm: null, unmeasured, untried: true } : { harm: null, unmeasured };
    }
    const bothWithout = leftOutByOthers(suspicion, leaks, ground);
    return { harm: bothWithout.length === 0 ? harm : { ...harm, bothWithout }, unmeasured: null };
  });
  const idle = new Set(pairs.flatMap(({ place, honest }) => (isIdle(found.get(place), honest) ? [place] : [])));
  return { harms, idle, ended, notes };
}

/**
 * An interval of no width at 0 decides, where there was room for a difference: the score can still be better, and the model does not answer all rows of a fold
 * alike, as one does that had too few rows to use any column.
 */
function isIdle(harm: Harm | undefined, honest: Outcome): boolean {
  if (harm === undefined || harm.delta !== 0 || harm.low !== 0 || harm.high !== 0) return false;
  return harm.honest !== metricNamed(harm.metric).best && hasLearned(honest);
}

/** More different answers in one repeat than the folds would give with one for all their rows. */
function hasLearned({ outOfFold, folds, experiment }: Outcome): boolean {
  const { outputs, repeats } = outOfFold;
  const once = outputs.subarray(0, outputs.length / repeats);
  return new Set(once).size > (folds.length / repeats) * outputsOf(experiment.task);
}

const SAME = "Both sides are one experiment: what this mends is out of the table already, by what was mended before it.";
const UNDEFINED = "The score is not defined on any fold, with the trap or without it: there is nothing to compare.";

interface Run {
  readonly pairs: readonly Pair[];
  /** Why a suspicion has no pair, by its place. */
  readonly refusals: ReadonlyMap<number, string>;
  /** Of those, the ones that the budget or the number of prices did not reach. */
  readonly untried: ReadonlySet<number>;
  readonly notes: readonly string[];
  readonly ended: boolean;
}

async function runTrials(
  suspicions: readonly Priced[],
  trials: readonly (Trial | Refusal)[],
  isLate: boolean,
  options: PricingOptions,
): Promise<Run> {
  const pairs: Pair[] = [];
  const notes: string[] = [];
  const refusals = new Map<number, string>();
  const possible = trials.flatMap((trial, place) => ("unmeasured" in trial ? [] : [place]));
  trials.forEach((trial, place) => {
    if ("unmeasured" in trial) refusals.set(place, trial.unmeasured);
  });
  const planned = possible.slice(0, options.mostPriced);
  const untried = new Set(possible.slice(options.mostPriced));
  for (const place of untried)
    refusals.set(place, `Only the first ${options.mostPriced} suspicions are measured, the severe and sure ones first.`);
  let ended = isLate;
  if (planned.length > 0) options.onPriced(0, planned.length, "");
  for (const place of planned) {
    options.signal?.throwIfAborted();
    const [suspicion, trial] = [suspicions[place], trials[place]];
    if (suspicion === undefined || trial === undefined || "unmeasured" in trial) continue;
    ended ||= options.lab.left() <= options.reserveMs;
    const pair = ended ? "ended" : await runTrial(suspicion, trial, options);
    if (pair === "ended") {
      ended = true;
      refusals.set(place, options.noExperiments ? NO_EXPERIMENTS : BUDGET_ENDED);
      untried.add(place);
      continue;
    }
    if ("unmeasured" in pair) {
      refusals.set(place, pair.unmeasured);
      if (pair.unmeasured !== SAME)
        notes.push(`The harm of ${suspicion.trap} (${suspicion.columns.join(", ")}) could not be measured: ${pair.unmeasured}`);
    } else pairs.push({ ...pair, place });
    options.onPriced(pairs.length, planned.length, suspicion.trap);
  }
  return { pairs, refusals, untried, notes, ended };
}

async function runTrial(
  suspicion: Priced,
  { honest: side, claimed, counterfactual, compares }: Trial,
  { lab, experimentFor: usual, test }: PricingOptions,
): Promise<Omit<Pair, "place"> | Refusal | "ended"> {
  const experimentFor = suspicion.subject === "given-split" ? (test?.experimentFor ?? usual) : usual;
  try {
    const honest = await run(side, { lab, experimentFor });
    const naive = await run(claimed, { lab, experimentFor });
    if (counterfactual.change === "steps" && honest.id === naive.id) return { unmeasured: SAME };
    return { honest, claimed: naive, counterfactual, compares };
  } catch (error) {
    if (error instanceof BudgetEnded) return "ended";
    if (isAbort(error)) throw error;
    return { unmeasured: firstLine(error) };
  }
}

type Priced = Suspicion & { readonly subject?: Check["subject"] };

/**
 * Columns that the claimed side of a trap may hold: all, but for those that another leak keeps out of the ground. What such a column does to the score
 * is the harm of that leak, and of no repair that happens to name it.
 */
function withoutLeaksOfOthers(
  suspicion: Suspicion,
  leaks: readonly Suspicion[],
  ground: HonestGround,
  allFeatures: readonly string[],
): readonly string[] {
  if (leaks.includes(suspicion)) return allFeatures;
  const leaked = new Set(leaks.flatMap(dropsOf));
  return allFeatures.filter((name) => ground.features.includes(name) || !leaked.has(name));
}

/** What other leaks keep out on both sides of a leak: its scores are of the rest of the columns. */
function leftOutByOthers(suspicion: Suspicion, leaks: readonly Suspicion[], { features }: HonestGround): readonly string[] {
  if (!isFlattering(suspicion.counterfactual)) return [];
  const own = dropsOf(suspicion);
  return [...new Set(leaks.flatMap(dropsOf))].filter((name) => !own.includes(name) && !features.includes(name)).sort();
}

function dropsOf({ fix }: Suspicion): readonly string[] {
  return fix.action === "steps" ? [...droppedBy(fix.steps)] : [];
}

function run(ground: Side, { lab, experimentFor }: Pick<PricingOptions, "lab" | "experimentFor">): Promise<Outcome> {
  return lab.run(experimentFor({ ...ground, estimator: ground.estimator ?? REFERENCE }));
}

/** The outcome of the ground itself. */
export const runGround = run;

/** Changes for which a model is trained on the same folds again. */
const TRAINED: ReadonlySet<Counterfactual["change"]> = new Set(["steps", "undo", "half"]);

/** A share of the training rows whose absence nobody would call a harm. */
const NEARLY_NONE = 0.01;

/** Noise of training anew on each ground that trained models are compared on. */
async function noisesOf(
  grounds: readonly JudgingPlace[],
  options: PricingOptions,
): Promise<ReadonlyMap<JudgingPlace, Noise | null> | "ended"> {
  const noises = new Map<JudgingPlace, Noise | null>();
  for (const place of grounds) {
    if (options.lab.left() <= options.reserveMs) return "ended";
    try {
      noises.set(place, await noiseOf(place, options.lab));
    } catch (error) {
      if (error instanceof BudgetEnded) return "ended";
      if (isAbort(error)) throw error;
      // What cannot be trained has no noise; each trial on that ground fails by itself and says why.
      noises.set(place, null);
    }
  }
  return noises;
}

/**
 * Where the spread comes from the judged rows, it says nothing of how a model turns out when it is trained on slightly other rows, as every mended
 * trap makes it be. So the ground is run again without a hundredth of each fold's training rows, and two, and so on; each time without one row more at least, or two
 * trainings would be one. null where folds show it themselves.
 */
async function noiseOf({ ground, experimentFor }: JudgingPlace, lab: Lab): Promise<Noise | null> {
  const anew = trainingsForNoise(ground.split);
  if (anew === 0) return null;
  const whole = await run(ground, { lab, experimentFor });
  const outcomes = [whole];
  const step = Math.max(NEARLY_NONE, 1 / Math.min(...whole.folds.map(({ trainRows }) => trainRows)));
  for (let left = 1; left <= anew; left++)
    outcomes.push(await run({ ...ground, trainShare: Math.max(0, 1 - left * step) }, { lab, experimentFor }));
  return retrainingNoise(outcomes, metricOf(whole));
}

function harmsOf(
  pairs: readonly (Pair & Pick<Sides, "noise">)[],
  { lab, beside = [] }: Pick<PricingOptions, "lab" | "beside">,
): ReadonlyMap<number, Harm> {
  const at = (pair: Pair & Pick<Sides, "noise">, level: number) => measure(pair, lab, level, 1 - FALSE_CALLS);
  const first = pairs.map((pair) => at(pair, 1 - FALSE_CALLS));
  const own = first.map(({ p, difference }) => (Number.isFinite(difference.value) ? p : Number.NaN));
  const q = falseDiscoveryQ([...own, ...beside]);
  const tested = float64Where(q, (value) => !Number.isNaN(value)).length;
  const level = falseCoverageLevel(float64Where(q, (value) => value <= FALSE_CALLS).length, tested, FALSE_CALLS);
  const harms = new Map<number, Harm>();
  pairs.forEach((pair, i) => {
    const share = q[i] ?? Number.NaN;
    if (Number.isNaN(share)) return;
    const measured = share <= FALSE_CALLS ? at(pair, level) : (first[i] ?? at(pair, level));
    harms.set(pair.place, harmOf(pair, measured, share));
  });
  return harms;
}

/** As far as the interval of a difference knows, there may be none, and there may be one that counts. */
function isUndecided(metric: string, honest: number, { low, high }: Pick<Estimate, "low" | "high">): boolean {
  if (low > 0 || high < 0) return false;
  return !(Math.max(-low, high) <= largestWorthwhile(metricNamed(metric), honest));
}

function harmOf({ compares, claimed: a, honest: b }: Pair, { metric, claimed, honest, difference, p }: Measured, q: number): Harm {
  return {
    metric,
    compares,
    claimed: claimed.value,
    claimedLow: claimed.low,
    claimedHigh: claimed.high,
    honest: honest.value,
    honestLow: honest.low,
    honestHigh: honest.high,
    delta: difference.value,
    low: difference.low,
    high: difference.high,
    ...(isUndecided(metric, honest.value, difference) ? { undecided: true } : {}),
    level: difference.level,
    method: difference.method,
    p,
    q,
    experiments: [a.id, b.id],
  };
}

/** How the trap bends the score, once chance is taken out: it flatters, it damages, or there is no difference. */
export function effectOf(harm: Harm): "flatters" | "damages" | "none" {
  const real = harm.q <= FALSE_CALLS && (harm.low > 0 || harm.high < 0);
  if (!real) return "none";
  return flatters(harm) ? "flatters" : "damages";
}

/** The score with the trap is the better one. */
export function flatters({ metric, delta }: Harm): boolean {
  return metricNamed(metric).better === "higher" ? delta < 0 : delta > 0;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

function firstLine(error: unknown): string {
  if (error instanceof OldhandError) return error.parts.what;
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
