import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundedLeastSquares, fitCurve } from "../../src/scale/curve-fit.ts";

const SIZES = [100, 141, 200, 283, 400, 566, 800, 1131];

function rssOf(phi: readonly number[], y: readonly number[], c: number, a: number): number {
  return y.reduce((sum, value, i) => sum + (value - c - a * phi[i]!) ** 2, 0);
}

describe("boundedLeastSquares", () => {
  test("finds the line when it is within the bounds", () => {
    const { floor, scale, rss } = boundedLeastSquares([3, 2, 1], [0.7, 0.5, 0.3]);
    expect(floor).toBeCloseTo(0.1, 12);
    expect(scale).toBeCloseTo(0.2, 12);
    expect(rss).toBeCloseTo(0, 12);
  });

  test("keeps the floor at 0 when the line would go below: then A = sum(y phi) / sum(phi^2)", () => {
    const { floor, scale } = boundedLeastSquares([3, 2, 1], [0.9, 0.5, 0.1]);
    expect(floor).toBe(0);
    expect(scale).toBeCloseTo(3.8 / 14, 12);
  });

  test("keeps the floor at the least value when the curve rises: then A = sum((y - c) phi) / sum(phi^2)", () => {
    const { floor, scale } = boundedLeastSquares([3, 2, 1], [0.2, 0.3, 0.4]);
    expect(floor).toBe(0.2);
    expect(scale).toBeCloseTo(0.4 / 14, 12);
  });

  test("no point of a fine grid within the bounds is better", () => {
    const pairs = fc.array(fc.tuple(fc.double({ min: 0.01, max: 3, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 3,
      maxLength: 9,
    });
    fc.assert(
      fc.property(pairs, (points) => {
        const [phi, y] = [points.map(([p]) => p), points.map(([, v]) => v)];
        const least = Math.min(...y);
        const found = boundedLeastSquares(phi, y);
        expect(found.floor).toBeGreaterThanOrEqual(0);
        expect(found.floor).toBeLessThanOrEqual(least);
        expect(found.scale).toBeGreaterThanOrEqual(0);
        expect(found.rss).toBeCloseTo(rssOf(phi, y, found.floor, found.scale), 8);
        let best = Number.POSITIVE_INFINITY;
        for (let i = 0; i <= 20; i++) for (let j = 0; j <= 20; j++) best = Math.min(best, rssOf(phi, y, (least * i) / 20, j / 10));
        expect(found.rss).toBeLessThanOrEqual(best + 1e-9);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

describe("fitCurve", () => {
  test.each([
    ["power law", (n: number) => 0.1 + 2 * n ** -0.6],
    ["exponential", (n: number) => 0.2 + 0.3 * Math.exp(-n / 500)],
    ["shifted power law", (n: number) => 0.05 + 8 * (n + 50) ** -0.9],
  ])("forecasts a %s without noise: off by less than half of the fall", (_name, error) => {
    const fit = fitCurve(SIZES.map((rows) => ({ rows, error: error(rows) })));
    const fall = error(1131) - error(4524);
    expect(Math.abs(fit.gain(1131, 4524).value - fall)).toBeLessThan(0.5 * fall);
    expect(fit.residual).toBeLessThan(0.002);
  });

  test("a flat curve has nothing to gain, a rising one neither", () => {
    const flat = fitCurve(SIZES.map((rows) => ({ rows, error: 0.3 }))).gain(1131, 2262);
    expect(flat.value).toBeCloseTo(0, 9);
    const rising = fitCurve(SIZES.map((rows, i) => ({ rows, error: 0.3 + i / 100 }))).gain(1131, 2262);
    expect(rising.value).toBeGreaterThanOrEqual(0);
    expect(rising.value).toBeLessThan(0.01);
  });

  test("errors in another unit give the same forecast in that unit; the gain is never a loss; the interval is in order", () => {
    const noisy = fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 5, maxLength: 8 });
    fc.assert(
      fc.property(noisy, fc.double({ min: 0.01, max: 1000, noNaN: true }), (errors, unit) => {
        const points = errors.map((error, i) => ({ rows: SIZES[i]!, error }));
        const last = points.at(-1)!.rows;
        const gain = fitCurve(points).gain(last, 2 * last);
        const scaled = fitCurve(points.map(({ rows, error }) => ({ rows, error: error * unit }))).gain(last, 2 * last);
        expect(scaled.value / unit).toBeCloseTo(gain.value, 6);
        expect(gain.low).toBeGreaterThanOrEqual(0);
        expect(gain.high).toBeGreaterThanOrEqual(gain.low);
        expect(gain.value).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  test("only the last four octaves count", () => {
    const late = SIZES.map((rows) => ({ rows, error: 0.1 + rows ** -0.5 }));
    const withEarly = [{ rows: 10, error: 0.9 }, { rows: 30, error: 0.001 }, ...late];
    expect(fitCurve(withEarly).gain(1131, 2262)).toEqual(fitCurve(late).gain(1131, 2262));
  });
});
