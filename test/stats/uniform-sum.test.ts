import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { uniformSumCdf } from "../../src/stats/index.ts";

test("of one it is the number itself, of two a triangle, of three by hand", () => {
  expect([-1, 0, 0.3, 1, 2].map((sum) => uniformSumCdf(sum, 1))).toEqual([0, 0, 0.3, 1, 1]);
  expect([0.5, 1, 1.5].map((sum) => uniformSumCdf(sum, 2))).toEqual([0.125, 0.5, 0.875]);
  expect(uniformSumCdf(0.2, 3)).toBeCloseTo(0.2 ** 3 / 6, 15);
  expect(uniformSumCdf(1.5, 3)).toBeCloseTo(0.5, 15);
});

test("half of the sums lie below the middle, however many are added", () => {
  for (let count = 1; count <= 20; count++) expect(uniformSumCdf(count / 2, count)).toBeCloseTo(0.5, 9);
});

test("as often as in drawn sums", () => {
  const random = createRandom(1, "sums");
  const sums = Array.from({ length: 40_000 }, () => Array.from({ length: 5 }, () => random.next()).reduce((sum, one) => sum + one, 0));
  for (const at of [1, 1.5, 2, 3]) {
    const share = sums.filter((sum) => sum <= at).length / sums.length;
    expect(Math.abs(uniformSumCdf(at, 5) - share)).toBeLessThan(0.01);
  }
});
