import { tTwoSidedP } from "./student-t.ts";

export interface ClusteredSum {
  readonly sum: number;
  /** Cluster-robust standard error; NaN with fewer than two clusters. */
  readonly se: number;
  readonly clusters: number;
  /** Two-sided, of expectation 0: t with clusters - 1 degrees of freedom; 1 when nothing is known of the spread. */
  readonly p: number;
}

/**
 * Sum of scores over rows that come in clusters, which are the independent units (Liang and Zeger 1986; Cameron and Miller 2015): variance
 * G / (G - 1) sum over clusters of (sum of its scores)^2, t with G - 1 degrees of freedom. Scores are taken about their expectation under what is tested,
 * or about their mean. With few clusters (below about 30) the test still rejects somewhat too often. groups: cluster of each row, negative = the row stands
 * alone; null = all do.
 */
export function clusteredSum(scores: ArrayLike<number>, groups: Int32Array | null): ClusteredSum {
  const ofCluster = new Map<number, number>();
  let [sum, squares, clusters] = [0, 0, 0];
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    const group = groups === null ? -1 : groups[row]!;
    sum += score;
    if (group >= 0) ofCluster.set(group, (ofCluster.get(group) ?? 0) + score);
    else {
      squares += score * score;
      clusters++;
    }
  }
  for (const own of ofCluster.values()) squares += own * own;
  clusters += ofCluster.size;
  const se = clusters < 2 ? Number.NaN : Math.sqrt((squares * clusters) / (clusters - 1));
  const p = !(se > 0) ? (sum === 0 || Number.isNaN(se) ? 1 : 0) : tTwoSidedP(sum / se, clusters - 1);
  return { sum, se, clusters, p };
}
