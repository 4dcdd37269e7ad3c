import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countText, holdsZero, intervalText, numberText, percentText, probabilityText, signed } from "../../src/report/numbers.ts";
import { bytesText, durationText, millisecondsText, rateText, significant, usdText } from "../../src/report/units.ts";

describe("numbers for people", () => {
  test("small numbers do not become 0, large ones part their thousands", () => {
    expect(numberText(0.00042)).toBe("0.00042");
    expect(numberText(47_120.4)).toBe("47,120");
    expect(numberText(-47_120.4)).toBe("-47,120");
    expect(numberText(Number.NaN)).toBe("unknown");
  });

  test("value and bounds share their digits, and a bound that is not 0 does not read as 0", () => {
    expect(intervalText({ value: 0.79, low: 0.7727, high: 0.8071 })).toBe("0.790 [0.773, 0.807]");
    expect(intervalText({ value: 0.003, low: 0.0001, high: 0.0059 })).toBe("0.0030 [0.0001, 0.0059]");
    expect(intervalText({ value: 9.98, low: 9.5, high: 10.46 })).toBe("9.98 [9.50, 10.46]");
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1e6, noNaN: true }), (low) => {
        const text = intervalText({ value: 2 * low, low, high: 3 * low });
        return !/\[0(\.0+)?,/.test(text);
      }),
    );
  });

  test("an interval that is not known is said to be so", () => {
    expect(intervalText({ value: 0.5, low: Number.NEGATIVE_INFINITY, high: 1 })).toBe("0.5 [interval unknown]");
    expect(intervalText({ value: Number.NaN, low: 0, high: 1 })).toBe("unknown");
    expect(holdsZero({ low: -1, high: 1 })).toBe(true);
    expect(holdsZero({ low: Number.NaN, high: 1 })).toBe(true);
    expect(holdsZero({ low: 0.1, high: 1 })).toBe(false);
  });

  test("signs, shares, counts", () => {
    expect([signed("0.061"), signed("-0.061"), signed("0.000"), signed("unknown")]).toEqual(["+0.061", "-0.061", "0.000", "unknown"]);
    expect([percentText(0.0062), percentText(0.109), percentText(1), percentText(0.0003), percentText(0.00004), percentText(0)]).toEqual([
      "0.6 %",
      "11 %",
      "100 %",
      "0.03 %",
      "< 0.01 %",
      "0 %",
    ]);
    expect([percentText(0.9997), percentText(0.996), percentText(-0.0004)]).toEqual(["99.97 %", "99.6 %", "-0.04 %"]);
    expect([countText(1, "row"), countText(4119, "row")]).toEqual(["1 row", "4,119 rows"]);
    expect([probabilityText(0.00004), probabilityText(0.34)]).toEqual(["< 0.001", "0.340"]);
  });

  test("units", () => {
    expect([millisecondsText(0.0713), millisecondsText(3.217), millisecondsText(120.4)]).toEqual(["0.071 ms", "3.2 ms", "120 ms"]);
    expect([durationText(410), durationText(12_300), durationText(200_000), durationText(9e6)]).toEqual([
      "410 ms",
      "12 s",
      "3 min",
      "2.5 h",
    ]);
    expect([bytesText(0), bytesText(412_000), bytesText(8_330_000_000)]).toEqual(["0 B", "412 kB", "8.3 GB"]);
    expect([usdText(0), usdText(0.0031), usdText(0.42), usdText(12.2), usdText(1240)]).toEqual(["$0", "$0.003", "$0.42", "$12", "$1,240"]);
    expect(significant(412_345, 2)).toBe("410,000");
    expect([rateText(412_345), rateText(12_812_345)]).toEqual(["412,000", "12.8 million"]);
  });
});
