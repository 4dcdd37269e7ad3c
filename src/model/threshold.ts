import type { Comparison } from "../core/comparison.ts";
import type { Judged } from "../core/metric.ts";
import type { ThresholdRates } from "../core/threshold-rates.ts";
import { takeJudged } from "../metrics/index.ts";
import type { Calibration } from "./calibrate.ts";
import { type Calibrator, calibrate, NO_CALIBRATION } from "./calibrator.ts";
import { crossFit, type Parts } from "./partition.ts";

interface Counts {
  truePositive: number;
  falsePositive: number;
  falseNegative: number;
}

/**
 * P(positive) from which a row is called positive: best F1 on out-of-fold predictions. Precision and recall are cross-fitted: each
 * part is judged at the threshold that the other parts of its repeat chose; 0 / 0 is NaN. Null for other tasks, when only one class is there, and when all rows
 * of each part get one answer: no threshold parts what the model does not.
 */
export function chooseThreshold(judged: Judged, parts: Parts, repeats = 1): Comparison["threshold"] {
  if (!isMixed(judged) || isOneAnswer(judged, parts)) return null;
  const counts: Counts = { truePositive: 0, falsePositive: 0, falseNegative: 0 };
  crossFit(
    parts,
    repeats,
    (places) => bestThreshold(takeJudged(judged, places)),
    (threshold, places) => countAt(takeJudged(judged, places), threshold, counts),
  );
  return { value: bestThreshold(judged), why: WHY, ...ratesOf(counts) };
}

/**
 * The same for periods. Precision and recall are of all periods but the first, each at the threshold that the earlier ones chose on the answers that the
 * calibrator then in use gives to them. raw: answers without calibration.
 */
export function chooseThresholdForPeriods(raw: Judged, parts: Parts, calibration: Calibration): Comparison["threshold"] {
  if (!isMixed(raw) || isOneAnswer(raw, parts)) return null;
  const counts: Counts = { truePositive: 0, falsePositive: 0, falseNegative: 0 };
  const best = (seen: Judged, by: Calibrator) => bestThreshold({ ...seen, outputs: calibrate(by, seen.outputs) });
  crossFit(
    parts,
    1,
    (earlier, part) => best(takeJudged(raw, earlier), calibration.inUse.get(part) ?? NO_CALIBRATION),
    (threshold, places) => countAt(takeJudged({ ...raw, outputs: calibration.outputs }, places), threshold, counts),
  );
  return { value: best(raw, calibration.calibrator), why: WHY, ...ratesOf(counts) };
}

const WHY = "best F1 on rows the model had not seen";

function isMixed({ task, truth }: Judged): boolean {
  return task.kind === "binary" && truth.some((label) => label === 1) && truth.some((label) => label === 0);
}

/** What differs is the model of each fold, not the rows. */
function isOneAnswer({ outputs }: Judged, { of }: Parts): boolean {
  const first = new Map<number, number>();
  return outputs.every((output, place) => {
    const part = of[place] ?? 0;
    if (!first.has(part)) first.set(part, output);
    return first.get(part) === output;
  });
}

/** Precision and recall of a threshold that other rows chose. */
export function ratesAt(judged: Judged, threshold: number): ThresholdRates {
  const counts: Counts = { truePositive: 0, falsePositive: 0, falseNegative: 0 };
  countAt(judged, threshold, counts);
  return ratesOf(counts);
}

function ratesOf({ truePositive, falsePositive, falseNegative }: Counts): ThresholdRates {
  return { precision: share(truePositive, falsePositive), recall: share(truePositive, falseNegative) };
}

function share(hits: number, misses: number): number {
  return hits + misses > 0 ? hits / (hits + misses) : Number.NaN;
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
