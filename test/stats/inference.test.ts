import fc from "fast-check";
import { expect, test } from "vitest";
import { correctedT, effectiveCount, falseCoverageLevel, falseDiscoveryQ, twoProportionZ, wilson } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };
import { allNear, near } from "./near.ts";

test("corrected resampled t equals its formula with scipy's t", () => {
  const want = recorded.correctedT;
  const got = correctedT(want.perFold, want.ratio, want.level);
  allNear([got.mean, got.se, got.t, got.p, got.low, got.high], [want.mean, want.se, want.t, want.p, ...want.interval], 1e-9);
  expect(got.df).toBe(9);
});

test("without shared training rows it is the plain one-sample t", () => {
  const { perFold, plain } = recorded.correctedT;
  const got = correctedT(perFold, 0, 0.95);
  allNear([got.t, got.p], [plain.t, plain.p], 1e-9);
});

test("corrected t of one fold and of equal folds", () => {
  expect(correctedT([0.2], 0.25, 0.95)).toMatchObject({ p: 1, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
  expect(correctedT([0, 0, 0], 0.25, 0.95)).toMatchObject({ t: 0, p: 1, low: 0, high: 0 });
  expect(correctedT([0.5, 0.5], 0.25, 0.95)).toMatchObject({ p: 0, low: 0.5, high: 0.5 });
});

test("q values equal statsmodels and pass over what was not tested", () => {
  const { p, q } = recorded.falseDiscovery;
  allNear(falseDiscoveryQ(p), q);
  const withGaps = falseDiscoveryQ([Number.NaN, ...p]);
  expect(withGaps[0]).toBeNaN();
  allNear(withGaps.slice(1), q);
});

test("q values are at least p and keep its order", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }), (p) => {
      const q = falseDiscoveryQ(p);
      for (let i = 0; i < p.length; i++) {
        expect(q[i]!).toBeGreaterThanOrEqual(p[i]! - 1e-15);
        for (let j = 0; j < p.length; j++) if (p[i]! < p[j]!) expect(q[i]!).toBeLessThanOrEqual(q[j]!);
      }
    }),
  );
});

test("level of intervals after selection", () => {
  near(falseCoverageLevel(3, 60, 0.05), 0.9975);
  near(falseCoverageLevel(60, 60, 0.05), 0.95);
});

test("Wilson's interval equals statsmodels", () => {
  for (const [k, n, level, low, high] of recorded.wilson) {
    const got = wilson(k!, n!, level!);
    near(got.low, low!, 1e-9, 1e-6);
    near(got.high, high!, 1e-9, 1e-6);
  }
  expect(wilson(0, 0, 0.95)).toEqual({ value: Number.NaN, low: 0, high: 1 });
});

test("effective number of rows", () => {
  near(effectiveCount([2, 2, 2]), 3);
  near(effectiveCount([1, 1, 0, 0]), 2);
});

test("two proportions equal statsmodels", () => {
  for (const [k1, n1, k2, n2, z, p] of recorded.twoProportions) {
    const got = twoProportionZ(k1!, n1!, k2!, n2!);
    allNear([got.z, got.p], [z!, p!], 1e-10);
  }
  expect(twoProportionZ(0, 5, 0, 9)).toEqual({ difference: 0, z: 0, p: 1 });
  expect(twoProportionZ(0, 0, 1, 9).p).toBeNaN();
});
