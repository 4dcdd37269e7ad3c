import { expect, test } from "vitest";
import { exactLinear } from "../../src/stats/index.ts";
import recorded from "../reference/recorded/stats.json" with { type: "json" };

const { columns: lists, y: list, left } = recorded.exactLinear;
const columns = lists.map((values) => Float64Array.from(values));
const [a, b, c] = columns as [Float64Array, Float64Array, Float64Array];

test("the needed columns are found, the others left out", () => {
  const y = a.map((value, i) => 2 * value - 3 * c[i]! + 7);
  expect(exactLinear(columns, y)).toEqual([0, 2]);
});

test("of columns that give each other, so many are kept as are needed", () => {
  const sum = a.map((value, i) => value + b[i]!);
  const y = a.map((value, i) => value - b[i]!);
  expect(exactLinear([a, b, sum], y)).toHaveLength(2);
});

test("what may be left is the share of the variance that NumPy's least squares leave", () => {
  const y = Float64Array.from(list);
  expect(exactLinear(columns, y, left * (1 + 1e-6))).toEqual([0, 1, 2]);
  expect(exactLinear(columns, y, left * (1 - 1e-6))).toBeNull();
});

test("nothing is said of too few rows", () => {
  const few = columns.map((values) => values.slice(0, 18));
  expect(exactLinear(few, few[0]!)).toBeNull();
});
