import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { standsInStretches } from "../../../src/data/columns/class-stretches.ts";

const ROWS = 2_000;

/** Classes one after the other, `stray` of the rows of any class anywhere. */
function sorted(classes: number, stray: number, seed: number, rows = ROWS) {
  const random = createRandom(seed, "strays");
  return Float64Array.from({ length: rows }, (_, row) =>
    random.next() < stray ? random.integer(classes) : classes - 1 - Math.floor((row * classes) / rows),
  );
}

describe("a stretch for each class", () => {
  test("a few rows of each class stand elsewhere, in no order", () => {
    for (const seed of [1, 2, 3]) {
      expect(standsInStretches(sorted(2, 0.08, seed))).toBe(true);
      expect(standsInStretches(sorted(5, 0.08, seed))).toBe(true);
    }
  });

  test("of 200 classes it is found in no time", () => {
    const labels = sorted(200, 0.04, 1, 100_000);
    const start = performance.now();
    expect(standsInStretches(labels)).toBe(true);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test("not where many stand elsewhere, or all rows stand anywhere", () => {
    expect(standsInStretches(sorted(2, 0.3, 1))).toBe(false);
    expect(standsInStretches(sorted(2, 1, 1))).toBe(false);
  });

  test("a rare class among a frequent one stands in no stretch", () => {
    const random = createRandom(2, "rare");
    expect(standsInStretches(Float64Array.from({ length: ROWS }, () => Number(random.next() < 0.05)))).toBe(false);
  });

  test("a stretch that holds its whole class and as many others is none", () => {
    const labels = Float64Array.from({ length: ROWS }, (_, row) => Number(row >= 1900 && row % 2 === 0));
    expect(standsInStretches(labels)).toBe(false);
  });

  test("classes that go over into each other, or come back in spells, do so in time", () => {
    const random = createRandom(3, "over");
    const over = Float64Array.from({ length: ROWS }, (_, row) => Number(row / ROWS + 0.1 * random.normal() > 0.5));
    expect(standsInStretches(over)).toBe(false);
    const spells = Float64Array.from({ length: ROWS }, (_, row) => Number(row >= ROWS / 2 !== row % 500 < 30));
    expect(standsInStretches(spells)).toBe(false);
  });

  test("one class, or one of few rows, tells nothing", () => {
    expect(standsInStretches(new Float64Array(ROWS))).toBe(false);
    const few = (rows: number) => Float64Array.from({ length: ROWS }, (_, row) => Number(row < rows));
    expect([standsInStretches(few(19)), standsInStretches(few(20))]).toEqual([false, true]);
  });
});
