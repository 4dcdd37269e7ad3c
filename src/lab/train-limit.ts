import type { Experiment } from "../core/experiment.ts";
import { createRandom, type Random } from "../core/random.ts";
import type { Fold, SplitPolicy } from "../core/split.ts";
import { int32Where, placesUpTo } from "../core/typed-from.ts";
import { type GroupPolicy, groupsOf } from "./split/group.ts";
import type { SplitInput } from "./split/input.ts";
import { inOrder } from "./split/order.ts";
import { strataOf, strataSizes } from "./split/strata.ts";

/** How training rows are cut: to one number in all folds, or to one share of each fold's own. */
export type TrainCut = Pick<Experiment, "trainRows" | "trainShare">;

/** Fewest rows that a share leaves: one to learn from, one to stop by. */
const LEAST_ROWS = 2;
/** A share such as 1 - 1 / 49 of 49 rows is 48 of them. */
const ROUNDING = 1e-6;

/**
 * The fold with its training rows cut, for learning curves. A share below 1 leaves one row out at least. A smaller cut is contained in a larger one. By group: whole
 * groups, as near to the size as they allow; by time: the latest rows; else stratified, with one row of every class first.
 */
export function limitTrain(policy: SplitPolicy, fold: Fold, cut: TrainCut, input: SplitInput, seed: number): Fold {
  const trainRows =
    cut.trainShare === undefined ? cut.trainRows : Math.max(LEAST_ROWS, Math.floor(cut.trainShare * fold.train.length + ROUNDING));
  if (trainRows === null || trainRows >= fold.train.length) return fold;
  const random = createRandom(seed, "train-limit", fold.index);
  if (policy.policy === "time") return { ...fold, train: latestRows(policy.by, fold.train, trainRows, input) };
  if (policy.policy === "group") return { ...fold, train: firstGroups(policy, fold.train, trainRows, input, random) };
  return { ...fold, train: stratifiedPrefix(fold.train, trainRows, input, random) };
}

function latestRows(by: string | null, train: Int32Array, trainRows: number, input: SplitInput): Int32Array {
  const { rows } = inOrder(input, by, train);
  return rows.slice(Math.max(0, rows.length - trainRows)).sort();
}

/** Row j (by chance) of a stratum of c rows has key j / c: any prefix of the keys holds floor(q c) + 1 rows of each stratum at most. */
function stratifiedPrefix(train: Int32Array, trainRows: number, input: SplitInput, random: Random): Int32Array {
  const strata = strataOf(input, train, 2);
  const sizes = strataSizes(strata);
  const places = random.shuffle(train.map((_, i) => i));
  const seen = new Int32Array(sizes.length);
  const key = new Float64Array(train.length);
  for (const place of places) {
    const stratum = strata[place] ?? 0;
    key[place] = (seen[stratum] ?? 0) / (sizes[stratum] ?? 1);
    seen[stratum] = (seen[stratum] ?? 0) + 1;
  }
  const ranked = [...places].sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0));
  return Int32Array.from(ranked.slice(0, trainRows), (place) => train[place] ?? 0).sort();
}

/** Groups in an order by chance, the first that brings each class in front; the number of them whose rows come nearest to the size. */
function firstGroups(policy: GroupPolicy, train: Int32Array, trainRows: number, input: SplitInput, random: Random): Int32Array {
  const { group, groups } = groupsOf(input, policy, train);
  const rank = random.shuffle(placesUpTo(groups));
  const strata = strataOf(input, train, 2);
  const firstOf = new Map<number, number>();
  group.forEach((g, i) => {
    const stratum = strata[i] ?? 0;
    const best = firstOf.get(stratum);
    if (best === undefined || (rank[g] ?? 0) < (rank[best] ?? 0)) firstOf.set(stratum, g);
  });
  const bringers = new Set(firstOf.values());
  const order = Array.from(rank, (_, g) => g).sort(
    (a, b) => Number(bringers.has(b)) - Number(bringers.has(a)) || (rank[a] ?? 0) - (rank[b] ?? 0),
  );
  const kept = new Set(order.slice(0, groupsForRows(order, strataSizes(group), trainRows)));
  return int32Where(train, (_, i) => kept.has(group[i] ?? -1));
}

/** Length of the prefix whose rows are nearest to the wanted number; at least one group. */
function groupsForRows(order: readonly number[], sizes: Int32Array, wanted: number): number {
  let rows = 0;
  for (const [taken, g] of order.entries()) {
    const more = rows + (sizes[g] ?? 0);
    if (taken > 0 && Math.abs(more - wanted) >= Math.abs(rows - wanted)) return taken;
    rows = more;
  }
  return order.length;
}
