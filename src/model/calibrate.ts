import type { CalibrationSummary } from "../core/comparison.ts";
import type { Judged } from "../core/metric.ts";
import { outputsOf } from "../core/task.ts";
import { calibrationOf, lossPerRow, takeJudged } from "../metrics/index.ts";
import { clusteredSum } from "../stats/index.ts";
import { type Calibrator, calibrate, fitCalibrator, NO_CALIBRATION } from "./calibrator.ts";
import { firstRepeat } from "./out-of-fold.ts";
import { crossFit, type Parts, partsWithin } from "./partition.ts";

export interface Calibration {
  /** Fitted on all out-of-fold predictions, of all repeats: for new rows. */
  readonly calibrator: Calibrator;
  /** Out-of-fold predictions, each calibrated without its own part, of periods by earlier ones; as they were at places that are not `calibrated`. */
  readonly outputs: Float64Array;
  /** Places of the first repeat with an honest calibrated answer: all, but of periods not the first, which has no earlier one. */
  readonly calibrated: Int32Array;
  /** Of periods: what would have been in use in each, by its number. Empty for parts that are no periods. */
  readonly inUse: ReadonlyMap<number, Calibrator>;
  /** Of the `calibrated` places; the method is that of `calibrator`. */
  readonly summary: CalibrationSummary;
}

/** Below this many rows of the rarest class isotonic regression follows the noise (Niculescu-Mizil and Caruana 2005 put it near 1,000 rows). */
const ROWS_FOR_ISOTONIC = 1000;

/** Standard errors by which a method must lower the log loss. */
const SHOWN = 1.96;

/**
 * Makes out-of-fold probabilities mean what they say. Platt or isotonic, whichever lowers the cross-fitted log loss more; "none" unless the gain
 * is beyond its error. For periods all of this is done anew before each of them, with the earlier ones. judged: out-of-fold outputs, repeat after repeat.
 * parts: part of each (`partsOfRows`). The summary is of the first repeat, where each row is judged once, by one model. groups: of the rows of one repeat,
 * where they come in groups; groupsBefore: of the rows before a period, where groups hang on labels and so must not be those of all rows.
 * @throws RangeError for regression.
 */
export function calibrateOutOfFold(
  judged: Judged,
  parts: Parts,
  repeats = 1,
  groups: Int32Array | null = null,
  groupsBefore: (earlier: Int32Array, part: number) => Int32Array | null = (earlier) => takeGroups(groups, earlier),
): Calibration {
  const learned = learnCalibrator(judged, parts, repeats, groups);
  if (parts.arePeriods) return calibratePeriods(judged, parts, learned.calibrator, groups, groupsBefore);
  const [before, after] = [firstRepeat(judged, repeats), firstRepeat({ ...judged, outputs: learned.outputs }, repeats)];
  return {
    ...learned,
    calibrated: Int32Array.from(before.truth.keys()),
    inUse: new Map(),
    summary: summaryOf(learned.calibrator.method, before, after, groups),
  };
}

function takeGroups(groups: Int32Array | null, places: Int32Array): Int32Array | null {
  return groups && places.map((place) => groups[place] ?? -1);
}

/** What each period would have met: the method chosen and the curve fitted on the periods before it. Periods have no repeats. */
function calibratePeriods(
  judged: Judged,
  parts: Parts,
  calibrator: Calibrator,
  groups: Int32Array | null,
  groupsBefore: (earlier: Int32Array, part: number) => Int32Array | null,
): Calibration {
  const inUse = new Map<number, Calibrator>();
  const outputs = judged.outputs.slice();
  const places: number[] = [];
  crossFit(
    parts,
    1,
    (earlier, part) => {
      const { calibrator: own } = learnCalibrator(takeJudged(judged, earlier), partsWithin(parts, earlier), 1, groupsBefore(earlier, part));
      inUse.set(part, own);
      return own;
    },
    (learned, own) => {
      writeCalibrated(learned, judged, own, outputs);
      for (const place of own) places.push(place);
    },
  );
  const calibrated = Int32Array.from(places).sort();
  const [before, after] = [takeJudged(judged, calibrated), takeJudged({ ...judged, outputs }, calibrated)];
  return { calibrator, outputs, calibrated, inUse, summary: summaryOf(calibrator.method, before, after, takeGroups(groups, calibrated)) };
}

/** The calibrator of the method that lowers the cross-fitted loss most, fitted on all, and the cross-fitted outputs of that method. */
function learnCalibrator(
  judged: Judged,
  parts: Parts,
  repeats: number,
  groups: Int32Array | null,
): { readonly calibrator: Calibrator; readonly outputs: Float64Array } {
  const asEquals = { ...parts, arePeriods: false };
  const methods: Calibrator["method"][] = judged.truth.length >= ROWS_FOR_ISOTONIC * repeats ? ["platt", "isotonic"] : ["platt"];
  const losses = lossPerRow(judged.task, judged);
  let best: { method: Calibrator["method"]; outputs: Float64Array; gain: number } = { method: "none", outputs: judged.outputs, gain: 0 };
  for (const method of hasBothSides(judged) ? methods : []) {
    const outputs = crossCalibrated(judged, asEquals, repeats, method);
    const { gain, se } = gainOf(losses, lossPerRow(judged.task, { ...judged, outputs }), judged.weight, repeats, groups);
    if (gain > SHOWN * se && gain > best.gain) best = { method, outputs, gain };
  }
  const calibrator =
    best.method === "none" ? NO_CALIBRATION : fitCalibrator(best.method, judged.task, judged.truth, judged.outputs, judged.weight, repeats);
  return { calibrator, outputs: best.outputs };
}

function hasBothSides({ truth }: Judged): boolean {
  return truth.some((label) => label !== truth[0]);
}

function crossCalibrated(judged: Judged, parts: Parts, repeats: number, method: Calibrator["method"]): Float64Array {
  const meant = new Float64Array(judged.outputs.length);
  crossFit(
    parts,
    repeats,
    (places) => {
      const { task, truth, outputs, weight } = takeJudged(judged, places);
      return fitCalibrator(method, task, truth, outputs, weight, repeats);
    },
    (calibrator, places) => writeCalibrated(calibrator, judged, places, meant),
  );
  return meant;
}

function writeCalibrated(calibrator: Calibrator, judged: Judged, places: Int32Array, into: Float64Array): void {
  const width = outputsOf(judged.task);
  const own = calibrate(calibrator, takeJudged(judged, places).outputs);
  for (const [i, place] of places.entries()) into.set(own.subarray(i * width, (i + 1) * width), place * width);
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
