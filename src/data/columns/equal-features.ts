import type { AuditContext } from "../check.ts";
import { featuresOf } from "./features.ts";
import { groupsOf, rowHash } from "./row-hash.ts";

/** Rows that are equal in all features, once per audit. Groups are numbered by their first rows. */
export type EqualRows = ReturnType<typeof groupsOf>;

export function equalFeatures(context: AuditContext): EqualRows {
  return context.shared("equal rows of features", () => groupsOf(rowHash(featuresOf(context), context.frame.rows)));
}

/** Pairs of rows that are equal in all features. */
export function equalFeaturePairs(context: AuditContext): number {
  let pairs = 0;
  for (const size of equalFeatures(context).sizes) pairs += (size * (size - 1)) / 2;
  return pairs;
}

/** Of each group the first row, ascending. */
export function firstOfEach({ group, sizes }: EqualRows): Int32Array {
  const first = new Int32Array(sizes.length);
  let seen = 0;
  for (let row = 0; row < group.length; row++) if (group[row] === seen) first[seen++] = row;
  return first;
}
