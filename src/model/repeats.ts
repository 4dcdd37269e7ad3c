import type { Comparison } from "../core/comparison.ts";
import type { SplitPolicy } from "../core/split.ts";

/** Rows that all repeats together judge, per candidate: what a choice may cost does not hang on the size of the table. */
const JUDGED_ROWS = 10_000;

/** More would gain little for their time: half an interval is 1.11 standard deviations of a fold wide at five repeats of five folds, 0.98 at infinitely many. */
const MOST = 5;

/**
 * The split policy with as many repeats as small tables need. Decided by the number of rows alone, before any score is seen: adding repeats until a
 * difference shows would be optional stopping, and the test would no longer keep its error rate. Periods have no repeats. affordable: repeats that a
 * budget has room for; the policy keeps at least its own.
 */
export function withRepeats(split: SplitPolicy, rows: number, affordable = Number.POSITIVE_INFINITY): SplitPolicy {
  if (!("repeats" in split)) return split;
  const wanted = Math.min(MOST, affordable, Math.round(JUDGED_ROWS / Math.max(1, rows)));
  return { ...split, repeats: Math.max(split.repeats, Math.floor(wanted)) };
}

/** 1 for policies that know no repeats. */
export function repeatsOf(split: SplitPolicy): number {
  return "repeats" in split ? split.repeats : 1;
}

/** What a comparison says when a budget had no room for all repeats that `rows` rows ask for; nothing when it had. */
export function cutRepeats(ran: SplitPolicy, proposed: SplitPolicy, rows: number): Pick<Comparison, "cutRepeats"> {
  const wanted = repeatsOf(withRepeats(proposed, rows));
  return repeatsOf(ran) < wanted ? { cutRepeats: { ran: repeatsOf(ran), wanted } } : {};
}
