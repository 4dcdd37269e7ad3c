export interface Shuffling {
  readonly rows: number;
  readonly repeats: number;
  readonly better: "higher" | "lower";
  /** Uniform numbers in [0, 1). */
  readonly uniform: () => number;
  /** Score without shuffling. */
  readonly whole: number;
  /** Score when the feature's value in row i is that of row order[i]. `order` is used again: it must not be kept. */
  scoreOf(order: Int32Array): number;
}

/**
 * Loss of score, shuffle by shuffle, when a feature's values are shuffled among the rows (Breiman 2001; Fisher, Rudin and Dominici 2019); positive: the
 * feature helps. The one permutation importance of the house: of trees on a matrix, and of whole pipelines on raw columns.
 */
export function shuffledDrops({ rows, repeats, better, uniform, whole, scoreOf }: Shuffling): Float64Array {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  return Float64Array.from({ length: repeats }, () => {
    for (let i = rows - 1; i > 0; i--) {
      const j = Math.floor(uniform() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    const shuffled = scoreOf(order);
    return better === "higher" ? whole - shuffled : shuffled - whole;
  });
}
