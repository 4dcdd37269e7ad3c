import type { AuditContext } from "../check.ts";
import { associationsOf, zThreshold } from "./associations.ts";
import { coarserCopies } from "./coarser-copies.ts";
import { meaningIn } from "./named-after.ts";

/** Log odds of a share, with the ends held off infinity. */
export function logit(share: number): number {
  const held = Math.max(1e-4, Math.min(1 - 1e-4, share));
  return Math.log(held / (1 - held));
}

export function fromLogit(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** z that a feature must pass, rising with the number of features. */
export function featureThreshold(context: AuditContext): number {
  return zThreshold(context.roles.features.length);
}

/** Score from which one column is suspected, whatever its name. */
export const NEAR_PERFECT = 0.95;

/** Weight of a name from which a column is no witness of what honest columns tell. */
const NAMED_AFTER = 0.5;

/**
 * How far a feature stands out: log odds of its score over those of the best other feature that is no coarser copy of it. A value that knows the outcome tells
 * more than honest ones do; where honest columns tell much, several of them do. 0 when they are equal, positive when it is better.
 */
export function standsOut(context: AuditContext, name: string): number {
  const copies = coarserCopies(context, name);
  return aheadOf(
    context,
    name,
    ranking(context).filter(({ feature }) => !copies.includes(feature)),
  );
}

/**
 * The same over features that look honest only: not near perfect, not named as written afterwards, no copies of such. Leaks do not excuse each other. Of several classes
 * a value may know one alone: the class for which it stands out most counts where that is more, taken down by the logarithm of their number, as it is the best of so many.
 * @param told columns that their values speak against: no witnesses either.
 */
export function standsOutOfHonest(
  context: AuditContext,
  name: string,
  told: readonly string[] = [],
): { readonly dominance: number; readonly classIndex: number | null } {
  const honest = honestBeside(context, name).filter(({ feature }) => feature === name || !told.includes(feature));
  const overall = aheadOf(context, name, honest);
  const scores = associationsOf(context).get(name)?.classScores ?? new Map<number, number>();
  const bestOfOthers = (one: number) =>
    honest.reduce((best, { feature }) => {
      const score = feature === name ? Number.NaN : (associationsOf(context).get(feature)?.classScores.get(one) ?? Number.NaN);
      return score > best ? score : best;
    }, 0.5);
  let most: { dominance: number; classIndex: number | null } = { dominance: overall, classIndex: null };
  for (const [one, score] of scores) {
    if (score <= 0.5) continue;
    const dominance = logit(score) - logit(bestOfOthers(one)) - Math.log(scores.size);
    if (dominance > most.dominance) most = { dominance, classIndex: one };
  }
  return most;
}

/** A value that its name calls late is held against none that its own name may call so, nor against one of which being missing tells all. */
function honestBeside(context: AuditContext, name: string): readonly Ranked[] {
  const honest = honestRanking(context);
  if (meaningIn(context, name).after < NAMED_AFTER) return honest;
  return honest.filter(({ feature }) => feature === name || !mayBeLate(context, feature));
}

function mayBeLate(context: AuditContext, name: string): boolean {
  const { after, excusedBy } = meaningIn(context, name);
  return answerFor(context, name) !== "before" && ((after > 0 && excusedBy.length === 0) || tellsByGaps(context, name, TELLING_GAPS));
}

/** Whether a column tells what it tells by being missing, with a score of so much. */
export function tellsByGaps(context: AuditContext, name: string, least: number): boolean {
  const found = associationsOf(context).get(name);
  return found !== undefined && found.missingScore >= least && found.missingScore >= found.score - 0.02;
}

/** Score of being missing alone, from which it is a suspicion of its own. */
const TELLING_GAPS = 0.65;

/** Features by score, without suspects and their copies. */
export function honestRanking(context: AuditContext): readonly Ranked[] {
  return context.shared("honest-looking features", () => {
    const suspects = ranking(context).filter(({ feature, score }) => isSuspect(context, feature, score));
    const out = new Set(
      suspects.flatMap(({ feature }, place) => [feature, ...(place < MOST_COPIED ? coarserCopies(context, feature) : [])]),
    );
    return ranking(context).filter(({ feature }) => !out.has(feature));
  });
}

/** Suspects whose copies are looked for, the strongest first. */
const MOST_COPIED = 30;

function isSuspect(context: AuditContext, feature: string, score: number): boolean {
  return score >= NEAR_PERFECT || meaningIn(context, feature).after >= NAMED_AFTER || answerFor(context, feature) === "after";
}

export interface Ranked {
  readonly feature: string;
  readonly score: number;
}

function ranking(context: AuditContext): readonly Ranked[] {
  return context.shared("features by score", () =>
    context.roles.features.map((feature) => ({ feature, score: scoreOf(context, feature) })).sort((a, b) => b.score - a.score),
  );
}

function aheadOf(context: AuditContext, name: string, others: readonly Ranked[]): number {
  const other = others[0]?.feature === name ? others[1] : others[0];
  return logit(scoreOf(context, name)) - logit(other?.score ?? 0.5);
}

function scoreOf(context: AuditContext, name: string): number {
  return associationsOf(context).get(name)?.score ?? 0.5;
}

/** What the user answered for a column. Names such as "constructor" are no answers of anybody. */
export function answerFor({ knownAt }: AuditContext, name: string): "before" | "after" | null {
  return Object.hasOwn(knownAt, name) ? (knownAt[name] ?? null) : null;
}

/** The question that only a person can answer. */
export function knownQuestion(name: string): string {
  return `At the moment of prediction, is the value of "${name}" already written?`;
}
