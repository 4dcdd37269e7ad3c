import fc from "fast-check";
import { expect, test } from "vitest";
import { isotonic, isotonicAt, platt, plattAt } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };
import { allNear, near } from "./near.ts";

test("isotonic regression equals scikit-learn, plain and weighted", () => {
  const { x, y, weight, grid, plain, weighted } = recorded.isotonic;
  const first = isotonic(x, y);
  const second = isotonic(x, y, weight);
  allNear(
    grid.map((at) => isotonicAt(first, at)),
    plain,
    1e-10,
  );
  allNear(
    grid.map((at) => isotonicAt(second, at)),
    weighted,
    1e-6,
  );
});

test("an isotonic curve never falls and keeps the mean", () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: -5, max: 5 })), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(rows, (sample) => {
      const x = sample.map(([at]) => at);
      const y = sample.map(([, value]) => value);
      const curve = isotonic(x, y);
      for (let i = 1; i < curve.x.length; i++) {
        expect(curve.x[i]!).toBeGreaterThan(curve.x[i - 1]!);
        expect(curve.y[i]!).toBeGreaterThanOrEqual(curve.y[i - 1]!);
      }
      const fitted = x.reduce((sum, at) => sum + isotonicAt(curve, at), 0);
      expect(fitted).toBeCloseTo(
        y.reduce((sum, value) => sum + value, 0),
        9,
      );
    }),
  );
});

test("isotonic: rows of weight 0 do not count, nothing gives NaN", () => {
  expect(isotonic([1, 2, 3], [1, 9, 2], [1, 0, 1])).toEqual(isotonic([1, 3], [1, 2]));
  expect(isotonicAt(isotonic([], []), 1)).toBeNaN();
});

test("Platt scaling equals a binomial GLM on the smoothed targets", () => {
  for (const { truth, scores, weight, slope, intercept } of recorded.platt) {
    const got = platt(truth, scores, weight);
    near(got.slope, slope, 1e-7);
    near(got.intercept, intercept, 1e-7);
  }
});

test("Platt scaling on separable, constant and huge scores stays finite", () => {
  const separable = platt([0, 0, 1, 1], [-1, -0.9, 0.9, 1]);
  expect(plattAt(separable, 1)).toBeGreaterThan(0.6);
  expect(plattAt(separable, 1)).toBeLessThan(1);
  const constant = platt([0, 0, 1], [2, 2, 2]);
  near(constant.slope, 0, 1e-9, 1);
  // The smoothed targets 2/3 and 1/4 average to 7/18.
  near(plattAt(constant, 2), 7 / 18, 1e-9);
  expect(Number.isFinite(platt([0, 1, 0, 1], [1e12, 2e12, 3e12, 4e12]).slope)).toBe(true);
});
