import type { Outcome } from "../core/experiment.ts";
import type { Harm, Suspicion } from "../core/finding.ts";
import { BudgetEnded, compareOutcomes, estimateOf, type Ground, groundOf, type Lab, type OutcomeDifference } from "../lab/index.ts";
import { metricNamed } from "../metrics/index.ts";
import { falseCoverageLevel, falseDiscoveryQ } from "../stats/index.ts";
import type { Check } from "./check.ts";
import { droppedBy, type ExperimentFor, type HonestGround, isLikelyLeak, REFERENCE, withoutSteps, withSteps } from "./ground.ts";

/** Expected share of false calls among harms that are called real; intervals cover at 1 - this. */
export const FALSE_CALLS = 0.05;

export interface PricingOptions {
  readonly lab: Lab;
  readonly experimentFor: ExperimentFor;
  readonly signal: AbortSignal | null;
  /** Pricing stops when less than this is left of the budget. */
  readonly reserveMs: number;
  readonly mostPriced: number;
  /** Where traps of a given split are priced: on its test rows. */
  readonly test?: { readonly ground: HonestGround; readonly experimentFor: ExperimentFor };
  readonly onPriced: (done: number, planned: number, what: string) => void;
}

interface Pair {
  readonly place: number;
  readonly claimed: Outcome;
  readonly honest: Outcome;
}

export interface Prices {
  /** Aligned with the suspicions; null when not priced. */
  readonly harms: readonly (Harm | null)[];
  /** True when the budget ended before all were priced. */
  readonly ended: boolean;
  /** What could not be run, each a plain sentence. */
  readonly notes: readonly string[];
}

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
  const sidesFor = (suspicion: Priced): Sides | null => {
    const own = suspicion.subject === "given-split" ? (options.test?.ground ?? ground) : ground;
    return sidesOf(suspicion, own, withoutLeaksOfOthers(suspicion, leaks, own, allFeatures));
  };
  const planned = suspicions.flatMap((suspicion, place) => (sidesFor(suspicion) === null ? [] : [place])).slice(0, options.mostPriced);
  const pairs: Pair[] = [];
  const notes: string[] = [];
  let ended = false;
  if (planned.length > 0) options.onPriced(0, planned.length, "");
  for (const place of planned) {
    options.signal?.throwIfAborted();
    const suspicion = suspicions[place];
    const sides = suspicion === undefined ? null : sidesFor(suspicion);
    if (suspicion === undefined || sides === null) continue;
    if (options.lab.left() <= options.reserveMs) {
      ended = true;
      break;
    }
    try {
      const experimentFor =
        suspicion.subject === "given-split" ? (options.test?.experimentFor ?? options.experimentFor) : options.experimentFor;
      const honest = await run(sides.honest, { lab: options.lab, experimentFor });
      pairs.push({ place, honest, claimed: await run(sides.claimed, { lab: options.lab, experimentFor }) });
    } catch (error) {
      if (error instanceof BudgetEnded) {
        ended = true;
        break;
      }
      if (isAbort(error)) throw error;
      notes.push(`The harm of ${suspicion.trap} (${suspicion.columns.join(", ")}) could not be measured: ${firstLine(error)}`);
    }
    options.onPriced(pairs.length, planned.length, suspicion.trap);
  }
  const found = harmsOf(pairs, options);
  return { harms: suspicions.map((_, place) => found.get(place) ?? null), ended, notes };
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
  const leaked = new Set(leaks.flatMap(({ fix }) => (fix.action === "steps" ? [...droppedBy(fix.steps)] : [])));
  return allFeatures.filter((name) => ground.features.includes(name) || !leaked.has(name));
}

interface Sides {
  readonly claimed: HonestGround;
  readonly honest: HonestGround;
}

function sidesOf(suspicion: Suspicion, ground: HonestGround, allFeatures: readonly string[]): Sides | null {
  const { counterfactual } = suspicion;
  if (counterfactual === null) return null;
  if (counterfactual.change === "split")
    return { claimed: { ...ground, split: counterfactual.naive }, honest: { ...ground, split: counterfactual.honest } };
  const honest = withSteps(ground, counterfactual.steps);
  const claimed = withoutSteps(honest, counterfactual.steps, allFeatures);
  return honest.features.length === 0 || claimed.features.length === 0 ? null : { claimed, honest };
}

function run(ground: HonestGround, { lab, experimentFor }: Pick<PricingOptions, "lab" | "experimentFor">): Promise<Outcome> {
  return lab.run(experimentFor({ ...ground, estimator: REFERENCE }));
}

/** The outcome of the ground itself. */
export const runGround = run;

/** What the judged rows are compared with, for policies whose spread comes from rows. */
export function truthFor(lab: Lab, { experiment }: Outcome): Ground {
  return groundOf(lab.frame(experiment.dataset), experiment);
}

function harmsOf(pairs: readonly Pair[], { lab }: Pick<PricingOptions, "lab">): ReadonlyMap<number, Harm> {
  const compare = ({ claimed, honest }: Pair, level: number): OutcomeDifference =>
    compareOutcomes(claimed, honest, metricOf(honest), level, truthFor(lab, honest));
  const first = pairs.map((pair) => compare(pair, 1 - FALSE_CALLS));
  const q = falseDiscoveryQ(first.map(({ p, difference }) => (Number.isFinite(difference.value) ? p : Number.NaN)));
  const tested = q.filter((value) => !Number.isNaN(value)).length;
  const level = falseCoverageLevel(q.filter((value) => value <= FALSE_CALLS).length, tested, FALSE_CALLS);
  const harms = new Map<number, Harm>();
  pairs.forEach((pair, i) => {
    const own = q[i] ?? Number.NaN;
    if (Number.isNaN(own)) return;
    const { difference, p } = own <= FALSE_CALLS ? compare(pair, level) : (first[i] ?? compare(pair, level));
    harms.set(pair.place, harmOf(pair, difference, p, own, lab));
  });
  return harms;
}

function harmOf(pair: Pair, difference: OutcomeDifference["difference"], p: number, q: number, lab: Lab): Harm {
  const metric = metricOf(pair.honest);
  const honest = estimateOf(pair.honest, metric, 1 - FALSE_CALLS, truthFor(lab, pair.honest));
  const claimed = estimateOf(pair.claimed, metric, 1 - FALSE_CALLS, truthFor(lab, pair.claimed));
  return {
    metric,
    claimed: claimed.value,
    honest: honest.value,
    honestLow: honest.low,
    honestHigh: honest.high,
    delta: difference.value,
    low: difference.low,
    high: difference.high,
    level: difference.level,
    method: difference.method,
    p,
    q,
    experiments: [pair.claimed.id, pair.honest.id],
  };
}

export function metricOf({ experiment }: Outcome): string {
  return experiment.metrics[0] ?? "";
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
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
