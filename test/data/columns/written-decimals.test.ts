import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { decimalsOf, decimalsOfEach, decimalsOfNumber, halfDecimal, lastDecimal } from "../../../src/data/columns/written-decimals.ts";

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

/** By the text itself. */
function ofText(value: number, most: number): number {
  const [digits = "", exponent = "0"] = String(value).split("e");
  return Math.min(most, Math.max(0, (digits.split(".")[1]?.length ?? 0) - Number(exponent)));
}

test.each([8, 15])("decimals are those of the shortest text, %i at most", (most) => {
  const random = createRandom(1, "decimals");
  const odd = [
    0,
    -0,
    Number.NaN,
    1e-6,
    9.9e-7,
    1e21,
    123456789.12345678,
    0.1 + 0.2,
    22_517_998.1,
    4.35,
    1.005,
    1 / 3,
    -2.5e-7,
    2 ** 53,
    Infinity,
  ];
  const drawn = Array.from({ length: 20_000 }, (_, i) => {
    const value = random.normal() * 10 ** (random.integer(14) - 6);
    return i % 3 === 0 ? value : Number(value.toFixed(i % 11));
  });
  for (const value of [...odd, ...drawn])
    if (decimalsOfNumber(value, most) !== ofText(value, most))
      expect([value, decimalsOfNumber(value, most)]).toEqual([value, ofText(value, most)]);
  const values = Float64Array.from([...odd, ...drawn, ...drawn.toSorted((a, b) => decimalsOfNumber(a) - decimalsOfNumber(b))]);
  const decimals = new Float64Array(values.length);
  decimalsOfEach(values, decimals, most);
  expect(decimals).toEqual(values.map((value) => (Number.isNaN(value) ? value : decimalsOfNumber(value, most))));
});
