import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { changePlace } from "../../../src/data/labels/change-place.ts";
import { unripeEnd } from "../../../src/data/labels/unripe-end.ts";
import { numbers } from "../table.ts";

const ROWS = 4000;

const series = (rate: (t: number) => number, seed = 1) => {
  const random: Random = createRandom(seed, "unripe");
  return Float64Array.from(numbers(ROWS, (row) => Number(random.next() < rate(row / ROWS))));
};

test.each<[string, (t: number) => number, "step" | "ramp", number]>([
  ["outcomes that none of the last rows had the time for", (t) => (t < 0.9 ? 0.12 : 0.005), "step", 0.9],
  ["half of the rows but for the last tenth", (t) => (t < 0.9 ? 0.45 : 0.02), "step", 0.9],
  ["outcomes that fewer and fewer had the time for", (t) => (t < 0.75 ? 0.2 : 0.2 * (1 - (t - 0.75) / 0.25)), "ramp", 0.75],
])("%s are found with their place", (_, rate, shape, at) => {
  for (const seed of [1, 2, 3]) {
    const found = unripeEnd(series(rate, seed))!;
    expect(found.shape).toBe(shape);
    expect(found.earliest).toBeLessThanOrEqual(at * ROWS + 30);
    expect(found.latest).toBeGreaterThanOrEqual(at * ROWS - 30);
    expect(found.latest - found.earliest).toBeLessThan(ROWS / 5);
  }
});

describe("silent on", () => {
  test.each<[string, (t: number) => number]>([
    ["a rate that stays", () => 0.1],
    ["a rate that halves at the end", (t) => (t < 0.9 ? 0.2 : 0.1)],
    ["a rate that falls from the start", (t) => 0.3 * (1 - t)],
    ["seasons that go down to nothing", (t) => 0.15 * (1 + Math.cos(31.4 * t))],
    ["a rate that rises", (t) => (t < 0.9 ? 0.02 : 0.3)],
    ["the outcome of most rows that goes away early", (t) => (t < 0.3 ? 0.3 : 0.02)],
  ])("%s", (_, rate) => {
    for (const seed of [1, 2, 3, 4, 5]) expect(unripeEnd(series(rate, seed))).toBeNull();
  });
});

test("the place of a change has an interval that holds it in most draws, and is wider of a smaller change", () => {
  const width = (after: number) => {
    const all = Array.from({ length: 40 }, (_, seed) =>
      changePlace(
        series((t) => (t < 0.5 ? 0.3 : after), seed),
        500,
        3500,
      ),
    );
    const held = all.filter(({ earliest, latest }) => earliest <= ROWS / 2 && latest >= ROWS / 2).length;
    expect(held).toBeGreaterThanOrEqual(34);
    return all.reduce((sum, { earliest, latest }) => sum + latest - earliest, 0) / all.length;
  };
  expect(width(0.4)).toBeGreaterThan(2 * width(0.6));
});
