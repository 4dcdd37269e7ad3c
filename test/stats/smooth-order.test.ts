import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { smoothOrderP } from "../../src/stats/index.ts";

const p = (counts: readonly number[], seed = 1) => smoothOrderP(counts, createRandom(seed, "smooth").shuffle);

test("a heap is smoother than random orders of its counts, and the same counts in another order are not", () => {
  expect(p([3, 11, 30, 61, 90, 95, 66, 28, 12, 2])).toBeLessThan(0.01);
  expect(p([95, 3, 61, 11, 90, 2, 66, 12, 28, 30])).toBeGreaterThan(0.9);
});

test("of four things, or of things that are as frequent, it tells nothing", () => {
  expect(p([4, 8, 16, 2])).toBeGreaterThan(0.05);
  expect(p([5, 5, 5, 5, 5, 5, 5])).toBe(1);
});

test("of random orders one in twenty has p below 0.05", () => {
  const random = createRandom(9, "orders");
  const counts = Array.from({ length: 9 }, (_, i) => 2 ** i);
  const below = Array.from({ length: 300 }, (_, i) => p(random.shuffle([...counts]), i)).filter((one) => one <= 0.05).length;
  expect(below).toBeGreaterThan(4);
  expect(below).toBeLessThan(30);
});
