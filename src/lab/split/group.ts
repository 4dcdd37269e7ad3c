import { OldhandError } from "../../core/error.ts";
import { createRandom, type Random } from "../../core/random.ts";
import type { Fold, SplitPolicy } from "../../core/split.ts";
import { int32From } from "../../core/typed-from.ts";
import { type GroupCounts, groupCounts, largestShares } from "./group-counts.ts";
import { labelledRows, type SplitInput } from "./input.ts";
import { repeatedFolds, requireRows } from "./parts.ts";
import { linedUp, strataOf } from "./strata.ts";

export type GroupPolicy = Extract<SplitPolicy, { policy: "group" }>;

/** Cost of leaving a stratum out of a training part although it could be there: above every sum of the other costs. */
const STRANDED = 1e9;

/**
 * No group on both sides; classes (or quantile bins) spread as evenly as whole groups allow.
 * @throws OldhandError when there are fewer groups than folds.
 */
export function groupFolds(policy: GroupPolicy, input: SplitInput, seed: number): Fold[] {
  const rows = labelledRows(input);
  requireRows(rows.length, policy.folds);
  const { group, groups } = groupsOf(input, policy, rows);
  if (groups < policy.folds) throw tooFewGroups(policy, groups);
  const counts = groupCounts(group, groups, strataOf(input, rows, policy.folds));
  return repeatedFolds(rows, policy.folds, policy.repeats, (repeat) => {
    const part = dealGroups(counts, policy.folds, createRandom(seed, "split", "group", repeat));
    return group.map((g) => part[g] ?? 0);
  });
}

/** Group of each of the given rows, numbered from 0; a row without a key is a group of its own. */
export function groupsOf(input: SplitInput, policy: GroupPolicy, rows: Int32Array): { group: Int32Array; groups: number } {
  const keys = input.groupKeys(policy.by, policy.cut);
  const ids = new Map<number, number>();
  let groups = 0;
  const group = rows.map((row) => {
    const key = keys[row] ?? -1;
    const known = key < 0 ? undefined : ids.get(key);
    if (known !== undefined) return known;
    if (key >= 0) ids.set(key, groups);
    return groups++;
  });
  return { group, groups };
}

/**
 * Part of each group. Greedy: groups that hold the largest share of any stratum come first (by chance within a factor of two, so that
 * repeats differ), and each goes where the sum of squared stratum shares grows least. Empty parts cost nothing, so none stays empty.
 */
export function dealGroups(counts: GroupCounts, parts: number, random: Random): Int32Array {
  const part = new Int32Array(counts.groups);
  const held = Array.from({ length: parts }, () => new Float64Array(counts.totals.length));
  const rank = largestShares(counts).map((share) => -Math.floor(Math.log2(share)));
  const shuffled = random.shuffle(part.map((_, g) => g));
  for (const place of linedUp(int32From(shuffled, (g) => rank[g] ?? 0))) {
    const g = shuffled[place] ?? 0;
    const cheapest = cheapestPart(counts, g, held);
    part[g] = cheapest;
    const inPart = held[cheapest];
    for (let cell = counts.starts[g] ?? 0; cell < (counts.starts[g + 1] ?? 0) && inPart !== undefined; cell++) {
      const stratum = counts.stratum[cell] ?? 0;
      inPart[stratum] = (inPart[stratum] ?? 0) + (counts.count[cell] ?? 0);
    }
  }
  return part;
}

function cheapestPart(counts: GroupCounts, g: number, held: readonly Float64Array[]): number {
  let [cheapest, least] = [0, Number.POSITIVE_INFINITY];
  held.forEach((inPart, p) => {
    const cost = costOf(counts, g, inPart);
    if (cost < least) [cheapest, least] = [p, cost];
  });
  return cheapest;
}

function costOf({ starts, stratum, count, totals }: GroupCounts, g: number, inPart: Float64Array): number {
  let cost = 0;
  for (let cell = starts[g] ?? 0; cell < (starts[g + 1] ?? 0); cell++) {
    const s = stratum[cell] ?? 0;
    const [total, here, more] = [totals[s] ?? 1, inPart[s] ?? 0, count[cell] ?? 0];
    cost += (here * more) / (total * total);
    if (here + more === total && more < total) cost += STRANDED;
  }
  return cost;
}

function tooFewGroups(policy: GroupPolicy, groups: number): OldhandError {
  return new OldhandError("too-few-groups", {
    what: "There are fewer groups than folds, so they cannot be judged apart.",
    where: `column ${policy.by.map((name) => `"${name}"`).join(", ")}`,
    expected: `at least ${policy.folds} groups with a labelled row`,
    got: `${groups}`,
    fix: "Collect rows of more groups, or name a finer group with --group.",
  });
}
