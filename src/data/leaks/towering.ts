import type { AuditContext } from "../check.ts";
import { type Association, associationsOf } from "../signal/associations.ts";
import { coarserCopies } from "../signal/coarser-copies.ts";
import { answerFor, featureThreshold, honestRanking, logit, NEAR_PERFECT, standsOut, tellsByGaps } from "../signal/leak-odds.ts";
import { oneSided } from "./one-sided.ts";

/**
 * A column towers over all others from this score on, when the odds of its score are three and a half times those of the next one and there are others enough that
 * tell something too: one honest cause beside noise towers over the noise, whatever it is. In 141 real tables whose strongest column is no known leak, one does so.
 */
const TOWERING_SCORE = 0.8;
const TOWERING_ODDS = Math.log(3.5);
const LEAST_FEATURES = 5;
/** Its equals, but for what it knows of the outcome. */
const LEAST_TELLING = 3;
/** Nine pairs of rows of ten in order: there fewer equals are enough. */
const [STRONG, TELLING_BESIDE_STRONG] = [0.9, 2];

/**
 * Beside a leak another one is likelier: what is written with it is often in the same table. There two and a half times the odds of the next honest column are enough, noise or not, and two of its kind may
 * stand beside it where all of them tell six times the odds of the next one.
 */
const BESIDE_A_LEAK = Math.log(2.5);
const TOGETHER = Math.log(6);
const MOST_BESIDE = 2;

/** Whether a column tells so much more than the others that it is to be asked about, whatever its name. */
export function towers(context: AuditContext, { column, score }: Association): boolean {
  const { features } = context.roles;
  if (score < TOWERING_SCORE || features.length < LEAST_FEATURES) return false;
  const [associations, threshold] = [associationsOf(context), featureThreshold(context)];
  const telling = features.filter((name) => name !== column && (associations.get(name)?.z ?? 0) > threshold);
  if (telling.length >= (score >= STRONG ? TELLING_BESIDE_STRONG : LEAST_TELLING) && standsOut(context, column) >= TOWERING_ODDS)
    return true;
  return hasLeak(context, column) && towersOverHonest(context, column, score);
}

/** Another column is said to be written afterwards, nearly gives the target, is filled in for one class alone, or tells as much as one that towers by being missing. */
function hasLeak(context: AuditContext, column: string): boolean {
  const associations = associationsOf(context);
  const filled = filledIn(context);
  return context.roles.features.some((name) => {
    const answer = name === column ? "before" : answerFor(context, name);
    return answer === "after" || (answer === null && ((associations.get(name)?.score ?? 0) >= NEAR_PERFECT || filled.includes(name)));
  });
}

function towersOverHonest(context: AuditContext, column: string, score: number): boolean {
  const out = [column, ...coarserCopies(context, column), ...filledIn(context)];
  const others = honestRanking(context).filter(({ feature }) => !out.includes(feature));
  const odds = (place: number) => logit(score) - logit(others[place]?.score ?? 0.5);
  const beside = others.filter((one) => one.score >= TOWERING_SCORE).length;
  const isApart = odds(0) >= BESIDE_A_LEAK || (beside <= MOST_BESIDE && odds(beside) >= TOGETHER);
  return isApart && others.length - beside >= LEAST_FEATURES - 1;
}

/** Columns that are written when the outcome comes, by which rows have them. */
function filledIn(context: AuditContext): readonly string[] {
  const byGaps = context.roles.features.filter((name) => tellsByGaps(context, name, TOWERING_SCORE));
  return [...oneSided(context).map((one) => one.column), ...byGaps];
}
