import type { Comparison } from "../core/comparison.ts";
import type { Judged } from "../core/metric.ts";
import { takeJudged } from "../metrics/index.ts";
import { crossFit } from "./partition.ts";

interface Counts {
  truePositive: number;
  falsePositive: number;
  falseNegative: number;
}

/**
 * P(positive) from which a row is called positive: best F1 on out-of-fold predictions. Precision and recall are cross-fitted: each
 * part is judged at the threshold that the other parts of its repeat chose. Null for other tasks and when only one class is there.
 */
export function chooseThreshold(judged: Judged, parts: Int32Array, repeats = 1): Comparison["threshold"] {
  const isMixed = judged.truth.some((label) => label === 1) && judged.truth.some((label) => label === 0);
  if (judged.task.kind !== "binary" || !isMixed) return null;
  const counts: Counts = { truePositive: 0, falsePositive: 0, falseNegative: 0 };
  crossFit(
    parts,
    repeats,
    (places) => bestThreshold(takeJudged(judged, places)),
    (threshold, places) => countAt(takeJudged(judged, places), threshold, counts),
  );
  return {
    value: bestThreshold(judged),
    why: "best F1 on rows the model had not seen",
    precision: share(counts.truePositive, counts.falsePositive),
    recall: share(counts.truePositive, counts.falseNegative),
  };
}

/** Precision and recall of a threshold that other rows chose. */
export function ratesAt(judged: Judged, threshold: number): { readonly precision: number; readonly recall: number } {
  const counts: Counts = { truePositive: 0, falsePositive: 0, falseNegative: 0 };
  countAt(judged, threshold, counts);
  return { precision: share(counts.truePositive, counts.falsePositive), recall: share(counts.truePositive, counts.falseNegative) };
}

function share(hits: number, misses: number): number {
  return hits + misses > 0 ? hits / (hits + misses) : 0;
}

function countAt({ truth, outputs, weight }: Judged, threshold: number, counts: Counts): void {
  for (const [row, label] of truth.entries()) {
    const w = weight === null ? 1 : (weight[row] ?? 0);
    const isCalled = (outputs[row] ?? 0) >= threshold;
    if (label === 1 && isCalled) counts.truePositive += w;
    else if (label === 1) counts.falseNegative += w;
    else if (isCalled) counts.falsePositive += w;
  }
}

/** One pass down the sorted probabilities. The threshold lies midway between the last row called positive and the next one. */
function bestThreshold({ truth, outputs, weight }: Judged): number {
  const order = Array.from(truth.keys()).sort((a, b) => (outputs[b] ?? 0) - (outputs[a] ?? 0));
  const w = (row: number) => (weight === null ? 1 : (weight[row] ?? 0));
  const positives = order.reduce((sum, row) => sum + (truth[row] === 1 ? w(row) : 0), 0);
  const worth = (counts: Counts) =>
    (2 * counts.truePositive) / (2 * counts.truePositive + counts.falsePositive + counts.falseNegative || 1);
  const counts: Counts = { truePositive: 0, falsePositive: 0, falseNegative: positives };
  let best = worth(counts);
  let threshold = 1;
  for (const [i, row] of order.entries()) {
    const key = truth[row] === 1 ? "truePositive" : "falsePositive";
    counts[key] += w(row);
    if (key === "truePositive") counts.falseNegative -= w(row);
    const [p, next] = [outputs[row] ?? 0, outputs[order[i + 1] ?? -1] ?? 0];
    if (i + 1 < order.length && next === p) continue;
    const now = worth(counts);
    if (now > best) [best, threshold] = [now, (p + next) / 2];
  }
  return threshold;
}
