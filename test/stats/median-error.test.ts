import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { medianError, NORMAL_OF_DEVIATIONS, NORMAL_OF_QUARTILES, quantile, standardDeviation } from "../../src/stats/index.ts";

const random = createRandom(1, "median-error");
const draw = (n: number) => Float64Array.from({ length: n }, () => 5 + 3 * random.normal());

test("medians of many samples spread as far as it says", () => {
  const medians = Float64Array.from({ length: 2000 }, () => quantile(draw(101), 0.5));
  expect(standardDeviation(medians) / medianError(3, 101)).toBeCloseTo(1, 1);
});

test("the deviation of a normal from its quartiles, and from its absolute deviations", () => {
  const values = draw(50_000);
  expect((NORMAL_OF_QUARTILES * (quantile(values, 0.75) - quantile(values, 0.25))) / 3).toBeCloseTo(1, 1);
  const middle = quantile(values, 0.5);
  expect(
    (NORMAL_OF_DEVIATIONS *
      quantile(
        values.map((value) => Math.abs(value - middle)),
        0.5,
      )) /
      3,
  ).toBeCloseTo(1, 1);
});
