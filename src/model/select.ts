import type { Comparison } from "../core/comparison.ts";
import { bestOf, type Evidence, type Measured } from "./evidence.ts";

/** A judged candidate as the rule sees it. Its place in the list is its place in the evidence. */
export interface Contender {
  readonly name: string;
  readonly complexity: number;
  readonly isBaseline: boolean;
}

export interface Selection {
  /** Places in the evidence; -1 when there is none. */
  readonly chosen: number;
  readonly best: number;
  readonly bestBaseline: number;
  readonly verdict: Comparison["verdict"];
  /** Least gain that counts. */
  readonly worthwhile: number;
  /** The difference that keeps it undecided: of all that may still gain what counts, the one with the most possible. */
  readonly open: OpenGain | null;
  /** The one test that decides whether a model is worth having: a blind choice among all models against the best baseline. */
  readonly worth: Measured | null;
  /** Models that the choice was made from. */
  readonly tried: number;
}

export interface OpenGain {
  readonly candidate: number;
  readonly against: number;
  readonly gain: Measured;
  /** The blind choice against the same baseline: what is claimed must be shown by it too. */
  readonly blind: Measured | null;
}

/** Chance of claiming that a model is worth having when none is. */
const ALPHA = 0.05;

/**
 * Worth first, by one test: what the model with the surest gain over the best baseline gains, chosen blindly. Then simplicity: of the models that beat the best baseline, the simplest that is at most one
 * standard error of the paired difference behind the best wins.
 *
 * That something beats the constant is one test too: a blind choice among all others, the rule included. That the rule does is claimed only when both
 * this test and its own reject (a closed test of the two, Marcus, Peritz and Gabriel 1976), so the chance of a false claim stays that of one test.
 *
 * Without a model three answers are told apart by what the intervals leave possible (equivalence by intersection of tests: every single one must exclude
 * the gain that counts, so many candidates need no correction). `simple-rule`: no model can gain what counts over the best baseline, and something is
 * better than the constant; what the intervals were taken against is chosen. `cannot-learn`: nothing can gain what counts over the constant, which is
 * chosen. Else `undecided`: the rule is chosen only if it is itself shown to be better than the constant, not because a model is.
 * Beside a perfect baseline nothing is left to gain, if it is shown to be better than the constant at all.
 * Without a judged baseline nothing is known of what any model gains: nothing is chosen.
 * worthwhile: least gain that counts, given the score of the best baseline; 0 when nothing is left to gain.
 */
export function select(
  evidence: Evidence,
  contenders: readonly Contender[],
  better: "higher" | "lower",
  worthwhile: (simpleScore: number) => number,
): Selection {
  const places = contenders.map((_, place) => place);
  const baselines = places.filter((place) => contenders[place]?.isBaseline === true);
  const models = modelsOf(contenders);
  const bestBaseline = bestOf(evidence, baselines, better);
  const blindly = (among: readonly number[], against: number) =>
    among.length === 0 || against < 0 ? null : evidence.chosenBlindly((seen) => surest(seen, among, against), among, against);
  const worth = blindly(models, bestBaseline);
  const margin = worthwhile(bestBaseline < 0 ? Number.NaN : evidence.score(bestBaseline).value);
  const known = { best: bestOf(evidence, places, better), bestBaseline, worth, tried: models.length, worthwhile: margin, open: null };
  if (bestBaseline < 0) return { ...known, chosen: -1, verdict: "undecided" };
  const openModel = margin === 0 ? null : mostPossible(evidence, models, bestBaseline, margin, worth);
  const isShown = isGain(worth) && models.some((place) => isGain(evidence.difference(place, bestBaseline)));
  if (isShown && openModel !== null) return { ...known, chosen: pickModel(evidence, contenders, bestBaseline, better), verdict: "model" };
  const [constant] = [...baselines].sort((a, b) => complexityOf(contenders, a) - complexityOf(contenders, b));
  if (constant === undefined) return { ...known, chosen: -1, verdict: "undecided" };
  const all = places.filter((place) => place !== constant);
  const overConstant = blindly(all, constant);
  const isLearnable = isGain(overConstant);
  const rule = baselines.find((place) => place !== constant);
  const isRuleBetter = isLearnable && rule !== undefined && isGain(evidence.difference(rule, constant));
  if (isLearnable && openModel === null) return { ...known, chosen: bestBaseline, verdict: "simple-rule" };
  const openAtAll = margin === 0 && bestBaseline === constant ? null : mostPossible(evidence, all, constant, margin, overConstant);
  if (openAtAll === null) return { ...known, chosen: constant, verdict: "cannot-learn" };
  return { ...known, chosen: isRuleBetter ? rule : constant, verdict: "undecided", open: openModel ?? openAtAll };
}

/** Of the candidates whose interval of the gain reaches what counts, the one that reaches farthest. An unknown spread reaches everything. */
function mostPossible(
  evidence: Evidence,
  among: readonly number[],
  against: number,
  margin: number,
  blind: Measured | null,
): OpenGain | null {
  let most: OpenGain | null = null;
  for (const candidate of among) {
    const gain = evidence.difference(candidate, against);
    if (gain.high < margin) continue;
    if (most === null || gain.high > most.gain.high) most = { candidate, against, gain, blind };
  }
  return most;
}

/** The simplest model that is near the best, of those that beat the baseline; of all when none does. */
export function pickModel(evidence: Evidence, contenders: readonly Contender[], bestBaseline: number, better: "higher" | "lower"): number {
  const models = modelsOf(contenders);
  const worthy = models.filter((place) => bestBaseline >= 0 && isGain(evidence.difference(place, bestBaseline)));
  return simplest(evidence, contenders, models, worthy.length > 0 ? worthy : models, better);
}

/** The model with the largest gain less one standard error: a large mean that rests on a few folds does not count. */
function surest(evidence: Evidence, models: readonly number[], against: number): number {
  const sureGain = (place: number) => {
    const { value, se } = evidence.difference(place, against);
    return value - (Number.isNaN(se) ? 0 : se);
  };
  return models.reduce((best, one) => (sureGain(one) > sureGain(best) ? one : best), models[0] ?? -1);
}

export function modelsOf(contenders: readonly Contender[]): number[] {
  return contenders.flatMap(({ isBaseline }, place) => (isBaseline ? [] : [place]));
}

export function isGain(measured: Measured | null): boolean {
  return measured !== null && measured.p < ALPHA && measured.value > 0;
}

/**
 * The simplest of `among` that is at most one standard error of the paired difference behind the best of `all` (1-SE rule: Breiman et al. 1984, on
 * paired differences). Of equally simple ones the better. When none of `among` is that near, the best of them. A mean that is below that of a model which is
 * not near enough counts as not near either, however much its difference spreads: else the noisier of two models would win over the better.
 */
function simplest(
  evidence: Evidence,
  contenders: readonly Contender[],
  all: readonly number[],
  among: readonly number[],
  better: "higher" | "lower",
): number {
  const best = bestOf(evidence, all, better);
  const sign = better === "higher" ? 1 : -1;
  const scoreOf = (place: number) => sign * evidence.score(place).value;
  const isNear = (place: number) => place === best || isWithinOneSe(evidence, place, best);
  const behind = Math.max(...all.filter((place) => !isNear(place)).map(scoreOf));
  const near = among.filter((place) => place === best || (isNear(place) && !(scoreOf(place) <= behind)));
  if (near.length === 0) return bestOf(evidence, among, better);
  const least = Math.min(...near.map((place) => complexityOf(contenders, place)));
  return bestOf(
    evidence,
    near.filter((place) => complexityOf(contenders, place) === least),
    better,
  );
}

export function isWithinOneSe(evidence: Evidence, place: number, best: number): boolean {
  const { value, se } = evidence.difference(best, place);
  return value <= (Number.isNaN(se) ? 0 : se);
}

function complexityOf(contenders: readonly Contender[], place: number): number {
  return contenders[place]?.complexity ?? 0;
}
