import { normalCdf } from "../../stats/index.ts";

export interface PairedMean {
  readonly mean: number;
  readonly se: number;
  /** One-sided p of "not above 0". */
  readonly p: number;
}

/**
 * Weighted mean of the differences d at these rows, with a standard error that is robust to clusters (several rows of one entity; negative = alone).
 * d: by place in `rows`.
 */
export function pairedMean(d: Float64Array, rows: Int32Array, weight: Float64Array | null, groups: Int32Array | null): PairedMean {
  const weightAt = (place: number) => (weight === null ? 1 : (weight[rows[place] ?? 0] ?? 0));
  let [sum, total] = [0, 0];
  for (const [place, value] of d.entries()) {
    sum += weightAt(place) * value;
    total += weightAt(place);
  }
  const mean = sum / total;
  if (groups === null) return result(mean, squaresAlone(d, mean, weightAt), d.length, total);
  const ofCluster = new Map<number, number>();
  for (const [place, value] of d.entries()) {
    const row = rows[place] ?? 0;
    const group = groups[row] ?? -1;
    const key = group < 0 ? -1 - row : group;
    ofCluster.set(key, (ofCluster.get(key) ?? 0) + weightAt(place) * (value - mean));
  }
  const squares = [...ofCluster.values()].reduce((all, one) => all + one * one, 0);
  return result(mean, squares, ofCluster.size, total);
}

function squaresAlone(d: Float64Array, mean: number, weightAt: (place: number) => number): number {
  let squares = 0;
  for (const [place, value] of d.entries()) squares += (weightAt(place) * (value - mean)) ** 2;
  return squares;
}

function result(mean: number, squares: number, clusters: number, total: number): PairedMean {
  const se = clusters < 2 ? Number.NaN : Math.sqrt((squares * clusters) / (clusters - 1)) / total;
  const p = Number.isNaN(se) || Number.isNaN(mean) ? 1 : se > 0 ? normalCdf(-mean / se) : mean > 0 ? 0 : 1;
  return { mean, se, p };
}
