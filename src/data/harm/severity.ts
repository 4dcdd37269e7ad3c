import { type Finding, type Harm, isFlattering, SEVERITIES, type Severity, type Suspicion } from "../../core/finding.ts";
import { largestWorthwhile, metricNamed, WORTHWHILE_LOSS } from "../../metrics/index.ts";
import { VERIFIED_P } from "../split/neighbour-probe.ts";
import { LIKELY } from "./ground.ts";
import { effectOf, flatters } from "./pricing.ts";

/** What a suspicion is worth once it is priced. */
export interface Judgement {
  readonly severity: Severity;
  /** The repair made the score worse beyond chance: it is not made. */
  readonly worsens: boolean;
}

/**
 * The severity that stands after the measurement. What could not be priced keeps what the check said, and so does a trap whose harm is undecided while
 * much is at stake; else "no difference" is cosmetic. A leak that nobody is sure of is harmful at most. Certainty, by definition or by the user's
 * answer, needs no measurement.
 */
export function judge(suspicion: Suspicion, harm: Harm | null, answered: boolean): Judgement {
  const flattering = isFlattering(suspicion.counterfactual);
  const certain = answered || suspicion.evidence.certain === true;
  const nominated = suspicion.severity === "blocker" && suspicion.confidence < LIKELY && !certain ? "harmful" : suspicion.severity;
  if (harm === null || certain) return { severity: nominated, worsens: false };
  const effect = effectOf(harm);
  if (effect === "none") return { severity: undecided(suspicion, harm, nominated), worsens: false };
  const asExpected = (effect === "flatters") === flattering;
  if (asExpected) return { severity: nominated, worsens: false };
  // A leak without which the model is better costs accuracy; a repair without which it is better is no repair.
  return flattering ? { severity: milder(nominated, "costly"), worsens: false } : { severity: "cosmetic", worsens: true };
}

/** No difference was shown. That is not the same as shown to make no difference. */
function undecided({ counterfactual, evidence }: Suspicion, harm: Harm, nominated: Severity): Severity {
  switch (counterfactual?.change) {
    case "split": {
      const gap = probedGap(evidence);
      if (gap === null || !flatters(harm)) return "cosmetic";
      return gap >= WORTHWHILE_LOSS ? nominated : milder(nominated, "harmful");
    }
    case "half":
      return mayGain(harm) ? nominated : "cosmetic";
    default:
      return isFlattering(counterfactual) && atStake(harm) ? nominated : "cosmetic";
  }
}

/** As far as its interval knows, the second half of the rows may have brought a gain that counts, and so may the next ones. */
function mayGain({ metric, claimed, low, high }: Harm): boolean {
  const measure = metricNamed(metric);
  const most = measure.better === "higher" ? high : -low;
  return !Number.isFinite(most) || most > largestWorthwhile(measure, claimed);
}

/**
 * The most that the trap may flatter by, as far as its interval knows, would carry the claim out of the interval of the honest score: whoever reads
 * that interval would be told a falsehood. The wider side of it counts: the other may end where the metric does. And it would be as much as a model must gain to
 * count: less than that turns no decision.
 */
function atStake({ metric, honest, honestLow, honestHigh, low, high }: Harm): boolean {
  const measure = metricNamed(metric);
  const most = measure.better === "higher" ? -low : high;
  const room = Math.max(honestHigh - honest, honest - honestLow);
  return !Number.isFinite(most) || most > Math.max(room, largestWorthwhile(measure, honest));
}

/**
 * Folds of whole groups or of blocks spread so widely that a real gap can lie inside its interval. Where the check measured the gap row by row
 * beyond chance, this is the share of the error that neighbours hide; else null.
 */
function probedGap({ gapP, openError, closedError }: Suspicion["evidence"]): number | null {
  if (typeof gapP !== "number" || typeof openError !== "number" || typeof closedError !== "number") return null;
  return gapP < VERIFIED_P && closedError > 0 ? 1 - openError / closedError : null;
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
