import { expect, test } from "vitest";
import { expectedZeros } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };

test.each(recorded.zeroTruncated)("zeros are those of scipy's largest likelihood ($zeros)", ({ values, often, zeros }) => {
  const { expected, most } = expectedZeros(Float64Array.from(values), Int32Array.from(often));
  expect(Math.abs(expected / zeros - 1)).toBeLessThan(0.002);
  expect(most).toBeGreaterThan(expected);
});

test("zeros that are there have no say", () => {
  const [{ values, often }] = recorded.zeroTruncated as [(typeof recorded.zeroTruncated)[0]];
  const without = expectedZeros(Float64Array.from(values), Int32Array.from(often));
  expect(expectedZeros(Float64Array.from([0, ...values]), Int32Array.from([50_000, ...often]))).toEqual(without);
});

test("counts of nothing but 1 allow any number of zeros", () => {
  expect(expectedZeros(Float64Array.of(0, 1), Int32Array.of(500, 50))).toEqual({ expected: Infinity, most: Infinity });
});
