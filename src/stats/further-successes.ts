import { wilson } from "./wilson.ts";

/**
 * How many of `further` trials succeed, after `successes` of `trials` of the same chance: the interval of the count itself, not of its expectation. Score interval
 * of both samples together (Nelson 1982): the share of all is Wilson's of the first with trials (trials + further) / further. No trials: from none to all.
 */
export function furtherSuccesses(
  successes: number,
  trials: number,
  further: number,
  level: number,
): { value: number; low: number; high: number } {
  if (!(trials > 0) || further === 0) return { value: trials > 0 ? 0 : Number.NaN, low: 0, high: further };
  const share = successes / trials;
  const all = trials + further;
  const worth = (trials * all) / further;
  const { low, high } = wilson(share * worth, worth, level);
  return {
    value: further * share,
    low: Math.max(0, Math.floor(all * low - successes)),
    high: Math.min(further, Math.ceil(all * high - successes)),
  };
}
