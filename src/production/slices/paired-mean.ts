import { tCdf } from "../../stats/index.ts";

export interface PairedMean {
  readonly mean: number;
  readonly se: number;
  /** One-sided p of "not above 0": t with clusters - 1 degrees of freedom. */
  readonly p: number;
}

/** Where several rows belong to one entity, entities are the independent units. */
export interface Clustering {
  readonly weight: Float64Array | null;
  /** Entity of each row of the frame; negative = alone. null = all rows stand alone. */
  readonly groups: Int32Array | null;
}

/**
 * Weighted mean of the differences d at these rows, with a cluster-robust standard error. d: by place in `rows`.
 */
export function pairedMean(d: Float64Array, rows: Int32Array, clustering: Clustering): PairedMean {
  const own = sumsByCluster(d, rows, clustering);
  const [sum, total] = own.reduce(([s, w], cluster) => [s + cluster.sum, w + cluster.weight], [0, 0]);
  const mean = sum / total;
  const squares = own.reduce((all, cluster) => all + (cluster.sum - mean * cluster.weight) ** 2, 0);
  return meanWithError(mean, Math.sqrt(squares) / total, own.length);
}

interface ClusterSums {
  /** The entity; negative: a row that stands alone. */
  readonly key: number;
  /** Of weight x value, and of weight. */
  sum: number;
  weight: number;
}

export type SumsByCluster = readonly Readonly<ClusterSums>[];

export function sumsByCluster(values: Float64Array, rows: Int32Array, { weight, groups }: Clustering): SumsByCluster {
  const known = new Map<number, ClusterSums>();
  const clusters: ClusterSums[] = [];
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] ?? 0;
    const key = groups?.[row] ?? -1;
    const w = weight?.[row] ?? 1;
    const own = key < 0 ? undefined : known.get(key);
    if (own !== undefined) {
      own.sum += w * (values[place] ?? 0);
      own.weight += w;
      continue;
    }
    const cluster = { key, sum: w * (values[place] ?? 0), weight: w };
    clusters.push(cluster);
    if (key >= 0) known.set(key, cluster);
  }
  return clusters;
}

/** Sums over all clusters that let a part be compared with the rest without going through the rest. */
export interface WholeSums {
  readonly count: number;
  /** Clusters that may have rows on both sides. */
  readonly byKey: ReadonlyMap<number, Readonly<ClusterSums>>;
  readonly sum: number;
  readonly weight: number;
  /** Over clusters: sum^2, sum x weight, weight^2. */
  readonly squares: readonly [number, number, number];
}

export function wholeSums(values: Float64Array, clustering: Clustering): WholeSums {
  const rows = Int32Array.from(values, (_, row) => row);
  const clusters = sumsByCluster(values, rows, clustering);
  let [sum, weight, ss, sw, ww] = [0, 0, 0, 0, 0];
  for (const own of clusters) {
    sum += own.sum;
    weight += own.weight;
    ss += own.sum ** 2;
    sw += own.sum * own.weight;
    ww += own.weight ** 2;
  }
  const byKey = new Map(clusters.filter(({ key }) => key >= 0).map((own) => [own.key, own]));
  return { count: clusters.length, byKey, sum, weight, squares: [ss, sw, ww] };
}

/**
 * Mean of a part less the mean of the rest. A cluster counts as one unit also where it has rows on both sides: its share of the difference is
 * (a - m b) / W of the part less that of the rest, and the variance is the sum of their squares.
 */
export function againstRest(part: SumsByCluster, whole: WholeSums): PairedMean {
  let [sum, weight] = [0, 0];
  for (const own of part) {
    sum += own.sum;
    weight += own.weight;
  }
  const restWeight = whole.weight - weight;
  const [mean, rest] = [sum / weight, (whole.sum - sum) / restWeight];
  const [ss, sw, ww] = whole.squares;
  // As if no cluster were in the part; those that are get their own term below.
  let squares = (ss - 2 * rest * sw + rest * rest * ww) / restWeight ** 2;
  for (const own of part) {
    const all = whole.byKey.get(own.key) ?? own;
    const without = (all.sum - rest * all.weight) / restWeight;
    const share = (own.sum - mean * own.weight) / weight - (all.sum - own.sum - rest * (all.weight - own.weight)) / restWeight;
    squares += share ** 2 - without ** 2;
  }
  return meanWithError(mean - rest, Math.sqrt(Math.max(0, squares)), whole.count);
}

/** G / (G - 1) for the clusters that were counted in the root of the squares. */
function meanWithError(mean: number, root: number, clusters: number): PairedMean {
  const se = clusters < 2 ? Number.NaN : root * Math.sqrt(clusters / (clusters - 1));
  const p = Number.isNaN(se) || Number.isNaN(mean) ? 1 : se > 0 ? tCdf(-mean / se, clusters - 1) : mean > 0 ? 0 : 1;
  return { mean, se, p };
}
