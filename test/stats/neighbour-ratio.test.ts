import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { neighbourRatio } from "../../src/stats/index.ts";

const LEVELS = 9;
const PAIRS = LEVELS * LEVELS;
const even = Float64Array.from({ length: PAIRS }, (_, i) => Number(Math.floor(i / LEVELS) !== i % LEVELS));
const squaresOf = (means: readonly number[]) =>
  Float64Array.from({ length: PAIRS }, (_, i) => (means[Math.floor(i / LEVELS)]! - means[i % LEVELS]!) ** 2);
const of = (means: readonly number[], weights = even) =>
  neighbourRatio(squaresOf(means), weights, LEVELS, createRandom(3, "orders").shuffle);

test("a straight line: 1 by the mean squared distance of two of nine, 15", () => {
  const { ratio, p, nearP, worth } = of([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(ratio).toBeCloseTo(1 / 15, 12);
  expect([p, nearP]).toEqual([0, 0]);
  expect(worth).toBeCloseTo(LEVELS, 12);
});

test("an order without meaning is about 1, and as smooth as half of the others", () => {
  const { ratio, p, leastRatio, leastSpread } = of([3, 9, 1, 6, 8, 2, 5, 7, 4]);
  expect(ratio).toBeGreaterThan(0.9);
  expect(p).toBeGreaterThan(0.3);
  expect(leastRatio).toBeLessThanOrEqual(ratio);
  expect(leastSpread).toBeGreaterThan(0.7);
});

test("one level that differs from all others carries the whole difference", () => {
  expect(of([5, 5, 5, 5, 0, 5, 5, 5, 5]).leastSpread).toBeCloseTo(0, 12);
});

test("levels with hardly any rows are worth nothing", () => {
  const weights = even.map((one, i) => (Math.floor(i / LEVELS) < 4 && i % LEVELS < 4 ? one : one * 1e-6));
  expect(of([1, 2, 3, 4, 5, 6, 7, 8, 9], weights).worth).toBeCloseTo(4, 3);
});

test("a ratio below what is asked for draws no orders", () => {
  const drawsNone = () => {
    throw new Error("drawn");
  };
  const { ratio, p } = neighbourRatio(squaresOf([1, 2, 3, 4, 5, 6, 7, 8, 9]), even, LEVELS, drawsNone, 0.8);
  expect([ratio < 0.8, p]).toEqual([true, Number.NaN]);
});
