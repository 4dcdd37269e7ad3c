import { type Finding, type Harm, isFlattering, type Suspicion } from "../../core/finding.ts";
import { BudgetEnded, estimateOf } from "../../lab/index.ts";
import { metricNamed, worthwhileGain } from "../../metrics/index.ts";
import type { AuditContext } from "../check.ts";
import { countedIn } from "../findings/affected-rows.ts";
import { withIds } from "../findings/finding-id.ts";
import { type HonestGround, LIKELY } from "./ground.ts";
import { concernsNoFeature } from "./linear-advice.ts";
import { mayMatter } from "./linear-screen.ts";
import { truthFor } from "./measures.ts";
import { effectOf, type PricingOptions, priceHarms, runGround } from "./pricing.ts";
import { surenessOf } from "./sureness.ts";

/** What only linear models suffer from. */
export function isOfLinearModels({ counterfactual }: Pick<Suspicion, "counterfactual">): boolean {
  return counterfactual?.change === "linear";
}

/** Traps that say better what is wrong with the values of a column. */
const OF_VALUES: ReadonlySet<Suspicion["trap"]> = new Set(["sentinel", "impossible-value", "unit-mix", "censored-target", "zero-inflated"]);
const OF_COPIES: ReadonlySet<Suspicion["trap"]> = new Set(["duplicate-column", "derived-column"]);

/**
 * Findings of the suspicions that linear models suffer from, on the ground that all repairs have made: those whose harm is shown and counts, no others, for without a number
 * nobody has a reason to care. They take part in no decision of the audit. What a linear model gains while trees are better anyway is cosmetic; where the mended linear model is no worse
 * than the quick trees by as much as counts, it is costly.
 */
export async function linearCosts(
  context: AuditContext,
  suspicions: readonly Suspicion[],
  found: readonly Suspicion[],
  ground: HonestGround,
  options: PricingOptions,
): Promise<readonly Finding[]> {
  const left = withIds(suspicions.filter((one) => !isToldOtherwise(one, found) && isWorthTrying(context, one, ground)));
  if (left.length === 0 || options.lab.left() <= options.reserveMs) return [];
  const { harms } = await priceHarms(left, ground, ground.features, { ...options, onPriced: () => {} });
  const shown = left.flatMap((one, place) => {
    const harm = harms[place]?.harm ?? null;
    return harm !== null && counts(one, harm) ? [{ one, harm }] : [];
  });
  if (shown.length === 0) return [];
  const trees = await scoreOfTrees(ground, options, shown[0]?.harm.metric ?? "");
  return shown.map(({ one, harm }) => findingOf(one, harm, trees));
}

/** What a linear model measures of a trap stands for what was told of it without a measure, columns in nearly the same order among it. Rows far from all others are not told twice. */
export function besideLinear(findings: readonly Finding[], ofLinear: readonly Finding[]): readonly Finding[] {
  const measured = new Set(ofLinear.map(({ id }) => id));
  const isMeasured = (one: Finding) =>
    measured.has(one.id) ||
    (isNearlySameOrder(one) &&
      ofLinear.some(({ trap, columns }) => trap === "multicollinear" && one.columns.every((name) => columns.includes(name))));
  const tellsValues = (one: Finding, name: string) => OF_VALUES.has(one.trap) && one.columns.includes(name);
  const isToldFar = (name: string) =>
    findings.some((one) => tellsValues(one, name)) || ofLinear.some(({ trap, columns }) => trap === "outlier" && columns.includes(name));
  const isTwice = (one: Finding) => one.trap === "outlier" && one.evidence.kind === "far-apart" && one.columns.every(isToldFar);
  // What few rows carry of a column is told with the cost that a linear model shows of the same column.
  const ofTails = ofLinear.filter(({ trap }) => trap === "skewed" || trap === "outlier");
  const isTailTold = ({ trap, evidence, columns }: Finding) =>
    trap === "skewed" && evidence.kind === "features" && columns.every((name) => ofTails.some((one) => one.columns.includes(name)));
  return [...findings.filter((one) => !isMeasured(one) && !isTwice(one) && !isTailTold(one)), ...ofLinear];
}

function isNearlySameOrder({ trap, evidence }: Pick<Finding, "trap" | "evidence">): boolean {
  return trap === "derived-column" && evidence.kind === "nearly-same-order";
}

/** On the columns that are left: a leak that is out tells nothing more. */
function isWorthTrying(context: AuditContext, { trap, columns, counterfactual }: Suspicion, { features }: HonestGround): boolean {
  if (counterfactual?.change !== "linear") return false;
  if (concernsNoFeature({ trap, columns }, features, context.roles.target)) return false;
  const known = counterfactual.features.filter((name) => features.includes(name));
  return known.length > 0 && mayMatter(context, { ...counterfactual, features: known });
}

function isToldOtherwise({ trap, columns }: Suspicion, found: readonly Suspicion[]): boolean {
  if (trap === "multicollinear")
    return found.some((one) => OF_COPIES.has(one.trap) && !isNearlySameOrder(one) && columns.every((name) => one.columns.includes(name)));
  // What only asks has mended nothing: a linear model still goes by these values.
  return found.some((one) => OF_VALUES.has(one.trap) && one.confidence >= LIKELY && columns.every((name) => one.columns.includes(name)));
}

/** Beyond chance, in the direction that was expected, and as much as a model must gain to be worth having. */
function counts({ counterfactual }: Suspicion, harm: Harm): boolean {
  const expected = isFlattering(counterfactual) ? "flatters" : "damages";
  return effectOf(harm) === expected && Math.abs(harm.delta) >= worthwhileGain(metricNamed(harm.metric), harm.claimed).gain;
}

/** They have answered already, as a rule; null when the budget has ended. */
async function scoreOfTrees(ground: HonestGround, options: PricingOptions, metric: string): Promise<number | null> {
  try {
    const outcome = await runGround(ground, options);
    return estimateOf(outcome, metric, 0.95, truthFor(options.lab, outcome)).value;
  } catch (error) {
    if (error instanceof BudgetEnded) return null;
    throw error;
  }
}

function findingOf(one: Suspicion & { readonly id: string }, harm: Harm, trees: number | null): Finding {
  const {
    counterfactual,
    ifRejected: _no,
    ifConfirmed: _yes,
    besideScore: _why,
    untilMeasured: _till,
    choices: _words,
    unmeasured: _none,
    ...more
  } = one;
  const { held: _held, ...rest } = more;
  const ahead = trees === null ? Number.NaN : metricNamed(harm.metric).better === "higher" ? trees - harm.honest : harm.honest - trees;
  const isBest = !isFlattering(counterfactual) && ahead < worthwhileGain(metricNamed(harm.metric), harm.honest).gain;
  return {
    ...rest,
    ...surenessOf({ ...one, answer: null, rejected: false }),
    why: `${rest.why}${countedIn(rest.rows)}`,
    severity: isBest ? rest.severity : "cosmetic",
    harm: trees === null ? harm : { ...harm, quickTrees: trees },
    unmeasured: null,
    state: "open",
    choices: null,
    answer: null,
  };
}
