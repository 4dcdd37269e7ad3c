import { expect, test } from "vitest";
import { unitWeights } from "../../src/stats/index.ts";

test("weights lose their unit", () => {
  expect(unitWeights(null)).toBeNull();
  expect(unitWeights(Float64Array.of(0.3, 0.3, 0.3))).toBeNull();
  expect(unitWeights(Float64Array.of(2, 0, 6))).toEqual(Float64Array.of(0.5, 0, 1.5));
  expect(unitWeights(Float64Array.of(0, 0))).toEqual(Float64Array.of(0, 0));
});
