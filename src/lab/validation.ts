import { createRandom, type Random } from "../core/random.ts";
import type { Fold, SplitPolicy } from "../core/split.ts";
import { int32Where } from "../core/typed-from.ts";
import { blocksOf } from "./split/blocks.ts";
import { dealGroups, type GroupPolicy, groupsOf } from "./split/group.ts";
import { groupCounts } from "./split/group-counts.ts";
import type { SplitInput } from "./split/input.ts";
import { cutsNear, inOrder } from "./split/order.ts";
import { shuffledLine, strataOf } from "./split/strata.ts";

/** One sixth of the training rows. */
const VALIDATION_SHARE = 1 / 6;

/**
 * Rows of fold.train held back for early stopping, ascending, chosen as the policy chooses: whole groups; the latest rows of a time; one
 * block of ordered rows; else stratified, and never the last row of a class. Empty when the policy leaves no choice (one group, one time), and
 * under `given`: what a given test set judges was settled before.
 */
export function validationRows(policy: SplitPolicy, fold: Fold, input: SplitInput, seed: number, share = VALIDATION_SHARE): Int32Array {
  if (policy.policy === "given") return new Int32Array(0);
  const random = createRandom(seed, "validation", fold.index);
  if (policy.policy === "group") return wholeGroups(policy, fold.train, input, random, share);
  if (policy.policy === "time") return latest(policy.by, fold.train, input, share);
  if (policy.policy === "blocks") return oneBlock(policy.by, fold.train, input, random, share);
  return stratifiedShare(fold.train, input, random, share);
}

function wholeGroups(policy: GroupPolicy, train: Int32Array, input: SplitInput, random: Random, share: number): Int32Array {
  const { group, groups } = groupsOf(input, policy, train);
  const parts = Math.min(groups, Math.round(1 / share));
  if (parts < 2) return new Int32Array(0);
  const part = dealGroups(groupCounts(group, groups, strataOf(input, train, parts)), parts, random);
  const sizes = new Int32Array(parts);
  for (const g of group) sizes[part[g] ?? 0] = (sizes[part[g] ?? 0] ?? 0) + 1;
  const wanted = train.length * share;
  const nearest = sizes.reduce((best, size, p) => (Math.abs(size - wanted) < Math.abs((sizes[best] ?? 0) - wanted) ? p : best), 0);
  return int32Where(train, (_, i) => part[group[i] ?? 0] === nearest);
}

function latest(by: string | null, train: Int32Array, input: SplitInput, share: number): Int32Array {
  const ordered = inOrder(input, by, train);
  if (ordered.changes.length === 0) return new Int32Array(0);
  const [cut] = cutsNear(ordered.changes, [ordered.rows.length * (1 - share)]);
  return ordered.rows.slice(cut).sort();
}

function oneBlock(by: string | null, train: Int32Array, input: SplitInput, random: Random, share: number): Int32Array {
  const times = inOrder(input, by, train).changes.length + 1;
  const blocks = Math.min(times, Math.round(1 / share));
  if (blocks < 2) return new Int32Array(0);
  const { rows, part } = blocksOf(input, by, train, blocks);
  const chosen = random.integer(blocks);
  return int32Where(rows, (_, i) => part[i] === chosen);
}

/** Rows lined up by stratum; every 1/share-th is taken, except where it is alone in its stratum. */
function stratifiedShare(train: Int32Array, input: SplitInput, random: Random, share: number): Int32Array {
  const strata = strataOf(input, train, Math.round(1 / share));
  const line = shuffledLine(strata, random);
  const start = random.next();
  const taken = new Uint8Array(train.length);
  const stratumAt = (place: number) => strata[line[place] ?? -1] ?? -1;
  line.forEach((row, place) => {
    const turn = Math.floor((place + 1) * share + start) > Math.floor(place * share + start);
    const alone = stratumAt(place - 1) !== stratumAt(place) && stratumAt(place + 1) !== stratumAt(place);
    if (turn && !alone) taken[row] = 1;
  });
  return int32Where(train, (_, i) => taken[i] === 1);
}
