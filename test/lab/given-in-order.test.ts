import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { givenBeside } from "../../src/core/split.ts";
import { compareOutcomes, estimateOf } from "../../src/lab/index.ts";
import { autoregressive, DAYS, outcomesOf } from "./periods.ts";

const ROWS = 1000;
const TRIALS = 100;
/** Rows that count as independent would cover about half the time: P(0.75 or more of 40) is below 0.001. Their resampling takes most of the time. */
const TRIALS_BY_ROWS = 40;

test("a given test set beside folds that are periods is one period; beside others its rows stand alone", () => {
  expect(givenBeside(DAYS, 30)).toEqual({ policy: "given", testRows: 30, order: { by: null } });
  expect(givenBeside({ policy: "random", folds: 5, repeats: 2 }, 30)).toEqual({ policy: "given", testRows: 30 });
});

test("its interval covers though neighbours resemble each other, where one of single rows does not", () => {
  let [byBlocks, byRows, ofDifference] = [0, 0, 0];
  for (let trial = 0; trial < TRIALS; trial++) {
    const random = createRandom(trial, "given in order");
    const shared = autoregressive(random, ROWS, 0.9);
    const own = autoregressive(random, ROWS, 0.9);
    // RMSE 1 against that of 0.8 of the same noise and a fifth of another's.
    const other = shared.map((value, row) => 0.8 * value + 0.6 * (own[row] ?? 0));
    const inOrder = outcomesOf([shared, other], { split: givenBeside(DAYS, ROWS) });
    const wide = estimateOf(inOrder.outcomes[0]!, "rmse", 0.95, inOrder.ground);
    if (wide.low <= 1 && 1 <= wide.high) byBlocks++;
    if (trial < TRIALS_BY_ROWS) {
      const alone = outcomesOf([shared], { split: givenBeside({ policy: "random", folds: 5, repeats: 1 }, ROWS) });
      const narrow = estimateOf(alone.outcomes[0]!, "rmse", 0.95, alone.ground);
      if (narrow.low <= 1 && 1 <= narrow.high) byRows++;
    }
    expect(wide.method).toMatch(/block bootstrap error, \d+ resamples of \d+ blocks of rows$/);
    const { difference } = compareOutcomes(inOrder.outcomes[0]!, inOrder.outcomes[1]!, "rmse", 0.95, inOrder.ground);
    if (difference.low <= 0 && 0 <= difference.high) ofDifference++;
  }
  expect(byBlocks / TRIALS).toBeGreaterThan(0.86);
  expect(ofDifference / TRIALS).toBeGreaterThan(0.86);
  expect(byRows / TRIALS_BY_ROWS).toBeLessThan(0.75);
});
