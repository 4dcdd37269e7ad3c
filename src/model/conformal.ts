import type { Judged } from "../core/metric.ts";

/**
 * Half-width of a prediction interval for single rows, from out-of-fold residuals: their ceil((n + 1) coverage)-th smallest absolute value, by
 * weight. Split-conformal over folds (Barber et al. 2021, CV+): at least `coverage` on average over rows like these, not for every kind of row, and not under
 * drift. Null for other tasks and when there are too few rows for the coverage. repeats: how often each row is there, with its share of the weight.
 */
export function conformalHalfWidth({ task, truth, outputs, weight }: Judged, repeats = 1, coverage = 0.9): number | null {
  if (task.kind !== "regression") return null;
  const misses = Array.from(truth, (value, row) => ({
    miss: Math.abs(value - (outputs[row] ?? 0)),
    w: weight === null ? 1 : (weight[row] ?? 0),
  }))
    .filter(({ w }) => w > 0)
    .sort((a, b) => a.miss - b.miss);
  // The new row stands in with the mean weight: (n + 1) coverage of n + 1 rows.
  const total = misses.reduce((sum, { w }) => sum + w, 0);
  const wanted = coverage * (total + (total * repeats) / misses.length);
  let below = 0;
  for (const { miss, w } of misses) {
    below += w;
    if (below >= wanted - 1e-9) return miss;
  }
  return null;
}
