import { expect, test } from "vitest";
import { correctedT, unanimous, wilson } from "../../src/stats/index.ts";
import { allNear, near } from "./near.ts";

test("units that all show the same leave Wilson's bound of none of n open", () => {
  for (const [n, level] of [
    [5, 0.95],
    [40, 0.99],
  ] as const) {
    const unseen = wilson(0, n, level).high;
    const none = unanimous(0, n, -1, 1, level);
    allNear([none.low, none.high, none.p], [-unseen, unseen, 1]);
    const half = unanimous(0.5, n, -1, 1, level);
    allNear([half.low, half.high], [0.5 - 1.5 * unseen, 0.5 + 0.5 * unseen]);
  }
});

test("p is where the interval begins to hold 0", () => {
  for (const value of [0.5, -0.2]) {
    const { p } = unanimous(value, 12, -1, 1, 0.95);
    const { low, high } = unanimous(value, 12, -1, 1, 1 - p);
    near(value > 0 ? low : high, 0, 1e-9, 1);
  }
});

test("one unit tells nothing, and no end of units leaves nothing open", () => {
  expect(unanimous(0.5, 1, -1, 1, 0.95)).toEqual({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, p: 1 });
  expect(unanimous(0.5, Number.POSITIVE_INFINITY, -1, 1, 0.95)).toEqual({ low: 0.5, high: 0.5, p: 0 });
  expect(unanimous(0, 9, 0, Number.POSITIVE_INFINITY, 0.95)).toMatchObject({ low: 0, high: Number.POSITIVE_INFINITY });
});

test("folds beyond the units that they share add no degrees of freedom", () => {
  const scores = [0.6, 0.7, 0.8, 0.7, 0.65, 0.75];
  expect(correctedT(scores, 0.5, 0.95, 3)).toMatchObject({ df: 2, se: correctedT(scores, 0.5, 0.95).se });
  expect(correctedT(scores, 0.5, 0.95, 100)).toEqual(correctedT(scores, 0.5, 0.95));
  expect(correctedT(scores, 0.5, 0.95, 1)).toMatchObject({ p: 1, high: Number.POSITIVE_INFINITY });
});
