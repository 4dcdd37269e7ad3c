import { expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import { haveSameRows } from "../../src/journey/same-rows.ts";

const frame = (values: number[], levels: string[], codes: number[]): Frame => ({
  rows: values.length,
  columns: [
    { name: "n", type: "number", values: Float64Array.from(values) },
    { name: "c", type: "category", levels, codes: Int32Array.from(codes) },
  ],
  rowNumbers: null,
});

test("the same rows are the same by their values, not by how they are coded; one other cell or row is another table", () => {
  const one = frame([1, Number.NaN, 3], ["a", "b"], [0, 1, -1]);
  const names = ["n", "c"];
  expect(haveSameRows(one, frame([1, Number.NaN, 3], ["b", "a"], [1, 0, -1]), names)).toBe(true);
  expect(haveSameRows(one, frame([1, 2, 3], ["a", "b"], [0, 1, -1]), names)).toBe(false);
  expect(haveSameRows(one, frame([1, Number.NaN, 3], ["a", "b"], [0, 1, 1]), names)).toBe(false);
  expect(haveSameRows(one, frame([1, 2, 3], ["a", "b"], [0, 1, 1]), [])).toBe(true);
  expect(haveSameRows(one, frame([1], ["a"], [0]), [])).toBe(false);
});
