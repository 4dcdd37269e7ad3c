import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { type FoldErrors, gainNoise, gainNoises } from "../../src/scale/gain-noise.ts";
import { forecastGain, verdictOf } from "../../src/scale/index.ts";

const SIZES = [283, 400, 566, 800, 1131, 1600, 2263, 3200];
const curve = SIZES.map((rows) => 0.4 * (rows / 100) ** -0.2);

function folds(errorOf: (error: number, fold: number, point: number) => number, count = 5): FoldErrors {
  const errors = Array.from({ length: count }, (_, fold) => curve.map((error, point) => errorOf(error, fold, point)));
  return { rows: SIZES, errors, testTrainRatio: 0.25 };
}

const meanPoints = ({ rows, errors }: FoldErrors) =>
  rows.map((n, i) => ({ rows: n, error: errors.reduce((sum, fold) => sum + fold[i]!, 0) / errors.length }));

describe("noise of the gain", () => {
  test("equal folds have none; fewer than three say nothing", () => {
    expect(
      gainNoise(
        folds((error) => error),
        2,
      )?.se,
    ).toBeCloseTo(0, 9);
    expect(
      gainNoise(
        folds((error) => error, 2),
        2,
      ),
    ).toBeNull();
  });

  test("when each fold's curve is its own multiple, the error is that of the mean of the multiples, corrected", () => {
    // Every fit scales with its curve, so the gains of the folds are exact multiples too: pseudo-values are m_j * gain.
    const multiples = [0.8, 0.9, 1, 1.1, 1.2];
    const data = folds((error, fold) => error * multiples[fold]!);
    const gain = forecastGain(meanPoints(data), 2).gain.value;
    const variance = 0.025;
    expect(gainNoise(data, 2)!.se).toBeCloseTo(gain * Math.sqrt((1 / 5 + 0.25) * variance), 6);
    expect(gainNoise(data, 2)!.df).toBe(4);
  });

  test("periods: how unlike they are is no noise, the spread of their judged rows is", () => {
    // Folds of very unlike level, and resamples that scale a fold's whole curve: the gain scales with it.
    const levels = [0.5, 0.8, 1, 1.5, 1.2];
    const mean = levels.reduce((sum, level) => sum + level, 0) / 5;
    const data = folds((error, fold) => error * levels[fold]!);
    const gain = forecastGain(meanPoints(data), 2).gain.value;
    const units = 10;
    const scales = Float64Array.from({ length: 100 }, (_, i) => 1 + 0.1 * (i % 2 === 0 ? 1 : -1));
    const resampled = data.errors.map((points) => ({ units, errors: points.map((error) => scales.map((scale) => scale * error)) }));
    const noise = gainNoise({ ...data, resampled }, 2)!;
    const variance = (units / (units - 1)) * 0.01 * (100 / 99);
    const parts = levels.map((level) => (variance * (gain * level) ** 2) / (5 * mean) ** 2);
    const sum = parts.reduce((all, part) => all + part, 0);
    expect(noise.se).toBeCloseTo(Math.sqrt(sum), 8);
    expect(noise.df).toBeCloseTo(sum ** 2 / parts.reduce((all, part) => all + part ** 2 / (units - 1), 0), 4);
    expect(gainNoise(data, 2)!.se).toBeGreaterThan(3 * noise.se);
  });

  test("periods whose resamples tell nothing: the interval is unknown, not narrow", () => {
    const data = folds((error) => error);
    const resampled = data.errors.map((points) => ({ units: 1, errors: points.map((error) => Float64Array.of(error)) }));
    const forecast = forecastGain(meanPoints(data), 2, { ...data, resampled });
    expect(forecast.gain.high).toBe(Number.POSITIVE_INFINITY);
    expect(verdictOf(forecast, 0.2)).toBe("unknown");
  });

  test("of several factors at once it is that of each alone: folds by chance, too few of them, and periods", () => {
    const random = createRandom(6, "several");
    const data = folds((error) => error * (1 + 0.1 * random.normal()));
    const resampled = data.errors.map((points) => ({
      units: 10,
      errors: points.map((error) => Float64Array.from({ length: 40 }, () => error * (1 + 0.1 * random.normal()))),
    }));
    for (const of of [data, folds((error) => error, 2), { ...data, resampled }]) {
      const both = gainNoises(of, [2, 4]);
      expect(both).toEqual([gainNoise(of, 2), gainNoise(of, 4)]);
      if (of.errors.length > 2) expect(both[1]?.se).not.toBe(both[0]?.se);
    }
  });

  test("folds that disagree on the slope take the verdict back", () => {
    const random = createRandom(5, "folds");
    const wild = folds((error, fold, point) => error + 0.25 * (fold - 2) * (point / 7) + 0.01 * random.normal());
    const points = meanPoints(wild);
    const alone = forecastGain(points, 2);
    const known = forecastGain(points, 2, wild);
    expect(verdictOf(alone, points.at(-1)!.error)).toBe("more-data-helps");
    expect(verdictOf(known, points.at(-1)!.error)).toBe("unknown");
    expect(known.gain.value).toBe(alone.gain.value);
    expect(known.wide).toBeGreaterThan(known.gain.high - known.gain.value);
  });
});
