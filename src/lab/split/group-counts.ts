import { strataSizes } from "./strata.ts";

/** How many rows of each stratum each group holds, sparse. The last stratum stands for all rows, so that sizes are balanced as well. */
export interface GroupCounts {
  readonly groups: number;
  /** Rows of each stratum over all groups. */
  readonly totals: Float64Array;
  /** Largest share of any stratum that the group holds, in (0, 1]. */
  readonly largestShare: Float64Array;
  each(group: number, visit: (stratum: number, count: number) => void): void;
}

/** `group` and `strata` are aligned; groups are numbered 0..groups-1 and none is empty. */
export function groupCounts(group: Int32Array, groups: number, strata: Int32Array): GroupCounts {
  const sizes = strataSizes(strata);
  const all = sizes.length;
  const totals = Float64Array.of(...sizes, strata.length);
  const counts = Array.from({ length: groups }, () => new Map<number, number>());
  group.forEach((g, i) => {
    const ofGroup = counts[g];
    for (const stratum of [strata[i] ?? 0, all]) ofGroup?.set(stratum, (ofGroup.get(stratum) ?? 0) + 1);
  });
  const largestShare = Float64Array.from(counts, (ofGroup) =>
    [...ofGroup].reduce((most, [stratum, count]) => Math.max(most, count / (totals[stratum] ?? 1)), 0),
  );
  return {
    groups,
    totals,
    largestShare,
    each: (g, visit) => {
      counts[g]?.forEach((count, stratum) => {
        visit(stratum, count);
      });
    },
  };
}
