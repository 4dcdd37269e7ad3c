import { bestOf, type Evidence } from "./evidence.ts";
import { holm } from "./holm.ts";

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
  readonly verdict: "model" | "simple-rule" | "cannot-learn";
  /** Holm-adjusted p of "no better than the best baseline", by place; 1 for baselines. */
  readonly adjustedP: readonly number[];
  readonly comparisons: number;
}

/** Chance of claiming even one model that is no better than the baseline. */
export const ALPHA = 0.05;

/**
 * Worth first: a model is only chosen if it is better than the best baseline after Holm's correction for all models tried. Then simplicity: of
 * those, the simplest that is at most one standard error of the paired difference behind the best. If no model is better, the rule on one column is
 * the answer when it, or any model, is better than the constant; else the data does not tell the target.
 */
export function select(evidence: Evidence, contenders: readonly Contender[], better: "higher" | "lower"): Selection {
  const places = contenders.map((_, place) => place);
  const baselines = places.filter((place) => contenders[place]?.isBaseline === true);
  const models = places.filter((place) => contenders[place]?.isBaseline === false);
  const bestBaseline = bestOf(evidence, baselines, better);
  const adjustedP = adjustedAgainst(evidence, models, bestBaseline, places.length);
  const worthy = models.filter((place) => isBetter(evidence, place, bestBaseline, adjustedP[place] ?? 1));
  const known = { best: bestOf(evidence, places, better), bestBaseline, adjustedP, comparisons: models.length };
  if (worthy.length > 0 || (bestBaseline < 0 && models.length > 0)) {
    const chosen = simplest(evidence, contenders, models, worthy.length > 0 ? worthy : models, better);
    return { ...known, chosen, verdict: "model" };
  }
  const [constant] = [...baselines].sort((a, b) => complexityOf(contenders, a) - complexityOf(contenders, b));
  if (constant === undefined) return { ...known, chosen: -1, verdict: "cannot-learn" };
  const rule = baselines.find((place) => place !== constant);
  const isLearnable = rule !== undefined && somethingBeats(evidence, constant, rule, models, places.length);
  return { ...known, chosen: isLearnable ? rule : constant, verdict: isLearnable ? "simple-rule" : "cannot-learn" };
}

/** The rule beats the constant on its own; or a model does, which then shows that there is something to learn. */
function somethingBeats(evidence: Evidence, constant: number, rule: number, models: readonly number[], count: number): boolean {
  if (isBetter(evidence, rule, constant, evidence.difference(rule, constant).p)) return true;
  const adjusted = adjustedAgainst(evidence, models, constant, count);
  return models.some((place) => isBetter(evidence, place, constant, adjusted[place] ?? 1));
}

function adjustedAgainst(evidence: Evidence, models: readonly number[], other: number, count: number): number[] {
  const adjusted = new Array<number>(count).fill(1);
  if (other < 0) return adjusted;
  const ps = holm(models.map((place) => evidence.difference(place, other).p));
  for (const [i, place] of models.entries()) adjusted[place] = ps[i] ?? 1;
  return adjusted;
}

function isBetter(evidence: Evidence, place: number, other: number, p: number): boolean {
  return p < ALPHA && evidence.difference(place, other).value > 0;
}

/**
 * The simplest of `among` that is at most one standard error of the paired difference behind the best of `all` (1-SE rule: Breiman et al. 1984, on
 * paired differences). Of equally simple ones the better. When none of `among` is that near, the best of them.
 */
export function simplest(
  evidence: Evidence,
  contenders: readonly Contender[],
  all: readonly number[],
  among: readonly number[],
  better: "higher" | "lower",
): number {
  const best = bestOf(evidence, all, better);
  const near = among.filter((place) => place === best || isWithinOneSe(evidence, place, best));
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
