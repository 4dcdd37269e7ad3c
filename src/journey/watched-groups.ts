import type { Frame } from "../core/column.ts";
import type { FindingsFile } from "../core/finding.ts";
import type { GroupNames } from "../core/split.ts";
import { groupKeysOf } from "../lab/index.ts";
import type { WatchedGroups } from "../production/index.ts";

/** What names the groups by whole ones of which the run judged; null where it did not. */
export function groupingOf({ dataset: { split } }: Pick<FindingsFile, "dataset">): GroupNames | null {
  if (split.policy !== "group") return null;
  const { columns, cut } = split.by as { readonly columns: readonly string[]; readonly cut?: string };
  return cut === undefined ? { by: columns } : { by: columns, cut };
}

/** The groups of these rows of a watched file. */
export function watchedGroups(frame: Frame, rows: Int32Array, grouping: GroupNames | null): WatchedGroups | null {
  if (grouping === null) return null;
  const { by, cut } = grouping;
  const areThere = by.every((name) => frame.columns.some((column) => column.name === name));
  if (!areThere) return { by, of: null };
  const keys = groupKeysOf(frame, by, cut);
  return { by, of: rows.map((row) => keys[row] ?? -1) };
}
