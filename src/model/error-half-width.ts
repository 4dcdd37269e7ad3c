import type { Judged } from "../core/metric.ts";

/**
 * The half-width that held a share `coverage` of the out-of-fold errors: the ceil((n + 1) coverage)-th smallest absolute residual, by weight. It describes
 * these errors. It is no conformal interval with a guarantee: that would need the models of the folds at prediction time (CV+, Barber et al. 2021), while
 * here one model trained on all rows answers. Null for other tasks and when there are too few rows for the coverage. repeats: how often each row is there, with its share of the weight.
 */
export function errorHalfWidth({ task, truth, outputs, weight }: Judged, repeats = 1, coverage = 0.9): number | null {
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
