import { expect, test } from "vitest";
import { decimalsOf, halfDecimal, lastDecimal } from "../../../src/data/columns/written-decimals.ts";

test.each([
  ["whole numbers", [1, 20, -3], 1],
  ["two decimals", [1.25, 3, -0.5], 0.01],
  ["small numbers", [1e-7, 3e-7], 1e-7],
  ["the dust of computing", [0.1 + 0.2, 1.1 * 3, 0.7], 0.1],
  ["single precision", [Math.fround(26.1), Math.fround(0.2), Math.fround(7.3)], 0.1],
  ["nothing", [], 1],
])("the last decimal of %s", (_, values, wanted) => {
  expect(lastDecimal(Float64Array.from(values))).toBeCloseTo(wanted, 12);
  expect(halfDecimal(Float64Array.from(values))).toBeCloseTo(wanted / 2, 12);
});

test("decimals as they stand, dust too", () => {
  expect(decimalsOf(Float64Array.of(0.1 + 0.2))).toBe(15);
  expect(decimalsOf(Float64Array.of(1.25, 3))).toBe(2);
});
