import { expect, test } from "vitest";
import { linearWeights } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };

const [a, b, c] = recorded.exactLinear.columns.map((values) => Float64Array.from(values)) as [Float64Array, Float64Array, Float64Array];

test("the weights and the constant that made a column are given back", () => {
  const y = a.map((value, i) => 2 * value - 3 * b[i]! + 0.5 * c[i]! + 7);
  const { weights, constant } = linearWeights([a, b, c], y);
  for (const [k, weight] of [2, -3, 0.5].entries()) expect(weights[k]).toBeCloseTo(weight, 8);
  expect(constant).toBeCloseTo(7, 8);
});
