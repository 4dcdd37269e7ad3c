import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { moments, pairedCountReplicates, stratifiedT, stratumOf, tQuantile, weightedMean } from "../../src/stats/index.ts";
import { near } from "./near.ts";

function meanStratum(values: Float64Array, resamples: number, seed: number) {
  const [replicates] = pairedCountReplicates([(times) => weightedMean(values, times)], {
    rows: values.length,
    clusters: null,
    resamples,
    seed,
  });
  return stratumOf(weightedMean(values, null), replicates!, values.length);
}

const random = createRandom(3, "strata");
const samples = [5, 8, 12].map((size, i) => Float64Array.from({ length: size }, () => i + (i + 1) * random.normal()));

test("of means it is Welch's interval of their mean", () => {
  const got = stratifiedT(
    samples.map((values, i) => meanStratum(values, 40_000, i)),
    0.9,
  );
  const parts = samples.map((values) => moments(values).variance / values.length / 9);
  const variance = parts.reduce((sum, part) => sum + part, 0);
  const df = variance ** 2 / parts.reduce((sum, part, i) => sum + part ** 2 / (samples[i]!.length - 1), 0);
  near(got.mean, samples.reduce((sum, values) => sum + weightedMean(values, null), 0) / 3);
  expect(got.se / Math.sqrt(variance)).toBeCloseTo(1, 1.5);
  expect(got.df / df).toBeCloseTo(1, 1.5);
  near(got.high - got.mean, tQuantile(0.95, got.df) * got.se);
});

test("noise beyond the resamples adds its variance and its degrees of freedom; strata that do not vary have none", () => {
  const strata = [1, 2, 4].map((value) => ({ value, variance: 0.3, df: 7 }));
  const noise = { variance: 0.6, df: 5 };
  const got = stratifiedT(strata, 0.9, noise);
  const [seen, more] = [0.3 / 3, 0.6 / 3];
  near(got.se, Math.sqrt(seen + more));
  near(got.df, (seen + more) ** 2 / ((3 * (0.3 / 9) ** 2) / 7 + more ** 2 / 5));
  expect(
    stratifiedT(
      strata.map((one) => ({ ...one, variance: 0 })),
      0.9,
      noise,
    ).se,
  ).toBe(0);
});

describe("what is not known is said", () => {
  const replicates = Float64Array.of(0.4, 0.5, 0.6, 0.5, 0.5);
  const known = stratumOf(0.5, replicates, 4);

  test("one unit, or resamples without what the statistic needs: no spread", () => {
    const single = stratumOf(0.5, replicates, 1);
    expect(stratifiedT([single], 0.95)).toMatchObject({ se: Number.NaN, p: 1, high: Number.POSITIVE_INFINITY });
    const rare = stratumOf(0.5, Float64Array.of(0.4, Number.NaN, Number.NaN, 0.5, 0.5), 4);
    expect(stratifiedT([known, rare], 0.95)).toMatchObject({ mean: 0.5, se: Number.NaN, p: 1 });
  });

  test("a stratum without a value is left out", () => {
    expect(stratifiedT([known, { ...known, value: Number.NaN }], 0.95)).toEqual(stratifiedT([known], 0.95));
  });

  test("equal replicates: sure of it", () => {
    const flat = new Float64Array(5).fill(0.5);
    expect(stratifiedT([stratumOf(0.5, flat, 4)], 0.95)).toMatchObject({ p: 0, low: 0.5, high: 0.5 });
    expect(stratifiedT([stratumOf(0, flat, 4)], 0.95)).toMatchObject({ p: 1 });
  });
});
