import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { functionalDependence, sortedness } from "../../src/stats/index.ts";

const random = createRandom(5, "dependence");
const noise = Array.from({ length: 400 }, () => random.normal());

test("without ties it is Chatterjee's xi: 1 - 3 sum |r' - r| / (n^2 - 1)", () => {
  const values = [3, 1, 4, 1.5, 9, 2.6, 5];
  // Ranks 4 1 5 2 7 3 6.
  expect(functionalDependence(values, true)).toBeCloseTo(1 - (3 * (3 + 4 + 3 + 5 + 4 + 3)) / 48, 12);
});

test("of names, the steps that change by those of an order drawn by chance", () => {
  // Two changes of five steps; two rows differ with a chance of 2 x 9 / 30.
  expect(functionalDependence([0, 0, 1, 1, 1, 0], false)).toBeCloseTo(1 - 2 / (5 * (18 / 30)), 12);
  expect(functionalDependence([2, 2, 2], false)).toBeNaN();
});

test("a function is near 1, in whatever direction; noise is near 0", () => {
  const rows = noise.map((_, i) => i);
  expect(
    functionalDependence(
      rows.map((i) => (i - 150) ** 2),
      true,
    ),
  ).toBeGreaterThan(0.97);
  expect(
    functionalDependence(
      rows.map((i) => Math.floor(i / 60)),
      false,
    ),
  ).toBeGreaterThan(0.97);
  expect(Math.abs(functionalDependence(noise, true))).toBeLessThan(0.1);
});

test("sortedness is 1 and -1 for sorted values with ties, whatever their counts, and between them for what starts anew", () => {
  expect(sortedness([1, 1, 1, 5, 7, 7])).toBeCloseTo(1, 12);
  expect(sortedness([7, 7, 5, 1, 1, 1])).toBeCloseTo(-1, 12);
  expect(sortedness([1, 2, 3, 1, 2, 3])).toBeCloseTo(0.5, 12);
  expect(Math.abs(sortedness(noise))).toBeLessThan(0.15);
});
