import {
  type Counterfactual,
  type Finding,
  type Harm,
  isFlattering,
  SEVERITIES,
  type Severity,
  type Suspicion,
} from "../../core/finding.ts";
import { largestWorthwhile, metricNamed, WORTHWHILE_LOSS, worthwhileGain } from "../../metrics/index.ts";
import { namedColumns } from "../findings/phrase.ts";
import { VERIFIED_P } from "../split/neighbour-probe.ts";
import { droppedBy, isLikelyLeak, LIKELY } from "./ground.ts";
import { effectOf, flatters } from "./pricing.ts";

/** What a suspicion is worth once it is priced. */
export interface Judgement {
  readonly severity: Severity;
  /** The repair's own experiment speaks against it: it is not made. */
  readonly isUnsupported: boolean;
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
  if (harm === null && suspicion.untilMeasured !== undefined && !certain)
    return { severity: suspicion.untilMeasured, isUnsupported: false };
  if (harm === null || certain) return { severity: nominated, isUnsupported: false };
  const effect = effectOf(harm);
  if (effect === "none") {
    const isUnsupported =
      readsWords(suspicion) || isHarmless(suspicion, harm) || (leavesOutForAccuracy(suspicion, nominated) && mayLoseWhatCounts(harm));
    return { severity: undecided(suspicion, harm, nominated), isUnsupported };
  }
  const asExpected = (effect === "flatters") === flattering;
  if (asExpected) return { severity: nominated, isUnsupported: false };
  if (judgesOnly(suspicion.counterfactual)) return { severity: "cosmetic", isUnsupported: false };
  // A leak without which the model is better costs accuracy; a repair without which it is better is no repair.
  return flattering ? { severity: milder(nominated, "costly"), isUnsupported: false } : { severity: "cosmetic", isUnsupported: true };
}

/** One model, judged in two ways: where the way that is said to flatter gives the worse score, nothing is claimed too high, and no model would be better for another way. */
function judgesOnly(counterfactual: Counterfactual | null): boolean {
  return counterfactual !== null && ["split", "metric", "judged-rows", "classes"].includes(counterfactual.change);
}

/** What is left open and is shown to do harm is not cosmetic, whatever the check thought of it; nor does its advice hold to leave a column in that costs. */
export function whereLeft({ fix, counterfactual }: Suspicion, harm: Harm | null): Pick<Suspicion, "severity" | "fix"> {
  if (harm === null || effectOf(harm) === "none") return { severity: "cosmetic", fix };
  if (judgesOnly(counterfactual) && isFlattering(counterfactual) && effectOf(harm) === "damages") return { severity: "cosmetic", fix };
  const dropped = counterfactual?.change === "steps" && !counterfactual.flatters ? [...droppedBy(counterfactual.steps)] : [];
  if (fix.action !== "advice" || dropped.length === 0) return { severity: "costly", fix };
  const text = `Try the models without ${namedColumns(dropped)} (\`--ignore\`): a quick model is better so.`;
  return { severity: "costly", fix: { action: "advice", text } };
}

/**
 * What leaves columns out for the sake of accuracy takes from every model what they tell, so it must be shown to lose less than counts. What reads cells in
 * another way is made unless it is shown to lose: the quick trees that measure are indifferent to much that damages other models. Nor does a cosmetic
 * repair promise anything: without a difference the fewer columns win.
 */
export function leavesOutForAccuracy({ fix, counterfactual, besideScore }: Suspicion, nominated: Severity): boolean {
  if (nominated === "cosmetic" || besideScore === true || counterfactual?.change !== "steps" || counterfactual.flatters) return false;
  return fix.action === "steps" && droppedBy(fix.steps).size > 0;
}

/** What makes columns of a text brings thousands of words in, so it must be shown to gain: without a difference the fewer columns win. */
export function readsWords({ fix }: Pick<Suspicion, "fix">): boolean {
  return fix.action === "steps" && fix.steps.some(({ op }) => op === "text");
}

/**
 * A leak that is suspected for its strength alone, and would be left out for that, flatters by less than counts as far as its interval knows. What is suspected by its name stays out
 * all the same: it may not be there when the model is asked.
 */
function isHarmless(suspicion: Suspicion, harm: Harm): boolean {
  return isLikelyLeak(suspicion) && suspicion.evidence.byStrengthAlone === true && !mayLoseWhatCounts(harm);
}

/**
 * The test of non-inferiority fails: the far end of the interval is as large a loss as a model would have to gain over the score without the columns to
 * count. The sign of the point estimate decides nothing.
 */
function mayLoseWhatCounts(harm: Harm): boolean {
  const most = mostLost(harm);
  return !Number.isFinite(most) || (most > 0 && most >= worthwhileGain(metricNamed(harm.metric), harm.honest).gain);
}

/** The far end of the interval, on the side where the honest score is the worse one; negative when the interval lies on the other. */
export function mostLost({ metric, low, high }: Pick<Harm, "metric" | "low" | "high">): number {
  return metricNamed(metric).better === "higher" ? -low : high;
}

/** No difference was shown. That is not the same as shown to make no difference. */
function undecided({ counterfactual, evidence }: Suspicion, harm: Harm, nominated: Severity): Severity {
  switch (counterfactual?.change) {
    case "split": {
      const gap = probedGap(evidence);
      // Labels that persist within the things of a panel are shown, whatever folds of a few times make of it.
      if (typeof evidence.withinZ === "number" && flatters(harm)) return milder(nominated, "harmful");
      if (gap === null || !flatters(harm)) return "cosmetic";
      return gap >= WORTHWHILE_LOSS ? nominated : milder(nominated, "harmful");
    }
    case "half":
      return mayGain(harm) ? nominated : "cosmetic";
    default:
      // That quick trees make nothing of a formula they cannot form does not say that no model does.
      return isFlattering(counterfactual) && (evidence.hardForTrees === true || atStake(harm)) ? nominated : "cosmetic";
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
 * that interval would be told a falsehood. The wider side of it counts: the other may end where the metric does. One that is wider than the error itself tells
 * nothing of it, and shelters nothing beyond that. And it would be as much as a model must gain to count: less than that turns no decision.
 */
function atStake(harm: Harm): boolean {
  const { metric, honest, honestLow, honestHigh } = harm;
  const most = mostLost(harm);
  const wide = Math.max(honestHigh - honest, honest - honestLow);
  const room = metricNamed(metric).better === "lower" ? Math.min(wide, Math.abs(honest)) : wide;
  return !Number.isFinite(most) || most > Math.max(room, largestWorthwhile(metricNamed(metric), honest));
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
