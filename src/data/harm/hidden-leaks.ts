import { type Harm, isFlattering, type Suspicion } from "../../core/finding.ts";
import { droppedBy, type HonestGround, isLikelyLeak } from "./ground.ts";
import { effectOf, type Price, type Prices, type PricingOptions, priceHarms } from "./pricing.ts";

/** A suspicion and what the user said to it. */
type Asked = Suspicion & { readonly answer: string | null };

/**
 * The prices, but for leaks that hide each other: where a column shows no harm beside another that may be a leak and is still in, the other may have told the same
 * already. So each of these is priced once more with all such columns out. What then flatters is no less a leak for standing beside another; what could not be priced
 * so keeps the severity that it had. Harms that stand beside other suspects name them.
 */
export async function withoutHiding(
  suspicions: readonly Asked[],
  ground: HonestGround,
  allFeatures: readonly string[],
  first: Prices,
  options: PricingOptions,
): Promise<Prices> {
  const open = suspicions.filter((one) => isOpen(one) && dropsOf(one).some((name) => ground.features.includes(name)));
  const out = new Set(open.flatMap(dropsOf));
  const features = ground.features.filter((name) => !out.has(name));
  const hidden = suspicions.flatMap((one, place) => {
    const harm = first.harms[place]?.harm ?? null;
    if (harm === null || effectOf(harm) !== "none" || one.answer !== null || !leavesOut(one)) return [];
    const own = dropsOf(one);
    return ground.features.some((name) => out.has(name) && !own.includes(name)) ? [{ one, place }] : [];
  });
  if (hidden.length === 0 || features.length === 0) return withStillIn(suspicions, open, ground, first);
  const ones = hidden.map(({ one }) => one);
  const alone = await priceHarms(ones, { ...ground, features }, allFeatures, { ...options, onPriced: () => {} });
  const left = new Set([...out, ...suspicions.filter(isLikelyLeak).flatMap(dropsOf)]);
  const again = new Map(
    hidden.flatMap(({ one, place }, i): [number, Price][] => {
      const price = alone.harms[i];
      if (price === undefined) return [];
      if (price.harm === null) return "untried" in price ? [[place, price]] : [];
      const bothWithout = [...left].filter((name) => !dropsOf(one).includes(name) && !features.includes(name)).sort();
      return effectOf(price.harm) === "flatters" ? [[place, { harm: { ...price.harm, bothWithout }, unmeasured: null }]] : [];
    }),
  );
  const prices = {
    harms: first.harms.map((price, place) => again.get(place) ?? price),
    idle: new Set([...first.idle].filter((place) => !again.has(place))),
    ended: first.ended || alone.ended,
    notes: [...first.notes, ...alone.notes],
  };
  return withStillIn(suspicions, open, ground, prices);
}

/** A score without one leak is not honest while another that is shown to flatter is still in. */
function withStillIn(suspicions: readonly Asked[], open: readonly Asked[], ground: HonestGround, prices: Prices): Prices {
  const shown = open.filter((one) => {
    const harm = prices.harms[suspicions.indexOf(one)]?.harm ?? null;
    return harm !== null && effectOf(harm) === "flatters";
  });
  const names = [...new Set(shown.flatMap(dropsOf))].filter((name) => ground.features.includes(name));
  const harms = prices.harms.map((price, place): Price => {
    const one = suspicions[place];
    if (one === undefined || price.harm === null || !leavesOut(one)) return price;
    const harm: Harm = price.harm;
    const stillIn = names.filter((name) => !dropsOf(one).includes(name) && !(harm.bothWithout ?? []).includes(name)).sort();
    return stillIn.length === 0 ? price : { harm: { ...harm, stillIn }, unmeasured: null };
  });
  return { ...prices, harms };
}

/** Asked about, not answered, and left in till then. */
function isOpen(one: Asked): boolean {
  return leavesOut(one) && one.question !== null && one.answer === null && !isLikelyLeak(one);
}

function leavesOut(one: Asked): boolean {
  return isFlattering(one.counterfactual) && dropsOf(one).length > 0;
}

function dropsOf({ counterfactual }: Suspicion): readonly string[] {
  return counterfactual?.change === "steps" ? [...droppedBy(counterfactual.steps)] : [];
}
