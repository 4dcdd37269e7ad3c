import { type Finding, type Harm, SEVERITIES, type Severity, type Suspicion } from "../core/finding.ts";
import { LIKELY } from "./ground.ts";
import { VERIFIED_Z } from "./neighbour-probe.ts";
import { effectOf, flatters } from "./pricing.ts";

/** What a suspicion is worth once it is priced. */
export interface Judgement {
  readonly severity: Severity;
  /** The repair made the score worse beyond chance: it is not made. */
  readonly worsens: boolean;
}

/**
 * The severity that stands after the measurement. A lie needs a flattering difference beyond chance, or certainty by definition or by the user's
 * answer; "no difference" is cosmetic, unless the check itself measured the gap; a leak that nobody is sure of is harmful at most; what could not be priced keeps what the check said.
 */
export function judge(suspicion: Suspicion, harm: Harm | null, answered: boolean): Judgement {
  const flattering = suspicion.counterfactual?.change === "split" || suspicion.counterfactual?.flatters === true;
  const certain = answered || suspicion.evidence.certain === true;
  const nominated = suspicion.severity === "blocker" && suspicion.confidence < LIKELY && !certain ? "harmful" : suspicion.severity;
  if (harm === null || certain) return { severity: nominated, worsens: false };
  const effect = effectOf(harm);
  if (effect === "none") return { severity: probed(suspicion, harm) ? nominated : "cosmetic", worsens: false };
  const asExpected = (effect === "flatters") === flattering;
  if (asExpected) return { severity: nominated, worsens: false };
  // A leak without which the model is better costs accuracy; a repair without which it is better is no repair.
  return flattering ? { severity: milder(nominated, "costly"), worsens: false } : { severity: "cosmetic", worsens: true };
}

/**
 * Folds of whole groups or of blocks spread so widely that a real gap can lie inside its interval. Where the check measured the gap row by row
 * beyond chance and the experiments agree in direction, that measurement stands.
 */
function probed({ counterfactual, evidence }: Suspicion, harm: Harm): boolean {
  const gapZ = evidence.gapZ;
  return counterfactual?.change === "split" && typeof gapZ === "number" && gapZ > VERIFIED_Z && flatters(harm);
}

function milder(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b) ? a : b;
}

/** Most severe first, then the largest harm in its metric, then the surest; by trap and columns when all are equal. */
export function inOrderOfHarm(findings: readonly Finding[]): readonly Finding[] {
  const size = ({ harm }: Finding) => (harm === null ? 0 : Math.abs(harm.delta));
  return [...findings].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      size(b) - size(a) ||
      b.confidence - a.confidence ||
      (keyOf(a) < keyOf(b) ? -1 : 1),
  );
}

function keyOf({ trap, columns }: Finding): string {
  return `${trap} ${columns.join("\u0001")}`;
}
