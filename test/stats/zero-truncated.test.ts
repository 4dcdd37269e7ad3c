import { expect, test } from "vitest";
import { expectedZeros } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };

test.each(recorded.zeroTruncated)("zeros by the grid lie by those of scipy's largest likelihood ($zeros)", ({ values, often, zeros }) => {
  const { expected, most } = expectedZeros(Float64Array.from(values), Int32Array.from(often));
  expect(Math.abs(expected / zeros - 1)).toBeLessThan(0.15);
  expect(most).toBeGreaterThanOrEqual(expected);
  // The means of the grid are 8 % apart.
  expect(most).toBeGreaterThan(0.92 * zeros);
});

test("zeros that are there have no say", () => {
  const [{ values, often }] = recorded.zeroTruncated as [(typeof recorded.zeroTruncated)[0]];
  const without = expectedZeros(Float64Array.from(values), Int32Array.from(often));
  expect(expectedZeros(Float64Array.from([0, ...values]), Int32Array.from([50_000, ...often]))).toEqual(without);
});
