import { float64From } from "../../core/typed-from.ts";
import { strataSizes } from "./strata.ts";

/** How many rows of each stratum each group holds, sparse. The last stratum stands for all rows, so that sizes are balanced as well. */
export interface GroupCounts {
  readonly groups: number;
  /** Rows of each stratum over all groups. */
  readonly totals: Float64Array;
  /** Cells of group g: starts[g] up to starts[g + 1]. */
  readonly starts: Int32Array;
  readonly stratum: Int32Array;
  readonly count: Int32Array;
}

/** `group` and `strata` are aligned; groups are numbered 0..groups-1 and none is empty. */
export function groupCounts(group: Int32Array, groups: number, strata: Int32Array): GroupCounts {
  const sizes = strataSizes(strata);
  const totals = Float64Array.of(...sizes, strata.length);
  const width = totals.length;
  const keys = float64From(group, (g, i) => g * width + (strata[i] ?? 0)).sort();
  const [stratum, count] = [new Int32Array(keys.length + groups), new Int32Array(keys.length + groups)];
  const starts = new Int32Array(groups + 1);
  let cell = -1;
  let row = 0;
  for (let g = 0; g < groups; g++) {
    const first = row;
    for (; row < keys.length && (keys[row] ?? 0) < (g + 1) * width; row++) {
      if (row === first || keys[row] !== keys[row - 1]) stratum[++cell] = (keys[row] ?? 0) - g * width;
      count[cell] = (count[cell] ?? 0) + 1;
    }
    stratum[++cell] = width - 1;
    count[cell] = row - first;
    starts[g + 1] = cell + 1;
  }
  return { groups, totals, starts, stratum: stratum.slice(0, cell + 1), count: count.slice(0, cell + 1) };
}

/** Largest share of any stratum that each group holds, in (0, 1]. */
export function largestShares({ groups, starts, stratum, count, totals }: GroupCounts): Float64Array {
  const shares = new Float64Array(groups);
  for (let g = 0; g < groups; g++) {
    for (let cell = starts[g] ?? 0; cell < (starts[g + 1] ?? 0); cell++) {
      shares[g] = Math.max(shares[g] ?? 0, (count[cell] ?? 0) / (totals[stratum[cell] ?? 0] ?? 1));
    }
  }
  return shares;
}
