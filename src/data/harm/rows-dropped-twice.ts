import { isFlattering, type Suspicion } from "../../core/finding.ts";
import { canonicalJson } from "../../core/json.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import type { HonestGround } from "./ground.ts";
import { type Price, type Prices, type PricingOptions, priceHarms } from "./pricing.ts";

/**
 * The prices, but for copies that two repairs take out: where one is taken back the other still drops the same rows, and no difference is shown. So such a one is priced once more
 * without the others; what the budget does not reach is not measured, and no harm of 0.
 */
export async function withoutRowsDroppedTwice(
  suspicions: readonly Suspicion[],
  ground: HonestGround,
  allFeatures: readonly string[],
  first: Prices,
  options: PricingOptions,
): Promise<Prices> {
  const again = new Map<number, Price>();
  const idle = new Set(first.idle);
  let { ended } = first;
  for (const [place, one] of suspicions.entries()) {
    const harm = first.harms[place]?.harm ?? null;
    const others = othersThatDrop(one, ground);
    if (harm === null || harm.delta !== 0 || harm.low !== 0 || harm.high !== 0 || others.length === 0) continue;
    const alone = { ...ground, recipe: ground.recipe.filter((step) => !others.includes(step)) };
    const beside = first.harms.flatMap((price, other) => (other === place || price.harm === null ? [] : [price.harm.p]));
    const priced = await priceHarms([one], alone, allFeatures, { ...options, beside, onPriced: () => {} });
    const price = priced.harms[0];
    ended ||= priced.ended;
    if (price === undefined) continue;
    again.set(place, price);
    if (!priced.idle.has(0)) idle.delete(place);
  }
  return { ...first, harms: first.harms.map((price, place) => again.get(place) ?? price), idle, ended };
}

/** Steps of other repairs that drop copies too. */
function othersThatDrop({ counterfactual }: Suspicion, { recipe }: HonestGround): readonly RecipeStep[] {
  if (!isFlattering(counterfactual) || counterfactual?.change !== "steps") return [];
  const own = new Set(counterfactual.steps.filter(dropsCopies).map(canonicalJson));
  return own.size === 0 ? [] : recipe.filter((step) => dropsCopies(step) && !own.has(canonicalJson(step)));
}

const dropsCopies = ({ op }: RecipeStep) => op === "drop-duplicate-rows";
