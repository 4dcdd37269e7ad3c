import type { CalibrationSummary } from "../core/comparison.ts";
import type { Judged } from "../core/metric.ts";
import { outputsOf } from "../core/task.ts";
import { calibrationOf, lossPerRow, takeJudged } from "../metrics/index.ts";
import { clusteredSum } from "../stats/index.ts";
import { type Calibrator, calibrate, fitCalibrator, NO_CALIBRATION } from "./calibrator.ts";
import { firstRepeat } from "./out-of-fold.ts";
import { crossFit } from "./partition.ts";

export interface Calibration {
  /** Fitted on all out-of-fold predictions, of all repeats: for new rows. */
  readonly calibrator: Calibrator;
  /** Out-of-fold predictions, each calibrated without its own part: for honest numbers. */
  readonly outputs: Float64Array;
  readonly summary: CalibrationSummary;
}

/** Below this many rows of the rarest class isotonic regression follows the noise (Niculescu-Mizil and Caruana 2005 put it near 1,000 rows). */
const ROWS_FOR_ISOTONIC = 1000;

/** Standard errors by which a method must lower the log loss. */
const SHOWN = 1.96;

/**
 * Makes out-of-fold probabilities mean what they say. Platt or isotonic, whichever lowers the cross-fitted log loss more; "none" unless the gain
 * is beyond its error. judged: out-of-fold outputs, repeat after repeat. parts: part of each (`partsOfRows`). The summary is of the first repeat, where each
 * row is judged once, by one model. groups: of the rows of one repeat, where they come in groups. @throws RangeError for regression.
 */
export function calibrateOutOfFold(judged: Judged, parts: Int32Array, repeats = 1, groups: Int32Array | null = null): Calibration {
  const methods: Calibrator["method"][] = judged.truth.length >= ROWS_FOR_ISOTONIC * repeats ? ["platt", "isotonic"] : ["platt"];
  const losses = lossPerRow(judged.task, judged);
  let best: { method: Calibrator["method"]; outputs: Float64Array; gain: number } = { method: "none", outputs: judged.outputs, gain: 0 };
  for (const method of hasBothSides(judged) ? methods : []) {
    const outputs = crossCalibrated(judged, parts, repeats, method);
    const { gain, se } = gainOf(losses, lossPerRow(judged.task, { ...judged, outputs }), judged.weight, repeats, groups);
    if (gain > SHOWN * se && gain > best.gain) best = { method, outputs, gain };
  }
  const calibrator =
    best.method === "none" ? NO_CALIBRATION : fitCalibrator(best.method, judged.task, judged.truth, judged.outputs, judged.weight, repeats);
  const [before, after] = [firstRepeat(judged, repeats), firstRepeat({ ...judged, outputs: best.outputs }, repeats)];
  return { calibrator, outputs: best.outputs, summary: summaryOf(best.method, before, after, groups) };
}

function hasBothSides({ truth }: Judged): boolean {
  return truth.some((label) => label !== truth[0]);
}

function crossCalibrated(judged: Judged, parts: Int32Array, repeats: number, method: Calibrator["method"]): Float64Array {
  const width = outputsOf(judged.task);
  const meant = new Float64Array(judged.outputs.length);
  crossFit(
    parts,
    repeats,
    (places) => {
      const { task, truth, outputs, weight } = takeJudged(judged, places);
      return fitCalibrator(method, task, truth, outputs, weight, repeats);
    },
    (calibrator, places) => {
      const own = calibrate(calibrator, takeJudged(judged, places).outputs);
      for (const [i, place] of places.entries()) meant.set(own.subarray(i * width, (i + 1) * width), place * width);
    },
  );
  return meant;
}

/** Weighted mean over rows of the falls in loss, each the mean of its repeats, and its standard error, by groups where rows come in groups. */
function gainOf(
  before: Float64Array,
  after: Float64Array,
  weight: Float64Array | null,
  repeats: number,
  groups: Int32Array | null,
): { gain: number; se: number } {
  const w = (row: number) => (weight === null ? 1 : (weight[row] ?? 0));
  const rows = before.length / repeats;
  const falls = new Float64Array(rows);
  before.forEach((loss, i) => {
    falls[i % rows] = (falls[i % rows] ?? 0) + (loss - (after[i] ?? 0)) / repeats;
  });
  const total = falls.reduce((sum, _, row) => sum + w(row), 0);
  const gain = falls.reduce((sum, fall, row) => sum + w(row) * fall, 0) / total;
  const { se } = clusteredSum(
    falls.map((fall, row) => w(row) * (fall - gain)),
    groups,
  );
  // One group shows no spread: then no gain is beyond its error.
  return { gain, se: Number.isNaN(se) ? Number.POSITIVE_INFINITY : se / total };
}

export function summaryOf(method: Calibrator["method"], before: Judged, after: Judged, groups: Int32Array | null): CalibrationSummary {
  const [was, is] = [calibrationOf(before, groups), calibrationOf(after, groups)];
  return {
    method,
    before: { logLoss: was.logLoss, brier: was.brier, ece: was.ece },
    after: { logLoss: is.logLoss, brier: is.brier, ece: is.ece },
    bins: is.bins,
    p: is.p,
  };
}
