import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digits, digitsApart, rangeText, rangeTexts } from "../../src/core/digits.ts";

describe("numbers for people", () => {
  test("without an interval: three significant digits, thousands parted, no -0", () => {
    expect([0.12345, 12.345, 123.45, 1234.5, -0.5, 84_210, 0, -0, 4.12e-5, -3e-9, Number.NaN].map((value) => digits(value))).toEqual([
      "0.123",
      "12.3",
      "123",
      "1,235",
      "-0.5",
      "84,210",
      "0",
      "0",
      "4.12e-5",
      "-3e-9",
      "unknown",
    ]);
  });

  test.each([
    [{ value: 0.7903, low: 0.7727, high: 0.8071 }, "0.790 [0.773, 0.807]"],
    [{ value: 0.003, low: 0.0001, high: 0.0059 }, "0.0030 [0.0001, 0.0059]"],
    [{ value: 84_210.4, low: 81_900, high: 86_520 }, "84,210 [81,900, 86,520]"],
    [{ value: 4e-5, low: 3.9e-5, high: 4.1e-5 }, "4.00e-5 [3.90e-5, 4.10e-5]"],
    [{ value: 3.2863e73, low: 2.9554e73, high: 3.6171e73 }, "3.29e73 [2.96e73, 3.62e73]"],
    [{ value: -1e-9, low: -2e-6, high: 2e-6 }, "0.0 [-2.0e-6, 2.0e-6]"],
    [{ value: -0.0001, low: -0.05, high: 0.05 }, "0.000 [-0.050, 0.050]"],
    [{ value: 0.5, low: 0.5, high: 0.5 }, "0.500 [0.500, 0.500]"],
    [{ value: 1, low: 1 - 1e-12, high: 1 + 1e-12 }, "1.00000 [1.00000, 1.00000]"],
    [{ value: 0, low: 0, high: 0 }, "0 [0, 0]"],
    [{ value: 0.5, low: Number.NEGATIVE_INFINITY, high: 1 }, "0.5 [interval unknown]"],
    [{ value: Number.NaN, low: 0, high: 1 }, "unknown"],
  ])("with an interval: two digits of half its width: %o", (range, text) => {
    expect(rangeText(range)).toBe(text);
  });

  test("of any size: never -0, ends stay apart, and the printed value lies within a twentieth of half the width", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-12, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-4, max: 1, noNaN: true }),
        fc.boolean(),
        (size, share, isNegative) => {
          const [value, half] = [isNegative ? -size : size, share * size];
          const texts = rangeTexts({ value, low: value - half, high: value + half });
          const printed = Number(texts.value.replaceAll(",", ""));
          expect(Object.values(texts).join(" ")).not.toMatch(/-0(\.0+)?(?![\d.])/);
          expect(Math.abs(printed - value)).toBeLessThanOrEqual(0.051 * half + (half > 1 ? 0.5 : 0));
          if (half > 1 || size < 1) expect(texts.low).not.toBe(texts.high);
        },
      ),
    );
  });
});

test("a huge number has three digits and a power of ten", () => {
  expect([1.9734e305, -2e15, 123_456_789].map((value) => digits(value))).toEqual(["1.97e+305", "-2e+15", "123,456,789"]);
});

test("bounds beside each other have as many digits as tell them apart", () => {
  expect(digitsApart([1, 2.5, 1234])).toEqual(["1", "2.5", "1,234"]);
  expect(digitsApart([40.7151, 40.7249, 40.7361])).toEqual(["40.715", "40.725", "40.736"]);
  expect(digitsApart([-73.9912, -73.9834])).toEqual(["-73.99", "-73.98"]);
  expect(digitsApart([123_456.1, 123_456.2])).toEqual(["123,456.1", "123,456.2"]);
  expect(new Set(digitsApart([0.1, 0.1 + Number.EPSILON])).size).toBe(2);
  expect(digitsApart([3, 3])).toEqual(["3", "3"]);
});
