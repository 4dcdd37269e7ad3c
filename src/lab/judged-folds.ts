import type { Outcome } from "../core/experiment.ts";
import type { GroupNames, SplitPolicy } from "../core/split.ts";
import { int32Where } from "../core/typed-from.ts";
import type { Ground } from "./ground.ts";
import { inOrder } from "./split/order.ts";

/** The rows that one fold judged. */
export interface JudgedFold {
  /** Places among the judged rows, in the order of the policy; group by group where they have groups. */
  readonly places: Int32Array;
  /** Places in `places` where the key of the order changes; null = no order. Without order and groups every row stands alone. */
  readonly changes: Int32Array | null;
  /** Places in `places` where a group, or a row without one, starts; null = no groups. */
  readonly groups: Int32Array | null;
}

type PeriodPolicy = Extract<SplitPolicy, { readonly policy: "time" | "blocks" }>;

/** Folds that differ as periods do, and so are no sample of folds. */
export function arePeriods(split: SplitPolicy): split is PeriodPolicy {
  return split.policy === "time" || split.policy === "blocks";
}

/** The order along which judged rows remember their neighbours; null where they do not. */
export function orderOfSplit(split: SplitPolicy): { readonly by: string | null } | null {
  return arePeriods(split) ? { by: split.by } : split.policy === "given" ? (split.order ?? null) : null;
}

/** What names the groups of judged rows that are independent of one another; null where rows have none. */
export function groupsOfSplit(split: SplitPolicy): GroupNames | null {
  return split.policy === "group" ? split : split.policy === "given" ? (split.groups ?? null) : null;
}

/**
 * The judged rows of policies whose folds are periods, or one given test set: such folds are not exchangeable, and what is known of the spread
 * comes from their rows. Null for all other policies, and when the order or the groups are not known.
 */
export function judgedFolds(
  { experiment: { split }, folds, outOfFold: { rows } }: Pick<Outcome, "experiment" | "folds" | "outOfFold">,
  ground: Ground,
): JudgedFold[] | null {
  const places = rows.map((_, place) => place);
  if (split.policy === "given" && (folds.length !== 1 || rows.length === 0)) return null;
  const order = orderOfSplit(split);
  if (order === null) return split.policy === "given" ? oneFold(rows, groupsOfSplit(split), ground) : null;
  const { by } = order;
  const orderOf = ground.order ?? (by === null ? () => Float64Array.from(ground.truth.keys()) : null);
  if (orderOf === null || folds.reduce((sum, { testRows }) => sum + testRows, 0) !== rows.length) return null;
  const keys = orderOf(by);
  const ordered = inOrder({ order: () => Float64Array.from(rows, (row) => keys[row] ?? Number.NaN) }, by, places);
  let end = 0;
  return folds.map(({ testRows }) => {
    const start = end;
    end += testRows;
    const changes = int32Where(ordered.changes, (place) => place > start && place < end).map((place) => place - start);
    return { places: ordered.rows.slice(start, end), changes, groups: null };
  });
}

function oneFold(rows: Int32Array, named: GroupNames | null, ground: Ground): JudgedFold[] | null {
  if (named === null) return [{ places: rows.map((_, place) => place), changes: null, groups: null }];
  const keys = ground.groups?.(named.by, named.cut);
  return keys === undefined ? null : [foldOfGroups(rows.map((row) => keys[row] ?? -1))];
}

/** One fold of judged rows in groups. keys: by place; negative = the row stands alone. */
export function foldOfGroups(keys: Int32Array): JudgedFold {
  const keyAt = (place: number) => keys[place] ?? -1;
  const sorted = keys.map((_, place) => place).sort((a, b) => keyAt(a) - keyAt(b) || a - b);
  const starts = int32Where(
    sorted.map((_, i) => i),
    (i) => i === 0 || keyAt(sorted[i] ?? -1) < 0 || keyAt(sorted[i] ?? -1) !== keyAt(sorted[i - 1] ?? -1),
  );
  return { places: sorted, changes: null, groups: starts };
}
