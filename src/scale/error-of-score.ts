import type { Metric } from "../core/metric.ts";

type Direction = Pick<Metric, "better" | "best">;

/**
 * Distance from the best possible score, so that curves of every metric fall towards a floor >= 0: 1 - AUC, 1 - R2, log loss and RMSE as they
 * are. @throws RangeError when the metric has no finite best score.
 */
export function errorOfScore({ better, best }: Direction, score: number): number {
  if (!Number.isFinite(best)) throw new RangeError("a learning curve needs a metric with a finite best score");
  return Math.max(0, better === "higher" ? best - score : score - best);
}

/** How much the score moves when the error falls by `gain`. */
export function scoreGain({ better }: Direction, gain: number): number {
  return better === "higher" ? gain : -gain;
}
