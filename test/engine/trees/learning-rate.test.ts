import { expect, test } from "vitest";
import { automaticLearningRate } from "../../../src/engine/trees/learning-rate.ts";

test("rises with rows, falls with rounds, stays within 0.5", () => {
  for (const loss of ["logistic", "softmax", "squared"] as const) {
    for (const stopsEarly of [true, false]) {
      for (const fromAverage of [true, false]) {
        const at = (rows: number, rounds: number) => automaticLearningRate({ loss, rows, rounds, stopsEarly, fromAverage });
        expect(at(1e5, 1000)).toBeGreaterThan(at(1e3, 1000));
        expect(at(1e4, 500)).toBeGreaterThan(at(1e4, 2000));
        expect(at(1e9, 1)).toBe(0.5);
      }
    }
  }
});

/** Formula by hand: exp(0.408 ln 10000 - 7.299) = 0.02895..., times (200 / 1000)^-0.928. */
test("the formula, and losses without a fit", () => {
  const one = { loss: "logistic", rows: 10_000, rounds: 1000, stopsEarly: false, fromAverage: true } as const;
  expect(automaticLearningRate(one)).toBeCloseTo(10_000 ** 0.408 * Math.exp(-7.299), 6);
  expect(automaticLearningRate({ ...one, rounds: 200 })).toBeCloseTo(10_000 ** 0.408 * Math.exp(-7.299) * 0.2 ** -0.928, 6);
  expect(automaticLearningRate({ ...one, loss: "tweedie" })).toBe(0.1);
});
