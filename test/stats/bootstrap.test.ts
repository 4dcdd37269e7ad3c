import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import {
  type BootstrapPlan,
  bcaInterval,
  bootstrapCountReplicates,
  type CountStatistic,
  drawShare,
  jackknifeReplicates,
  mean,
  pairedCountReplicates,
  percentileInterval,
  weightedMean,
} from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };
import { allNear } from "./near.ts";

const { sample, level, replicates, bca, percentile } = recorded.bootstrap;
const meanOf = (values: ArrayLike<number>) => (times: Float64Array) => weightedMean(values, times);
const plan = (rows: number, seed: number, resamples: number) => ({ rows, clusters: null, resamples, seed });

/** BCa from one's own replicates and jackknife. */
function bcaOf(statistic: CountStatistic, drawn: BootstrapPlan, level: number): { low: number; high: number } {
  const value = statistic(new Float64Array(drawn.rows).fill(1));
  return bcaInterval(value, bootstrapCountReplicates(statistic, drawn), jackknifeReplicates(statistic, drawn), level);
}

test("intervals from scipy's replicates equal scipy's", () => {
  const jackknife = jackknifeReplicates((times) => weightedMean(sample, times), plan(sample.length, 1, 0));
  const ours = bcaInterval(mean(sample), Float64Array.from(replicates), jackknife, level);
  allNear([ours.low, ours.high], bca, 1e-9);
  const plain = percentileInterval(Float64Array.from(replicates), level);
  allNear([plain.low, plain.high], percentile, 1e-12);
});

test("same seed, same draws; another seed, others; each resample has as many rows as there are", () => {
  const replicates = bootstrapCountReplicates(meanOf(sample), plan(sample.length, 7, 50));
  allNear(bootstrapCountReplicates(meanOf(sample), plan(sample.length, 7, 50)), replicates);
  expect([...bootstrapCountReplicates(meanOf(sample), plan(sample.length, 8, 50))]).not.toEqual([...replicates]);
  const drawn = bootstrapCountReplicates((times) => times.reduce((sum, one) => sum + one, 0), plan(sample.length, 7, 50));
  expect(new Set(drawn)).toEqual(new Set([sample.length]));
});

test("clusters are drawn whole", () => {
  const clusters = Int32Array.from([5, 5, 5, -2, 9, 9]);
  bootstrapCountReplicates(
    (times) => {
      expect(times[0]).toBe(times[1]);
      expect(times[0]).toBe(times[2]);
      expect(times[4]).toBe(times[5]);
      expect(times[0]! + times[3]! + times[4]!).toBe(3);
      return 0;
    },
    { rows: 6, clusters, resamples: 100, seed: 3 },
  );
});

test("undefined resamples are left out", () => {
  const replicates = bootstrapCountReplicates((times) => (times[0]! > 0 ? 1 : Number.NaN), plan(3, 1, 400));
  expect(replicates.filter((one) => Number.isNaN(one)).length).toBeGreaterThan(50);
  expect(percentileInterval(replicates, 0.9)).toEqual({ low: 1, high: 1 });
});

test("a share of the clusters is drawn whole", () => {
  const clusters = Int32Array.from({ length: 60 }, (_, row) => row % 20);
  const rows = drawShare(60, clusters, 0.25, 4);
  expect(rows).toHaveLength(15);
  expect(rows).toEqual(rows.toSorted());
  expect(new Set(Array.from(rows, (row) => clusters[row])).size).toBe(5);
  expect(drawShare(60, null, 0, 4)).toHaveLength(1);
});

test("a statistic that does not spread has a point for an interval", () => {
  expect(bcaOf(() => 2, plan(10, 1, 99), 0.95)).toEqual({ low: 2, high: 2 });
});

/** Share of 200 samples whose interval holds the true value. */
function coverage(draw: (seed: number) => { low: number; high: number }, truth: number): number {
  let held = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { low, high } = draw(seed);
    if (low <= truth && truth <= high) held++;
  }
  return held / 200;
}

// Three standard errors of a coverage of 0.9 seen in 200 samples are 0.064; small samples cost the bootstrap a little more below.
describe("coverage of 90 % intervals", () => {
  test("mean of normal values", () => {
    const found = coverage((seed) => {
      const random = createRandom(seed, "coverage");
      const values = Float64Array.from({ length: 50 }, () => random.normal());
      return bcaOf(meanOf(values), plan(50, seed, 400), 0.9);
    }, 0);
    expect(found).toBeGreaterThan(0.82);
    expect(found).toBeLessThan(0.965);
  });

  test("mean over clusters, where rows alone would be far too sure", () => {
    const clusters = Int32Array.from({ length: 240 }, (_, row) => Math.floor(row / 8));
    const drawValues = (seed: number) => {
      const random = createRandom(seed, "clusters");
      const centres = Array.from({ length: 30 }, () => random.normal());
      return Float64Array.from(clusters, (cluster) => centres[cluster]! + 0.3 * random.normal());
    };
    const interval = (seed: number, given: Int32Array | null) => {
      const values = drawValues(seed);
      const replicates = bootstrapCountReplicates((times) => weightedMean(values, times), {
        rows: 240,
        clusters: given,
        resamples: 300,
        seed,
      });
      return percentileInterval(replicates, 0.9);
    };
    const whole = coverage((seed) => interval(seed, clusters), 0);
    expect(whole).toBeGreaterThan(0.82);
    expect(whole).toBeLessThan(0.965);
    expect(coverage((seed) => interval(seed, null), 0)).toBeLessThan(0.7);
  });

  test("a paired difference is narrow where both sides share the noise", () => {
    const found = coverage((seed) => {
      const random = createRandom(seed, "paired");
      const shared = Float64Array.from({ length: 40 }, () => 10 * random.normal());
      const [a, b] = [0, 1].map(() => shared.map((value) => value + random.normal())) as [Float64Array, Float64Array];
      const [ofA, ofB] = pairedCountReplicates([meanOf(a), meanOf(b)], plan(40, seed, 300)) as [Float64Array, Float64Array];
      const { low, high } = percentileInterval(
        ofA.map((one, i) => one - ofB[i]!),
        0.9,
      );
      expect(high - low).toBeLessThan(2);
      return { low, high };
    }, 0);
    expect(found).toBeGreaterThan(0.82);
    expect(found).toBeLessThan(0.965);
  });
});
