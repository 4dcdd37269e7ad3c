import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { turningPoints } from "../../src/stats/index.ts";

const turns = (estimates: readonly number[], variance = 0.01) =>
  turningPoints(
    estimates,
    estimates.map(() => variance),
    4,
  );

describe("turns beyond noise", () => {
  test.each<[string, readonly number[], number]>([
    ["a line", [1, 2, 3, 4, 5, 6], 0],
    ["a line that falls", [6, 5, 4, 3, 2, 1], 0],
    ["a hill", [1, 2, 3, 4, 3, 2, 1], 1],
    ["a hill behind a plain", [1, 1.1, 0.9, 1, 3, 2.9, 3.1, 1, 1.1], 1],
    ["two hills", [1, 2, 3, 2, 1, 2, 3, 2, 1], 3],
    ["a zig-zag", [1, 3, 1, 3, 1, 3, 1, 3], 6],
    ["a zig-zag that begins high", [3, 1, 3, 1, 3, 1, 3, 1], 6],
    ["steps within noise", [1, 1.4, 1, 1.4, 1, 1.4], 0],
    ["slow swings, each step of which is within noise", [0, 0.4, 0.8, 1.2, 0.8, 0.4, 0, 0.4, 0.8, 1.2], 2],
    ["swings of unlike height", [0, 5, 1, 9, 8, 2, 3], 4],
    ["one", [1], 0],
  ])("%s", (_, estimates, expected) => expect(turns(estimates)).toBe(expected));

  test("of random orders two thirds of the inner places", () => {
    const random = createRandom(3, "turns");
    const all = Array.from({ length: 400 }, () => turns(random.shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 1e-6));
    expect(all.reduce((sum, one) => sum + one, 0) / all.length).toBeCloseTo((8 * 2) / 3, 0);
  });

  test("noise alone hardly ever turns", () => {
    const random = createRandom(4, "noise");
    const all = Array.from({ length: 1000 }, () => turns(Array.from({ length: 8 }, () => 0.1 * random.normal())));
    expect(all.filter((one) => one > 0).length).toBeLessThan(10);
  });
});
