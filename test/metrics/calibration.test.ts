import { expect, test } from "vitest";
import type { Judged } from "../../src/core/metric.ts";
import { createRandom } from "../../src/core/random.ts";
import { calibrationOf } from "../../src/metrics/index.ts";
import { chiSquareUpperTail, wilson } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/metrics.json" with { type: "json" };

const binary = { kind: "binary", classes: ["no", "yes"] } as const;

function rows(truth: ArrayLike<number>, outputs: ArrayLike<number>, weight: Float64Array | null = null): Judged {
  return { task: binary, truth: Float64Array.from(truth), outputs: Float64Array.from(outputs), weight };
}

/** Events that come with probability `truth(said)`. */
function drawn(size: number, seed: number, truth = (said: number) => said): Judged {
  const random = createRandom(seed, "calibration");
  const said = Float64Array.from({ length: size }, () => random.next());
  return rows(
    said.map((p) => (random.next() < truth(p) ? 1 : 0)),
    said,
  );
}

test("bins, errors and Spiegelhalter's z equal the recorded ones", () => {
  const want = recorded.calibration;
  const got = calibrationOf(rows(want.truth, want.outputs));
  expect(got.bins).toHaveLength(10);
  got.bins.forEach((bin, i) => {
    expect(bin.count).toBe(20);
    expect(bin.predicted).toBeCloseTo(want.predicted[i]!, 12);
    expect(bin.observed).toBeCloseTo(want.observed[i]!, 12);
    const { low, high } = wilson(bin.observed * 20, 20, 0.95);
    expect(bin.low).toBeCloseTo(low, 12);
    expect(bin.high).toBeCloseTo(high, 12);
  });
  for (const key of ["ece", "brier", "logLoss", "z", "p"] as const) expect(got[key]).toBeCloseTo(want[key], 10);
});

test("z is about standard normal when probabilities are right, and large when they are not", () => {
  const found = Array.from({ length: 300 }, (_, seed) => calibrationOf(drawn(150, seed)));
  for (const p of [found.map((one) => one.p), found.map((one) => one.inTheLarge.p)]) {
    const beyond = p.filter((one) => one < 0.1).length / 300;
    expect(beyond).toBeGreaterThan(0.048);
    expect(beyond).toBeLessThan(0.152);
  }
  const tooSure = calibrationOf(drawn(2000, 1, (said) => 0.25 + said / 2));
  expect(tooSure.z).toBeGreaterThan(5);
  expect(Math.abs(tooSure.inTheLarge.z)).toBeLessThan(4);
});

test("a common shift, to which Spiegelhalter's z is blind on even probabilities, shows in the large", () => {
  const shifted = calibrationOf(drawn(2000, 1, (said) => said ** 2));
  expect(Math.abs(shifted.z)).toBeLessThan(4);
  expect(shifted.inTheLarge.z).toBeLessThan(-5);
  const binomial = recorded.calibration.inTheLarge;
  const got = calibrationOf(rows(recorded.calibration.truth, recorded.calibration.outputs)).inTheLarge;
  expect(got.z).toBeCloseTo(binomial.z, 10);
  expect(got.p).toBeCloseTo(binomial.p, 10);
});

test("equal probabilities share a bin, whatever their order", () => {
  const said = Float64Array.from({ length: 100 }, (_, row) => (row % 5) / 10 + 0.1);
  const truth = said.map((_, row) => (row % 7 === 0 ? 1 : 0));
  const order = createRandom(2).shuffle(Array.from(said, (_, row) => row));
  const got = calibrationOf(rows(truth, said));
  expect(got.bins.map((bin) => bin.count)).toEqual([20, 20, 20, 20, 20]);
  const shuffled = calibrationOf(
    rows(
      order.map((row) => truth[row]!),
      order.map((row) => said[row]!),
    ),
  );
  expect(shuffled.ece).toBeCloseTo(got.ece, 12);
});

test("a whole weight repeats the row in ECE, Brier score and means of bins", () => {
  const judged = drawn(60, 9);
  const weighted = calibrationOf({ ...judged, weight: new Float64Array(60).fill(2) });
  const plain = calibrationOf(judged);
  expect(weighted.ece).toBeCloseTo(plain.ece, 12);
  expect(weighted.brier).toBeCloseTo(plain.brier, 12);
  expect(weighted.z).toBeCloseTo(plain.z, 12);
});

test("without weights, or with equal ones, p of the bins is that of the chi-square over their rows", () => {
  const judged = drawn(3000, 4, (p) => 0.05 + 0.9 * p);
  const { bins, binsP } = calibrationOf(judged);
  const chiSquare = bins.reduce((sum, { predicted: p, observed, count }) => sum + (count * (observed - p) ** 2) / (p * (1 - p)), 0);
  expect(binsP).toBeCloseTo(chiSquareUpperTail(chiSquare, 10), 12);
  expect(binsP).toBeLessThan(0.5);
  expect(calibrationOf({ ...judged, weight: new Float64Array(3000).fill(0.3) }).binsP).toBeCloseTo(binsP, 10);
});

test("uneven weights: a calibrated model is rarely accused by its bins, and a fault is still found", () => {
  const weighted = (seed: number, truth?: (said: number) => number) => {
    const random = createRandom(seed, "weights");
    const weight = Float64Array.from({ length: 2000 }, () => Math.exp(1.5 * random.normal()));
    return calibrationOf({ ...drawn(2000, seed, truth), weight }).binsP;
  };
  const found = Array.from({ length: 200 }, (_, seed) => weighted(seed));
  // The weighted mean of few effective rows has heavier tails than a normal one: 0.01 is not kept to the letter.
  expect(found.filter((p) => p < 0.01).length / 200).toBeLessThan(0.04);
  expect(found.filter((p) => p < 0.5).length / 200).toBeGreaterThan(0.35);
  expect(weighted(1, (p) => p ** 2)).toBeLessThan(1e-4);
});

test("a bin without weight says nothing", () => {
  const judged = drawn(200, 3);
  const order = Array.from(judged.outputs.keys()).sort((a, b) => judged.outputs[a]! - judged.outputs[b]!);
  const weight = new Float64Array(200).fill(1);
  for (const row of order.slice(0, 20)) weight[row] = 0;
  const { binsP } = calibrationOf({ ...judged, weight });
  expect(binsP).toBeGreaterThan(0);
  expect(binsP).toBeLessThanOrEqual(1);
});

test("rows in groups: a calibrated model is rarely accused, where rows taken as independent accuse it often", () => {
  const accused = { groups: 0, rows: 0 };
  const trials = 200;
  for (let seed = 0; seed < trials; seed++) {
    const random = createRandom(seed, "grouped");
    const group = Int32Array.from({ length: 600 }, (_, row) => Math.floor(row / 15));
    const share = Array.from({ length: 40 }, () => 0.1 + 0.8 * random.next());
    // All rows of a group come out alike, with the probability that was said.
    const outcome = share.map((p) => (random.next() < p ? 1 : 0));
    const judged = rows(
      Float64Array.from(group, (one) => outcome[one]!),
      Float64Array.from(group, (one) => share[one]!),
    );
    const [known, ignored] = [calibrationOf(judged, group), calibrationOf(judged)];
    accused.groups += Number(3 * Math.min(known.p, known.inTheLarge.p, known.binsP) < 0.05);
    accused.rows += Number(3 * Math.min(ignored.p, ignored.inTheLarge.p, ignored.binsP) < 0.05);
  }
  expect(accused.groups / trials).toBeLessThan(0.15);
  expect(accused.rows / trials).toBeGreaterThan(0.9);
});

test("groups of one row are rows: intervals of bins stay, and a fault is still found", () => {
  const off = drawn(3000, 2, (p) => p ** 2);
  const alone = Int32Array.from({ length: 3000 }, (_, row) => row);
  const [byGroup, byRow] = [calibrationOf(off, alone), calibrationOf(off)];
  byGroup.bins.forEach((bin, i) => {
    expect(bin.low).toBeCloseTo(byRow.bins[i]!.low, 2);
  });
  expect(byGroup.binsP).toBeLessThan(1e-6);
  expect(byGroup.inTheLarge.p).toBeLessThan(1e-6);
});

test("multiclass: probability of the decided class against its being right", () => {
  const task = { kind: "multiclass", classes: ["a", "b", "c"] } as const;
  const outputs = Float64Array.of(0.7, 0.2, 0.1, 0.1, 0.3, 0.6);
  const got = calibrationOf({ task, truth: Float64Array.of(0, 1), outputs, weight: null }, null, 2);
  expect(got.bins).toMatchObject([
    { predicted: 0.6, observed: 0, count: 1 },
    { predicted: 0.7, observed: 1, count: 1 },
  ]);
});

test("certain and wrong is impossible under calibration; regression is refused", () => {
  expect(calibrationOf(rows([1, 0], [0, 0]))).toMatchObject({ z: Number.POSITIVE_INFINITY, p: 0 });
  expect(calibrationOf(rows([1, 0], [1, 0])).z).toBeNaN();
  expect(() => calibrationOf({ ...rows([1], [1]), task: { kind: "regression" } })).toThrow(RangeError);
});
