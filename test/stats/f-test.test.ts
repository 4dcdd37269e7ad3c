import { expect, test } from "vitest";
import { fUpperTail, tTwoSidedP } from "../../src/stats/index.ts";

test("the upper tail of F: that of t squared, a half at 1 where both degrees are the same, and 1 - x at two of each", () => {
  expect(fUpperTail(2.5 ** 2, 1, 17)).toBeCloseTo(tTwoSidedP(2.5, 17), 12);
  expect(fUpperTail(1, 9, 9)).toBeCloseTo(0.5, 12);
  // With 2 and 2 degrees P(F >= f) = 1 / (1 + f).
  expect(fUpperTail(99, 2, 2)).toBeCloseTo(0.01, 12);
  expect(fUpperTail(0, 3, 5)).toBe(1);
  expect(fUpperTail(Number.NaN, 3, 5)).toBeNaN();
});
