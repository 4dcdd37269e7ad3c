import type { AuditContext } from "../check.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { associationsOf } from "../signal/associations.ts";
import { writtenTargets } from "./written-targets.ts";

const MOST = 40;

/** Of a column that is the target itself. */
const ITSELF = 0.9995;

/** A column that a formula of the target may hold. */
export interface Candidate {
  readonly name: string;
  readonly values: Float64Array;
}

/** Numbers that are features and vary, but the target itself: that is target-leak. */
export function candidates(context: AuditContext): readonly Candidate[] {
  const associations = associationsOf(context);
  const itself = new Set(writtenTargets(context).map(({ column }) => column));
  return numberFeatures(context).filter(
    ({ type, name }) =>
      type === "number" && !itself.has(name) && infoOf(context, name).distinct > 1 && (associations.get(name)?.score ?? 0) < ITSELF,
  );
}

/** Those that tell most alone: all pairs of so many are tried. */
export function strongestOf(context: AuditContext, columns: readonly Candidate[]): readonly Candidate[] {
  const associations = associationsOf(context);
  return columns
    .toSorted((a, b) => (associations.get(b.name)?.z ?? 0) - (associations.get(a.name)?.z ?? 0) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST);
}
