import { AS_IT_STANDS, type Finding, type Fix, type Harm, NAIVE_SPLIT, WITH_AND_WITHOUT } from "../../core/finding.ts";
import { holdsZero, intervalTexts, isBounded, numberText, probabilityText } from "../numbers.ts";
import { listText } from "../plain.ts";
import { isMetric, metricWords } from "./metric.ts";

const CHANCE = 0.05;
const MOST_NAMED = 3;

/**
 * What is said of a harm that was not shown: no difference, or one that nobody has ruled out. Where its own interval leaves 0 out, chance is what remains: so many
 * were measured that one of them may look so. A severity that stands all the same comes from the evidence, of which chance is no doubt: only how much it does is open.
 */
export function unshownText({ severity, harm }: Pick<Finding, "severity" | "harm">): string {
  if (harm !== null && isReversed(harm)) return "the random split is not better";
  if (harm !== null && !holdsZero(harm)) return severity === "cosmetic" ? "may be chance" : "size of the harm not shown";
  return severity === "cosmetic" && harm?.undecided !== true ? "no difference" : "undecided";
}

/** The split that is said to look ahead has the worse score, beyond chance. */
function isReversed(harm: Harm): boolean {
  return harm.compares.startsWith(NAIVE_SPLIT) && bentBy(harm) === "damages";
}

/** flatters: the score with the trap is too good to be true. damages: mending it makes the score better. none: no harm was shown. */
export function harmDirection(harm: Harm): "flatters" | "damages" | "none" {
  return isReversed(harm) ? "none" : bentBy(harm);
}

function bentBy(harm: Harm): "flatters" | "damages" | "none" {
  const isShown = !holdsZero(harm) && !(harm.q > CHANCE);
  if (!isShown) return "none";
  const isLower = harm.delta < 0;
  return isLower === (metricWords(harm.metric).better === "higher") ? "flatters" : "damages";
}

/** What each of the two scores is of, from "claimed side against honest side". areUsual: with a fault and without it. */
export function harmSides({ compares }: Pick<Harm, "compares">): {
  readonly claimed: string;
  readonly honest: string;
  readonly areUsual: boolean;
} {
  const at = compares.indexOf(" against ");
  const areUsual = compares === WITH_AND_WITHOUT || compares === AS_IT_STANDS;
  if (at < 0) return { claimed: "with it", honest: "without it", areUsual: true };
  return { claimed: compares.slice(0, at).replace(/,$/, ""), honest: compares.slice(at + " against ".length), areUsual };
}

/** Metrics of the claimed and of the honest score, where a score is of another metric than the head of the list says; empty names elsewhere. */
export function harmMetrics({ metric, compares }: Pick<Harm, "metric" | "compares">, head: string): readonly [string, string] {
  const { claimed } = harmSides({ compares });
  const first = isMetric(claimed) ? claimed : metric;
  return first === head && metric === head
    ? ["", ""]
    : [`${metricWords(first).label} `, first === metric ? "" : `${metricWords(metric).label} `];
}

/**
 * What stands beside the two scores of a harm: "both without x, y", columns of other leaks, which neither was given, or both were; and what quick trees reach where both are of linear
 * models (empty: nothing).
 */
export function besideHarmText({
  bothWithout = [],
  stillIn = [],
  quickTrees,
}: Pick<Harm, "bothWithout" | "stillIn" | "quickTrees">): string {
  return [
    ...(bothWithout.length === 0 ? [] : [`both without ${listText(bothWithout, MOST_NAMED)}`]),
    ...(stillIn.length === 0
      ? []
      : [`both still with ${listText(stillIn, MOST_NAMED)}, which may ${stillIn.length === 1 ? "be a leak" : "be leaks"} too`]),
    ...(quickTrees === undefined ? [] : [`quick trees with all columns reach ${numberText(quickTrees)}`]),
  ].join("; ");
}

/**
 * What the fix of a kept finding would cost, by its own experiment: "leaving it out would cost 0.012 [0.003, 0.021] of ROC AUC" where that is shown, else
 * "may cost up to 0.021 of ROC AUC (measured 0.007 [-0.007, 0.021])". null for other findings.
 * Of a leak that was suspected for its strength alone: how little it flatters by. The interval is of the loss, so it holds values below 0 where chance alone may have made it.
 */
export function keptText({ state, harm, fix, evidence }: Pick<Finding, "state" | "harm" | "fix" | "evidence">): string | null {
  if (state !== "kept" || harm === null) return null;
  const { label, better } = metricWords(harm.metric);
  const { delta, low, high } = harm;
  const loss = better === "higher" ? { value: -delta, low: -high, high: -low } : { value: delta, low, high };
  const texts = intervalTexts(loss);
  if (evidence.byStrengthAlone === true && harmDirection(harm) === "none")
    return `it stays in, for it flatters ${label} by ${texts.high} at most (measured ${texts.value}), less than counts`;
  if (harmDirection(harm) === "none" && fix.action === "steps" && fix.steps.some(({ op }) => op === "text")) {
    const gain = intervalTexts(better === "higher" ? { value: delta, low, high } : { value: -delta, low: -high, high: -low });
    const measured = `measured ${gain.value}${isBounded(loss) ? ` [${gain.low}, ${gain.high}]` : ""}`;
    // Its own interval leaves 0 out, and so many were measured that one of them may look so.
    if (loss.high < 0) return `its words are not read, for the gain of ${label} may be chance (${measured}, q ${probabilityText(harm.q)})`;
    return `its words are not read, for no gain of ${label} is shown (${measured})`;
  }
  const amount = `${texts.value}${isBounded(loss) ? ` [${texts.low}, ${texts.high}]` : ""}`;
  const say = (words: string, much: string) =>
    `${undertaking(fix)} ${words} ${better === "higher" ? `cost ${much} of` : `add ${much} to`} ${label}`;
  if (harmDirection(harm) !== "none") return say("would", amount);
  return isBounded(loss)
    ? `${say("may", `up to ${texts.high}`)} (measured ${amount})`
    : `${say("may", "any amount")}: this data cannot tell`;
}

/** What a fix does, as the subject of a sentence. */
function undertaking(fix: Fix): string {
  const steps = fix.action === "steps" ? fix.steps : [];
  const dropped = steps.flatMap((step) => (step.op === "drop" ? step.columns : []));
  if (steps.length === 0 || !steps.every(({ op }) => op === "drop")) return "the fix";
  return dropped.length === 1 ? "leaving it out" : "leaving them out";
}
