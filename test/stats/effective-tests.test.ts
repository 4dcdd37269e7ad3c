import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { effectiveTests } from "../../src/stats/index.ts";

const random = createRandom(1, "effective tests");
const noise = (length: number) => Array.from({ length }, () => random.normal());

test("one or none is one test; the same test many times is one; independent ones count each", () => {
  expect(effectiveTests([])).toBe(1);
  expect(effectiveTests([noise(9)])).toBe(1);
  const one = noise(30);
  expect(effectiveTests([one, one.map((x) => 3 * x + 1), one])).toBeCloseTo(1, 10);
  const many = Array.from({ length: 6 }, () => noise(5000));
  expect(effectiveTests(many)).toBeGreaterThan(5.95);
  expect(effectiveTests(many)).toBeLessThanOrEqual(6);
});

test("two that correlate by r are 2 - r^2", () => {
  const a = [1, 2, 3, 4, 5, 7];
  const b = [2, 1, 4, 3, 7, 5];
  const mean = (x: number[]) => x.reduce((s, v) => s + v, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  const sum = (f: (i: number) => number) => a.reduce((s, _, i) => s + f(i), 0);
  const r2 = sum((i) => (a[i]! - ma) * (b[i]! - mb)) ** 2 / sum((i) => (a[i]! - ma) ** 2) / sum((i) => (b[i]! - mb) ** 2);
  expect(effectiveTests([a, b])).toBeCloseTo(2 - r2, 12);
});

test("repetitions that one lacks, and tests without spread, count as no correlation", () => {
  expect(
    effectiveTests([
      [1, 2, Number.NaN, 4],
      [1, 2, 9, 4],
    ]),
  ).toBeCloseTo(1, 12);
  expect(
    effectiveTests([
      [1, 1, 1],
      [1, 2, 3],
    ]),
  ).toBe(2);
});
