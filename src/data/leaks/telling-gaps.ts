import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { associationsOf } from "../signal/associations.ts";
import type { FlagSignal } from "../signal/flag-signal.ts";
import { honestRanking } from "../signal/leak-odds.ts";

/** Odds ratio of a medium effect: 0.5 standard deviations of a logistic distribution (Cohen 1988; Chinn 2000). Unlike an AUC it does not sink where hardly any row has the gap. */
const MEDIUM_EFFECT = Math.exp((0.5 * Math.PI) / Math.sqrt(3));
/** Other columns that look honest, below which it is no wonder that the gap tells most. */
const LEAST_BESIDE = 4;
/** Standard errors of a difference that chance seldom makes (one in twenty). */
const BEYOND_CHANCE = 1.96;
/** What a column tells by its gaps, but for so much. */
const BY_GAPS = 0.02;

/**
 * Whether a gap tells a class with a medium effect or more, and more than any honest column tells by its values, beyond chance: of all real tables of bench/traps one has a gap (AUC 0.55 to 0.65) that does.
 * What somebody fills in once the outcome is known often does, also where most rows lack it: a survey after a call.
 */
export function outtellsValues(context: AuditContext, column: Column, { withFlag, withoutFlag, auc, classIndex }: FlagSignal): boolean {
  if (context.task.kind === "regression" || classIndex < 0) return false;
  const ratio = Math.abs(Math.log(withFlag / (1 - withFlag)) - Math.log(withoutFlag / (1 - withoutFlag)));
  if (!(ratio >= Math.log(MEDIUM_EFFECT))) return false;
  const associations = associationsOf(context);
  const own = associations.get(column.name);
  if (own === undefined || own.z <= 0) return false;
  const others = honestRanking(context).flatMap(({ feature }) => associations.get(feature) ?? []);
  const beside = others.filter((one) => one !== own && !(one.coverage < 1 && one.missingScore >= one.score - BY_GAPS));
  if (beside.length < LEAST_BESIDE) return false;
  const best = beside.reduce((most, one) => Math.max(most, one.score, one.classScores.get(classIndex) ?? 0), 0.5);
  const error = (own.score - 0.5) / own.z;
  return auc - best > BEYOND_CHANCE * Math.SQRT2 * error;
}
