/**
 * q values of Benjamini and Hochberg (1995): calling all with q <= a keeps the expected share of false calls at a. NaN p values (not
 * tested) stay NaN and do not count.
 */
export function falseDiscoveryQ(p: ArrayLike<number>): Float64Array {
  const tested = Array.from({ length: p.length }, (_, i) => i).filter((i) => !Number.isNaN(p[i]));
  tested.sort((a, b) => p[b]! - p[a]!);
  const q = new Float64Array(p.length).fill(Number.NaN);
  let least = 1;
  tested.forEach((index, place) => {
    least = Math.min(least, (p[index]! * tested.length) / (tested.length - place));
    q[index] = least;
  });
  return q;
}

/**
 * Level for the intervals of `selected` parameters picked out of `tests`, so that the false coverage rate stays at `q`
 * (Benjamini and Yekutieli 2005, doi:10.1198/016214504000001907): 1 - selected q / tests.
 */
export function falseCoverageLevel(selected: number, tests: number, q: number): number {
  return tests === 0 ? 1 - q : 1 - (selected * q) / tests;
}
