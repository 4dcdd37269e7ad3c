import { type Finding, type Harm, isFlattering, type Suspicion } from "../../core/finding.ts";
import type { Roles } from "../../core/role.ts";
import type { SplitPolicy } from "../../core/split.ts";
import { droppedBy, honestGround, isLikelyLeak } from "./ground.ts";
import { type Price, type PricingOptions, priceHarms } from "./pricing.ts";
import { judge, leavesOutForAccuracy, mostLost, readsWords } from "./severity.ts";

/** A suspicion with its id and what the user said to it. */
type Asked = Suspicion & { readonly id: string; readonly answer: string | null };

/** A fix that leaves columns out for accuracy or brings words in for it, and that nobody has asked for. */
function isDoubtful(one: Asked): boolean {
  return (leavesOutForAccuracy(one, one.severity) || readsWords(one)) && one.answer === null;
}

/**
 * Fixes that leave out a column that may be a leak, with the ids of the questions about it. What the column brings may be the leak, which is no reason to keep it;
 * and what is left out without an answer may be worth having. So they wait.
 */
export function waitingFor(suspicions: readonly Asked[]): ReadonlyMap<string, readonly string[]> {
  const leaks = suspicions.filter(
    (one) =>
      isFlattering(one.counterfactual) && one.question !== null && one.answer === null && !isLikelyLeak(one) && dropsOf(one).size > 0,
  );
  return new Map(
    suspicions.filter(isDoubtful).flatMap((one): [string, readonly string[]][] => {
      const own = dropsOf(one);
      const asked = leaks.filter((leak) => [...dropsOf(leak)].some((name) => own.has(name))).map(({ id }) => id);
      return asked.length === 0 ? [] : [[one.id, asked]];
    }),
  );
}

/**
 * Of the fixes to be made, those that stay once the ones that leave columns out for accuracy are priced. They come first and alone, for each that is taken back
 * changes the ground that all others are priced on. Of columns that say the same, none is missed while another is there and each while none is: so the
 * half that may lose most is taken back, and the others are priced anew beside it.
 */
export async function supported<T extends Asked>(
  mended: readonly T[],
  { features }: Roles,
  split: SplitPolicy,
  pricing: PricingOptions,
): Promise<readonly T[]> {
  const leaked = new Set(mended.filter(isLikelyLeak).flatMap((one) => [...dropsOf(one)]));
  const known = features.filter((name) => !leaked.has(name));
  let made = mended;
  let doubtful = mended.filter(isDoubtful);
  while (doubtful.length > 0) {
    const { harms, ended } = await priceHarms(doubtful, honestGround(features, made, split), known, { ...pricing, onPriced: () => {} });
    const losing = doubtful.flatMap((one, place) => {
      const harm = harms[place]?.harm ?? null;
      return judge(one, harm, false).isUnsupported && harm !== null ? [{ one, most: sizeOf(harm) }] : [];
    });
    const unknown = made.length < mended.length ? doubtful.filter((_, place) => harms[place]?.harm == null) : [];
    const worst = losing.toSorted((a, b) => b.most - a.most).slice(0, ended ? losing.length : Math.ceil(losing.length / 2));
    const back = new Set([...worst.map(({ one }) => one), ...unknown]);
    made = made.filter((one) => !back.has(one));
    doubtful = losing.flatMap(({ one }) => (back.has(one) ? [] : [one]));
  }
  return made;
}

/** Fixes that would leave no feature are not made: the least sure first. */
export function keepOneFeature<T extends Asked>(features: readonly string[], mended: readonly T[], notes: string[]): readonly T[] {
  const left = (fixes: readonly Suspicion[]) => honestGround(features, fixes, { policy: "random", folds: 2, repeats: 1 }).features.length;
  let kept = [...mended].sort((a, b) => b.confidence - a.confidence);
  while (kept.length > 0 && left(kept) === 0) {
    const spared = kept.findLast(({ fix }) => fix.action === "steps" && droppedBy(fix.steps).size > 0);
    notes.push(`Dropping ${spared?.columns.join(", ") ?? ""} (${spared?.trap ?? ""}) would leave no feature, so it was kept.`);
    kept = kept.filter((one) => one !== spared);
  }
  return mended.filter((one) => kept.includes(one));
}

/** The price of a fix that waits for questions. */
export function undecidedUntil(questions: readonly string[]): Price {
  const unmeasured = `Undecided until ${questions.join(" and ")} is answered: what the columns bring may be a leak, which is no reason to keep them.`;
  return { harm: null, unmeasured };
}

/**
 * The price of a suspicion as its finding tells it. What leaves columns out for another reason than that they tell nothing (one value, copies), a leak or privacy takes from every
 * model what they tell: where nothing was measured it is not made, and says so.
 */
export function toldPrice(one: Asked, price: Price): Pick<Finding, "harm" | "unmeasured"> & { readonly lacksProof: boolean } {
  if (price.harm !== null) return { ...price, lacksProof: false };
  const { counterfactual, evidence, besideScore, answer } = one;
  const isForScore = counterfactual?.change === "steps" && !counterfactual.flatters && besideScore !== true && answer === null;
  const isChange = (evidence.losesNothing !== true && dropsOf(one).size > 0) || readsWords(one);
  const lacksProof = price.untried === true && isForScore && isChange;
  const unmeasured = lacksProof
    ? `${price.unmeasured} What ${readsWords(one) ? "brings words in" : "leaves columns out"} needs a measurement, so it is not made.`
    : price.unmeasured;
  return { harm: null, unmeasured, lacksProof };
}

/** An interval without end is the largest. */
function sizeOf(harm: Harm): number {
  const most = mostLost(harm);
  return Number.isNaN(most) ? Number.POSITIVE_INFINITY : most;
}

function dropsOf({ fix }: Suspicion): ReadonlySet<string> {
  return new Set(fix.action === "steps" ? droppedBy(fix.steps) : []);
}
