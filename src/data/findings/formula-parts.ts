import type { Suspicion } from "../../core/finding.ts";

const ALONE: readonly Suspicion["trap"][] = ["target-leak", "partial-leak", "post-outcome", "sibling-target"];

/** Columns that give the target by an exact formula are asked about once, together: that each of them alone comes near follows from it. */
export function withoutFormulaParts<T extends Suspicion>(found: readonly T[]): readonly T[] {
  const formulas = found.filter(
    ({ trap, evidence, question }) => trap === "combination-leak" && evidence.certain === true && question !== null,
  );
  const parts = new Set(formulas.flatMap(({ columns }) => columns));
  return found.filter(({ trap, columns: [only = ""] }) => !ALONE.includes(trap) || !parts.has(only));
}
