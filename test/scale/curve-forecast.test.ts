import { describe, expect, test } from "vitest";
import type { Estimate } from "../../src/core/estimate.ts";
import { createRandom } from "../../src/core/random.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { errorOfScore, scoreGain } from "../../src/scale/error-of-score.ts";
import { curveFrom, forecastGain, verdictOf } from "../../src/scale/index.ts";

const SIZES = [283, 400, 566, 800, 1131, 1600, 2263, 3200];

function estimate(value: number, half: number, id: string): Estimate {
  return { value, low: value - half, high: value + half, level: 0.95, method: "corrected resampled t", experiments: [id] };
}

const points = (scoreAt: (rows: number) => number, half = 0.01) =>
  SIZES.map((trainRows) => ({ trainRows, score: estimate(scoreAt(trainRows), half, `e${trainRows}`) }));

const power = (share: number) => (rows: number) => 0.3 * (rows / 3200) ** Math.log2(1 - share);

describe("score and error", () => {
  test.each([
    ["auc", 0.79, 0.21],
    ["log-loss", 0.4, 0.4],
    ["rmse", 12.5, 12.5],
    ["r2", -0.25, 1.25],
    ["mcc", 0.3, 0.7],
  ])("%s %d is %d from the best", (name, score, error) => {
    expect(errorOfScore(metricNamed(name), score)).toBeCloseTo(error, 12);
  });

  test("a fall of the error is a rise of AUC and a fall of RMSE", () => {
    expect(scoreGain(metricNamed("auc"), 0.01)).toBe(0.01);
    expect(scoreGain(metricNamed("rmse"), 0.01)).toBe(-0.01);
  });

  test("a metric without a best score is refused", () => {
    expect(() => errorOfScore({ better: "higher", best: Number.POSITIVE_INFINITY }, 1)).toThrow(RangeError);
  });
});

describe("verdict", () => {
  const forecast = (value: number, low: number, high: number) => ({ factor: 2, gain: { value, low, high }, wide: high - value });

  test.each([
    [0.02, 0.005, 0.035, "more-data-helps"],
    [0.012, 0.005, 0.019, "unknown"],
    [0.02, -0.001, 0.041, "unknown"],
    [0.005, 0.001, 0.009, "more-data-does-not-help"],
    [0, -0.001, 0.001, "more-data-does-not-help"],
  ])("a gain of %d [%d, %d] on an error of 0.3: %s", (value, low, high, verdict) => {
    expect(verdictOf(forecast(value, low, high), 0.3)).toBe(verdict);
  });

  test("of 200 noisy flat curves at most 2 are said to gain, and of 200 that fall by a fifth at most 2 are said not to", () => {
    const count = (error: (rows: number) => number, wrong: string) =>
      Array.from({ length: 200 }, (_, seed) => {
        const random = createRandom(seed, "flat");
        const noisy = SIZES.map((rows) => ({ rows, error: error(rows) + 0.01 * random.normal() }));
        return verdictOf(forecastGain(noisy, 2), noisy.at(-1)!.error);
      }).filter((verdict) => verdict === wrong).length;
    expect(count(() => 0.3, "more-data-helps")).toBeLessThanOrEqual(2);
    expect(count(power(0.2), "more-data-does-not-help")).toBeLessThanOrEqual(2);
  });
});

describe("curveFrom", () => {
  test("AUC that still rises: forecast above today's score, with its numbers in words", () => {
    const curve = curveFrom(
      points((rows) => 1 - power(0.15)(rows) + 0.002 * Math.sin(rows)),
      metricNamed("auc"),
      null,
    );
    const [twice, four] = curve.forecast!;
    expect(curve.verdict).toBe("more-data-helps");
    expect(twice).toMatchObject({ factor: 2, trainRows: 6400 });
    expect(Math.abs(twice!.score.value - (1 - 0.3 * 0.85))).toBeLessThan(0.015);
    expect(four!.score.value).toBeGreaterThan(twice!.score.value);
    expect(four!.score.high - four!.score.low).toBeGreaterThan(twice!.score.high - twice!.score.low);
    expect(twice!.score.experiments).toEqual(SIZES.map((rows) => `e${rows}`));
    expect(curve.why).toMatch(
      /^With twice the rows \(6,400 for training\): ROC AUC 0\.7\d* -> 0\.7\d* \[0\.\d+, 0\.\d+\]: the error falls by 1\d %/,
    );
  });

  test("RMSE of any unit: the same verdict and the same relative forecast; lower is better", () => {
    const small = curveFrom(points(power(0.15)), metricNamed("rmse"), null);
    const large = curveFrom(
      points((rows) => 1e5 * power(0.15)(rows), 1000),
      metricNamed("rmse"),
      null,
    );
    expect(large.verdict).toBe(small.verdict);
    expect(large.forecast![0]!.score.value / 1e5).toBeCloseTo(small.forecast![0]!.score.value, 6);
    expect(small.forecast![0]!.score.value).toBeLessThan(0.3);
    expect(large.why).toContain("RMSE 30,000 ->");
  });

  test("the interval is never narrower than that of today's score, and stays within the metric's range", () => {
    const curve = curveFrom(
      points((rows) => 1 - 0.1 * power(0.15)(rows), 0.2),
      metricNamed("auc"),
      null,
    );
    const { value, low, high, level } = curve.forecast![0]!.score;
    expect(value - low).toBeGreaterThanOrEqual(0.2);
    expect(high).toBe(1);
    expect(level).toBe(0.95);
  });

  test("too few points, or too narrow a range: unknown, with the reason", () => {
    const all = points((rows) => 1 - power(0.1)(rows));
    const three = curveFrom(all.slice(-3), metricNamed("auc"), null);
    expect(three).toMatchObject({ forecast: null, verdict: "unknown" });
    expect(three.why).toContain("1,600, 2,263, 3,200 rows");
    expect(curveFrom(all.slice(-4), metricNamed("auc"), null).forecast).not.toBeNull();
    const narrow = [3000, 3050, 3100, 3200].map((trainRows) => ({ trainRows, score: estimate(0.7, 0.01, "e") }));
    expect(curveFrom(narrow, metricNamed("auc"), null).verdict).toBe("unknown");
    expect(curveFrom([], metricNamed("auc"), "The budget ended.").why).toContain("The budget ended.");
  });

  test("a score that is worse with all rows than with fewer is no learning curve, and is said", () => {
    const turned = points((rows) => (rows <= 1600 ? 80 - rows / 200 : 96), 3);
    const { verdict, forecast, why } = curveFrom(turned, metricNamed("rmse"), null);
    expect([verdict, forecast]).toEqual(["more-data-does-not-help", null]);
    expect(why).toMatch(
      /^The score is better with fewer rows.*: RMSE 72\.0 \[69\.0, 75\.0\] with 1,600 rows for training, 96\.0 \[93\.0, 99\.0\] with 3,200 rows\./,
    );
    expect(
      curveFrom(
        points((rows) => (rows <= 1600 ? 0.8 : 0.79)),
        metricNamed("auc"),
        null,
      ).why,
    ).not.toContain("better with fewer");
  });

  test("a perfect score needs no more rows", () => {
    const curve = curveFrom(
      points(() => 1, 0),
      metricNamed("auc"),
      null,
    );
    expect(curve.verdict).toBe("more-data-does-not-help");
    expect(curve.why).toContain("perfect");
  });
});
