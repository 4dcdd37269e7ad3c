import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { partialCorrelation, pearson } from "../../src/stats/index.ts";

const random = createRandom(1, "partial");
const z = Array.from({ length: 400 }, () => random.normal());
const x = z.map((one) => one + random.normal());
const y = z.map((one, row) => one - 0.5 * x[row]! + random.normal());

/** What a straight line through z leaves of the values. */
function residuals(values: readonly number[]): number[] {
  const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [at, among] = [mean(values), mean(z)];
  const slope = mean(values.map((one, row) => (one - at) * (z[row]! - among))) / mean(z.map((one) => (one - among) ** 2));
  return values.map((one, row) => one - at - slope * (z[row]! - among));
}

test("a partial correlation is that of the residuals", () => {
  expect(partialCorrelation(pearson(x, y), pearson(x, z), pearson(y, z))).toBeCloseTo(pearson(residuals(x), residuals(y)), 12);
});

test("where the third is one of the two, nothing is left to go together", () => {
  expect(partialCorrelation(pearson(z, y), 1, pearson(y, z))).toBe(0);
});
