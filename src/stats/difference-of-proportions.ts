import { squareAndAdd } from "./square-and-add.ts";
import { wilson } from "./wilson.ts";

/** A share of `trials` that need not be whole: effective numbers of weighted rows are taken. */
export interface Proportion {
  readonly successes: number;
  readonly trials: number;
}

/** Halvings that find p to within 1e-9. */
const HALVINGS = 30;

/**
 * b - a of two independent proportions, by the square and add of Wilson's intervals (Newcombe 1998, method 10,
 * doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I). p: 1 - the widest level whose interval leaves out 0. NaN and p 1 when a
 * side has no trials.
 */
export function differenceOfProportions(
  a: Proportion,
  b: Proportion,
  level: number,
): { value: number; low: number; high: number; p: number } {
  if (!(a.trials > 0 && b.trials > 0)) return { value: Number.NaN, low: Number.NaN, high: Number.NaN, p: 1 };
  let [least, most] = [0, 1];
  for (let i = 0; i < HALVINGS; i++) {
    const p = (least + most) / 2;
    const { low, high } = newcombe(a, b, 1 - p);
    if (low > 0 || high < 0) most = p;
    else least = p;
  }
  const { value, low, high } = newcombe(a, b, level);
  return { value, low, high, p: value === 0 ? 1 : most };
}

function newcombe(a: Proportion, b: Proportion, level: number) {
  const [first, second] = [a, b].map(({ successes, trials }) => wilson(successes, trials, level)) as [Bounds, Bounds];
  return squareAndAdd(first, second);
}

type Bounds = ReturnType<typeof wilson>;
