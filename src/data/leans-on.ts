import type { Finding, LeansOn } from "../core/finding.ts";
import type { Audit } from "./audit.ts";
import type { AuditContext } from "./check.ts";
import { associationsOf } from "./signal/associations.ts";
import { answerFor, featureThreshold } from "./signal/leak-odds.ts";

const MOST = 3;
/** Share of pairs in order below which a score leans on no column. */
const LEAST_SCORE = 0.6;

/**
 * The columns that tell most of the target alone (share of pairs of rows in the right order, out of fold), of those that a model is given, of which no finding asks when they are known and nobody has said so: the
 * strongest first, three at most. What is written when the outcome is known looks like them, and no number tells which is which.
 */
export function leansOn(context: AuditContext, { roles, findings }: Pick<Audit, "roles" | "findings">): readonly LeansOn[] {
  const [associations, threshold] = [associationsOf(context), featureThreshold(context)];
  const asked = new Set(findings.flatMap((finding) => (asksOfColumn(finding) ? finding.columns : [])));
  return roles.features
    .filter((name) => !asked.has(name) && answerFor(context, name) === null)
    .map((column) => ({ column, z: associations.get(column)?.z ?? 0, score: associations.get(column)?.score ?? 0 }))
    .filter(({ z, score }) => z > threshold && score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || (a.column < b.column ? -1 : 1))
    .slice(0, MOST)
    .map(({ column, score }) => ({ column, score }));
}

/** Whether it asks, or was told, when its columns are known, or whether they name things that come again. Whether a value is a mistake is another question. */
function asksOfColumn({ question, answer, choices, trap }: Pick<Finding, "question" | "answer" | "choices" | "trap">): boolean {
  return (question !== null || answer !== null) && (trap === "group-leak" || choices?.includes("after") === true);
}
