import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { type Association, associationsOf } from "../signal/associations.ts";
import { answerFor, featureThreshold, fromLogit, knownQuestion, logit, NEAR_PERFECT, standsOut } from "../signal/leak-odds.ts";
import { meaningIn } from "../signal/named-after.ts";
import { scoreEvidence, scoreWords } from "../signal/score-words.ts";

/** Score from which a column is the target in other clothes. */
const DETERMINISTIC = 0.9995;

/** One column nearly gives the target. Columns whose being missing gives it are the business of missingness-leak. */
export const targetLeak: Check = {
  trap: "target-leak",
  title: "One column nearly gives the target",
  inspect(context) {
    const associations = associationsOf(context);
    const threshold = featureThreshold(context);
    return context.roles.features
      .filter((name) => answerFor(context, name) !== "before")
      .map((name) => associations.get(name))
      .filter((found): found is Association => found !== undefined && found.score >= NEAR_PERFECT && found.z > threshold)
      .filter(({ score, missingScore }) => missingScore < score - 0.02)
      .map((found) => suspicion(context, found));
  },
};

function suspicion(context: AuditContext, found: Association): Suspicion {
  const { column } = found;
  const meaning = meaningIn(context, column);
  const dominance = standsOut(context, column);
  const steps = [{ op: "drop" as const, columns: [column] }];
  return {
    trap: "target-leak",
    columns: [column],
    rows: NO_ROWS,
    severity: "blocker",
    confidence:
      answerFor(context, column) === "after" ? 1 : confidenceOf(found.score, dominance, meaning.after, meaning.excusedBy.length > 0),
    evidence: { ...scoreEvidence(found), standsOut: dominance, afterWeight: meaning.after, afterWords: meaning.afterWords },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: knownQuestion(column),
    choices: KNOWN_AT,
    why: `\`${column}\` nearly gives the target: ${scoreWords(found, context.task)}. Columns that good are seldom known beforehand.`,
  };
}

/**
 * Log odds: even at 0.97 when no better than others, since where one honest column is that good others are too; more for what stands out, for the
 * name, for near certainty.
 */
function confidenceOf(score: number, dominance: number, after: number, excused: boolean): number {
  const named = after > 0 ? Math.max(0, logit(after) + 1) : 0;
  const odds = 20 * (score - 0.97) + 0.4 * dominance + named - (excused ? 1.5 : 0) + (score >= DETERMINISTIC ? 2 : 0);
  return Math.min(0.99, fromLogit(odds));
}
