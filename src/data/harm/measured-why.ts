import type { Harm, Suspicion } from "../../core/finding.ts";
import { effectOf } from "./pricing.ts";

/** The sentence of a finding, in agreement with the sign and the significance of what was measured. */
export function measuredWhy({ why, whyUnlessFlatters }: Pick<Suspicion, "why" | "whyUnlessFlatters">, harm: Harm | null): string {
  if (harm === null || whyUnlessFlatters === undefined) return why;
  const effect = effectOf(harm);
  return effect === "flatters" ? why : whyUnlessFlatters[effect];
}
