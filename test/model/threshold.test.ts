import { expect, test } from "vitest";
import type { Judged } from "../../src/core/metric.ts";
import { createRandom } from "../../src/core/random.ts";
import { f1, takeJudged } from "../../src/metrics/index.ts";
import { calibrateOutOfFold } from "../../src/model/calibrate.ts";
import { type Calibrator, calibrate } from "../../src/model/calibrator.ts";
import type { Parts } from "../../src/model/partition.ts";
import { chooseThreshold, chooseThresholdForPeriods, ratesAt } from "../../src/model/threshold.ts";

const task = { kind: "binary", classes: ["no", "yes"] } as const;

const fifths = (rows: number): Parts => ({ of: Int32Array.from({ length: rows }, (_, row) => row % 5), arePeriods: false });

function rare(rows: number, seed: number): { judged: Judged; parts: Parts } {
  const random = createRandom(seed, "rare");
  const outputs = Float64Array.from({ length: rows }, () => random.next() ** 4);
  const truth = outputs.map((p) => (random.next() < p ? 1 : 0));
  return { judged: { task, truth, outputs, weight: null }, parts: fifths(rows) };
}

test("no other threshold has a better F1 on the same rows", () => {
  const { judged, parts } = rare(600, 1);
  const { value } = chooseThreshold(judged, parts)!;
  const f1At = (threshold: number) => f1.score({ ...judged, outputs: judged.outputs.map((p) => (p >= threshold ? 1 : 0)) });
  const best = Math.max(...judged.outputs.map(f1At));
  expect(f1At(value)).toBeCloseTo(best, 12);
});

test("precision and recall do not profit from the choice: on noise they are those of noise", () => {
  const shares = Array.from({ length: 60 }, (_, seed) => {
    const random = createRandom(seed, "no signal");
    const outputs = Float64Array.from({ length: 100 }, () => random.next());
    const truth = outputs.map(() => (random.next() < 0.3 ? 1 : 0));
    return chooseThreshold({ task, truth, outputs, weight: null }, fifths(100))!.precision;
  });
  expect(Math.abs(shares.reduce((sum, one) => sum + one, 0) / 60 - 0.3)).toBeLessThan(0.02);
});

test("the same answer for every row, which differs by fold only, has no threshold", () => {
  const { judged, parts } = rare(100, 1);
  const outputs = Float64Array.from(parts.of, (part) => 0.3 + part / 100);
  expect(chooseThreshold({ ...judged, outputs }, parts)).toBeNull();
  expect(chooseThreshold({ ...judged, outputs: outputs.with(0, 0.4) }, parts)).not.toBeNull();
});

test("null without two classes and for other tasks", () => {
  const parts: Parts = { of: Int32Array.of(0, 1), arePeriods: false };
  expect(chooseThreshold({ task, truth: Float64Array.of(1, 1), outputs: Float64Array.of(0.2, 0.4), weight: null }, parts)).toBeNull();
  const regression: Judged = { task: { kind: "regression" }, truth: Float64Array.of(1, 2), outputs: Float64Array.of(1, 2), weight: null };
  expect(chooseThreshold(regression, parts)).toBeNull();
});

test("periods: counted are all but the first, each at the threshold of the earlier ones", () => {
  const { judged } = rare(900, 4);
  const of = Int32Array.from(judged.truth, (_, row) => Math.floor(row / 300));
  const periods: Parts = { of, arePeriods: true };
  const calibration = calibrateOutOfFold(judged, periods);
  const chosen = chooseThresholdForPeriods(judged, periods, calibration)!;
  const rows = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
  const bestOf = (seen: Judged, by: Calibrator) =>
    chooseThreshold({ ...seen, outputs: calibrate(by, seen.outputs) }, fifths(seen.truth.length))!.value;
  const counts = { hits: 0, called: 0, positives: 0 };
  for (const part of [1, 2]) {
    const earlier = takeJudged(judged, rows(0, 300 * part));
    const threshold = bestOf(earlier, calibration.inUse.get(part)!);
    for (let row = 300 * part; row < 300 * (part + 1); row++) {
      const isCalled = calibration.outputs[row]! >= threshold;
      counts.hits += Number(isCalled && judged.truth[row] === 1);
      counts.called += Number(isCalled);
      counts.positives += judged.truth[row]!;
    }
  }
  expect(chosen.precision).toBeCloseTo(counts.hits / counts.called, 12);
  expect(chosen.recall).toBeCloseTo(counts.hits / counts.positives, 12);
  expect(chosen.value).toBe(bestOf(judged, calibration.calibrator));
});

test("0 / 0 is NaN: precision when no row is called, recall when none is positive; a zero that was counted stays", () => {
  const at = (truth: number[], threshold: number) =>
    ratesAt({ task, truth: Float64Array.from(truth), outputs: Float64Array.of(0.2, 0.4), weight: null }, threshold);
  expect(at([0, 1], 0.5)).toEqual({ precision: Number.NaN, recall: 0 });
  expect(at([0, 0], 0.3)).toEqual({ precision: 0, recall: Number.NaN });
  expect(at([1, 0], 0.3)).toEqual({ precision: 0, recall: 0 });
});
