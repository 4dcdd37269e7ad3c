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

/** What CatBoost 1.2.10 took (get_all_params): loss, rows, rounds, evaluation rows with use_best_model, boost_from_average, learning rate. */
const CATBOOST: ["logistic" | "softmax" | "squared", number, number, boolean, boolean, number][] = [
  ["logistic", 200, 20, false, false, 0.187253],
  ["logistic", 200, 20, false, true, 0.221589],
  ["logistic", 200, 20, true, false, 0.116766],
  ["logistic", 3000, 60, false, true, 0.241338],
  ["logistic", 3000, 60, true, true, 0.151286],
  ["softmax", 200, 20, true, false, 0.465967],
  ["softmax", 200, 60, false, false, 0.5],
  ["softmax", 3000, 60, true, false, 0.323308],
  ["squared", 200, 60, false, false, 0.24865],
  ["squared", 200, 60, true, true, 0.220032],
  ["squared", 3000, 60, false, true, 0.479654],
  ["squared", 3000, 60, true, false, 0.327246],
];

test.each(CATBOOST)(
  "CatBoost: %s, %d rows, %d rounds, stops early: %s, from average: %s",
  (loss, rows, rounds, stopsEarly, fromAverage, rate) => {
    expect(automaticLearningRate({ loss, rows, rounds, stopsEarly, fromAverage })).toBeCloseTo(rate, 6);
  },
);

/** Formula by hand: exp(0.408 ln 10000 - 7.299) = 0.02895..., times (200 / 1000)^-0.928. */
test("the formula, and losses without a fit", () => {
  const one = { loss: "logistic", rows: 10_000, rounds: 1000, stopsEarly: false, fromAverage: true } as const;
  expect(automaticLearningRate(one)).toBeCloseTo(10_000 ** 0.408 * Math.exp(-7.299), 6);
  expect(automaticLearningRate({ ...one, rounds: 200 })).toBeCloseTo(10_000 ** 0.408 * Math.exp(-7.299) * 0.2 ** -0.928, 6);
  expect(automaticLearningRate({ ...one, loss: "tweedie" })).toBe(0.1);
});
