import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { furtherSuccesses } from "../../src/stats/index.ts";

test.each([
  [20, 400, 200],
  [3, 60, 300],
  [50, 500, 5000],
])("covers the count that comes in nineteen of twenty draws: %i of %i, %i further", (expected, trials, further) => {
  const random = createRandom(7);
  const draw = (n: number) => Array.from({ length: n }, () => random.next() < expected / trials).filter(Boolean).length;
  let held = 0;
  for (let i = 0; i < 1000; i++) {
    const { low, high } = furtherSuccesses(draw(trials), trials, further, 0.95);
    const came = draw(further);
    if (came >= low && came <= high) held++;
  }
  expect(held).toBeGreaterThan(930);
  expect(held).toBeLessThan(985);
});

test("none and all have one side, no further trial has no count, and without trials all may be", () => {
  expect(furtherSuccesses(0, 50, 100, 0.95)).toMatchObject({ value: 0, low: 0 });
  expect(furtherSuccesses(50, 50, 100, 0.95)).toMatchObject({ value: 100, high: 100 });
  expect(furtherSuccesses(5, 50, 0, 0.95)).toEqual({ value: 0, low: 0, high: 0 });
  expect(furtherSuccesses(0, 0, 9, 0.95)).toEqual({ value: Number.NaN, low: 0, high: 9 });
});
