import { isFlattering, type Suspicion } from "../../core/finding.ts";
import { KNOWN_AT } from "./answers.ts";

/** Traps of columns whose values know the target. */
const OF_VALUES: readonly Suspicion["trap"][] = ["target-leak", "post-outcome", "sibling-target"];

/** Whose values may know the target, and whose question is when they are written. */
export function isLeakOfValues({ trap, choices, counterfactual }: Suspicion): boolean {
  return OF_VALUES.includes(trap) && choices === KNOWN_AT && counterfactual?.change === "steps" && isFlattering(counterfactual);
}

/** The same columns under several of these traps are one leak, with one question: the surest speaks, and the others are further reasons. */
export function oneLeakPerColumn<T extends Suspicion>(found: readonly T[]): readonly T[] {
  const byColumns = new Map<string, T[]>();
  for (const one of found.filter(isLeakOfValues)) {
    const key = one.columns.toSorted().join("\n");
    byColumns.set(key, [...(byColumns.get(key) ?? []), one]);
  }
  const joined = new Map<T, T | null>();
  for (const same of byColumns.values()) {
    const [surest, ...others] = same.toSorted((a, b) => b.confidence - a.confidence);
    if (surest === undefined || others.length === 0) continue;
    for (const other of others) joined.set(other, null);
    joined.set(surest, {
      ...surest,
      evidence: { ...surest.evidence, also: others.map(({ trap }) => trap) },
      why: [surest, ...others].map(({ why }) => why).join(" "),
    });
  }
  return found.flatMap((one) => {
    const whole = joined.get(one);
    return whole === undefined ? [one] : (whole ?? []);
  });
}
