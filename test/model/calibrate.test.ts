import { describe, expect, test } from "vitest";
import type { Judged } from "../../src/core/metric.ts";
import { createRandom } from "../../src/core/random.ts";
import { lossPerRow, takeJudged } from "../../src/metrics/index.ts";
import { calibrateOutOfFold } from "../../src/model/calibrate.ts";
import { calibrate, fitCalibrator } from "../../src/model/calibrator.ts";
import type { Parts } from "../../src/model/partition.ts";

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

const fifths = (rows: number): Parts => ({ of: Int32Array.from({ length: rows }, (_, row) => row % 5), arePeriods: false });

/** Truth drawn from p; said = p pushed through a distortion of its logit. */
function distorted(rows: number, distort: (logit: number) => number, seed: number): { judged: Judged; meant: Float64Array; parts: Parts } {
  const random = createRandom(seed, "distorted");
  const logits = Float64Array.from({ length: rows }, () => 1.5 * random.normal() - 1);
  const meant = logits.map(sigmoid);
  const truth = meant.map((p) => (random.next() < p ? 1 : 0));
  const outputs = logits.map((z) => sigmoid(distort(z)));
  const task = { kind: "binary", classes: ["no", "yes"] } as const;
  return { judged: { task, truth, outputs, weight: null }, meant, parts: fifths(rows) };
}

const meanMiss = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

describe("binary", () => {
  test("too confident: mended, and the honest numbers say so", () => {
    const { judged, meant, parts } = distorted(4000, (z) => 3 * z + 1, 1);
    const { summary, outputs, calibrator } = calibrateOutOfFold(judged, parts);
    expect(summary.method).not.toBe("none");
    expect(summary.after.logLoss).toBeLessThan(summary.before.logLoss - 0.05);
    expect(summary.after.ece).toBeLessThan(0.03);
    expect(summary.p).toBeGreaterThan(0.001);
    expect(meanMiss(outputs, meant)).toBeLessThan(0.03);
    expect(meanMiss(calibrate(calibrator, judged.outputs), meant)).toBeLessThan(0.03);
  });

  test("already right: left alone", () => {
    const { judged, parts } = distorted(4000, (z) => z, 2);
    const { summary, outputs, calibrator } = calibrateOutOfFold(judged, parts);
    expect(summary.method).toBe("none");
    expect(summary.after).toEqual(summary.before);
    expect(outputs).toEqual(judged.outputs);
    expect(calibrate(calibrator, judged.outputs)).toEqual(judged.outputs);
  });

  test("few rows: a smooth curve, never steps", () => {
    const { judged, parts } = distorted(300, (z) => 4 * z, 3);
    expect(calibrateOutOfFold(judged, parts).summary.method).toBe("platt");
  });

  test("a bend that no logistic curve has: isotonic", () => {
    const { judged, parts } = distorted(20_000, (z) => (z < -1 ? z : z < 0.5 ? -1 + 0.02 * z : 4 * z), 4);
    expect(calibrateOutOfFold(judged, parts).summary.method).toBe("isotonic");
  });

  test.each(["platt", "isotonic"] as const)("%s never turns the ranking round and stays inside 0..1", (method) => {
    const { judged } = distorted(2000, (z) => -z, 5);
    const calibrator = fitCalibrator(method, judged.task, judged.truth, judged.outputs, null);
    const curve = calibrate(
      calibrator,
      Float64Array.from({ length: 101 }, (_, i) => i / 100),
    );
    expect(curve.every((p) => p > 0 && p < 1)).toBe(true);
    for (let i = 1; i < curve.length; i++) expect(curve[i]!).toBeGreaterThanOrEqual(curve[i - 1]!);
  });

  test("weights count as copies", () => {
    const { judged } = distorted(1500, (z) => 2 * z, 6);
    const twice = (values: Float64Array) => Float64Array.from([...values, ...values]);
    for (const method of ["platt", "isotonic"] as const) {
      const weighted = fitCalibrator(method, judged.task, judged.truth, judged.outputs, new Float64Array(1500).fill(1));
      const plain = fitCalibrator(method, judged.task, judged.truth, judged.outputs, null);
      expect(weighted).toEqual(plain);
    }
    const copied = fitCalibrator("platt", judged.task, twice(judged.truth), twice(judged.outputs), null);
    const weighted = fitCalibrator("platt", judged.task, judged.truth, judged.outputs, new Float64Array(1500).fill(2));
    expect(meanMiss(calibrate(copied, judged.outputs), calibrate(weighted, judged.outputs))).toBeLessThan(1e-9);
  });
});

test("the numbers after calibration are honest: a part's labels do not move its own probabilities", () => {
  const { judged, parts } = distorted(3000, (z) => 3 * z, 7);
  const before = calibrateOutOfFold(judged, parts).outputs;
  const flipped = { ...judged, truth: judged.truth.map((label, row) => (parts.of[row] === 2 && row % 4 === 2 ? 1 - label : label)) };
  const after = calibrateOutOfFold(flipped, parts).outputs;
  const inPart = (outputs: Float64Array) => outputs.filter((_, row) => parts.of[row] === 2);
  expect(inPart(after)).toEqual(inPart(before));
  expect(after).not.toEqual(before);
});

describe("periods", () => {
  const { judged } = distorted(5000, (z) => 3 * z + 1, 8);
  const periods: Parts = { of: Int32Array.from(judged.truth, (_, row) => Math.floor(row / 1000)), arePeriods: true };
  const known = calibrateOutOfFold(judged, periods);

  test.each([1, 2, 3, 4])("labels from period %i on move nothing that was judged up to it", (from) => {
    const isLater = (row: number) => periods.of[row]! >= from;
    const turned = { ...judged, truth: judged.truth.map((label, row) => (isLater(row) ? 1 - label : label)) };
    const moved = calibrateOutOfFold(turned, periods);
    const upTo = (outputs: Float64Array) => outputs.filter((_, row) => periods.of[row]! <= from);
    expect(upTo(moved.outputs)).toEqual(upTo(known.outputs));
    expect(moved.calibrator).not.toEqual(known.calibrator);
    if (from < 4) expect(moved.outputs).not.toEqual(known.outputs);
  });

  test("the first period has nothing earlier: it is left out of the numbers after, and of those before", () => {
    expect(Array.from(known.calibrated)).toEqual(Array.from({ length: 4000 }, (_, i) => 1000 + i));
    expect(known.outputs.subarray(0, 1000)).toEqual(judged.outputs.subarray(0, 1000));
    const later = takeJudged(judged, known.calibrated);
    expect(known.summary.before.logLoss).toBeCloseTo(lossPerRow(judged.task, later).reduce((sum, loss) => sum + loss, 0) / 4000, 12);
    expect(known.summary.after.logLoss).toBeLessThan(known.summary.before.logLoss - 0.05);
    expect(known.inUse.get(1)).toEqual(
      fitCalibrator(known.inUse.get(1)!.method, judged.task, judged.truth.subarray(0, 1000), judged.outputs.subarray(0, 1000), null),
    );
  });

  test("what ships is learned on all periods, as of parts that are none", () => {
    expect(known.calibrator).toEqual(calibrateOutOfFold(judged, { ...periods, arePeriods: false }).calibrator);
  });
});

test("multiclass: probabilities sum to 1 and the log loss falls", () => {
  const random = createRandom(9, "multiclass");
  const rows = 3000;
  const outputs = new Float64Array(rows * 3);
  const truth = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const z = [random.normal(), random.normal(), random.normal()];
    const softmax = (scale: number) => z.map((one) => Math.exp(scale * one) / z.reduce((sum, other) => sum + Math.exp(scale * other), 0));
    const draw = random.next();
    const p = softmax(1);
    truth[row] = draw < p[0]! ? 0 : draw < p[0]! + p[1]! ? 1 : 2;
    outputs.set(softmax(4), row * 3);
  }
  const judged: Judged = { task: { kind: "multiclass", classes: ["a", "b", "c"] }, truth, outputs, weight: null };
  const { summary, outputs: after } = calibrateOutOfFold(judged, fifths(rows));
  expect(summary.method).not.toBe("none");
  expect(summary.after.logLoss).toBeLessThan(summary.before.logLoss - 0.1);
  for (let row = 0; row < rows; row++) expect(after[row * 3]! + after[row * 3 + 1]! + after[row * 3 + 2]!).toBeCloseTo(1, 9);
});
