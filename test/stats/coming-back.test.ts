import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { comingBack } from "../../src/stats/index.ts";

const numbers = Array.from({ length: 120 }, (_, i) => 5 + i);

test("a pattern that comes back is found at its distance, with what the numbers have in common by it", () => {
  const week = numbers.map((number) => [0, 1, 4, 2, 2, 3, 9][number % 7]!);
  const found = comingBack(numbers, [week], 1);
  expect(found?.steps).toBe(7);
  expect(found?.pairs).toBe(113);
  // Variance of the seven: 52 / 7.
  expect(found?.covariance).toBeCloseTo(7.4, 0);
  expect(found?.z).toBeGreaterThan(50);
});

test("of numbers that have nothing in common no distance is far beyond chance; few pairs tell nothing", () => {
  const random = createRandom(5, "coming back");
  const largest = Array.from({ length: 50 }, () => comingBack(numbers, [numbers.map(() => random.normal())], 1)?.z ?? 0);
  expect(largest.filter((z) => z > 4)).toEqual([]);
  expect(
    comingBack(
      numbers.map((number) => 1000 * number),
      [numbers],
      1,
    ),
  ).toBeNull();
});
