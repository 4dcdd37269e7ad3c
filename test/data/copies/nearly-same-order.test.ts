import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { nearlySameOrder } from "../../../src/data/copies/nearly-same-order.ts";

const ROWS = 2000;
const normal = (label: string) => {
  const random = createRandom(5, label);
  return Float64Array.from({ length: ROWS }, () => random.normal());
};
const x = normal("x");
const column = (name: string, values: Float64Array) => ({ name, type: "number" as const, values });

/** Of this correlation with x. */
const like = (name: string, correlation: number) => {
  const other = normal(name);
  return column(
    name,
    x.map((value, row) => correlation * value + Math.sqrt(1 - correlation ** 2) * (other[row] ?? 0)),
  );
};
const families = (...columns: ReturnType<typeof column>[]) =>
  nearlySameOrder(columns, ROWS, () => false).map((family) => family.columns.map(({ name }) => name));

test("a variance inflation of ten and more is told, less is not", () => {
  expect(families(column("x", x), like("a", 0.97))).toEqual([["x", "a"]]);
  expect(families(column("x", x), like("b", 0.93))).toEqual([]);
});

test("turned round too, and all that hang together in one family", () => {
  const turned = column(
    "turned",
    like("a", 0.97).values.map((value) => -value),
  );
  expect(families(column("x", x), turned, like("c", 0.98), column("other", normal("other")))).toEqual([["x", "turned", "c"]]);
});

test("where few rows have both nothing is known", () => {
  const half = like("a", 0.99);
  const gappy = { ...half, values: half.values.map((value, row) => (row % 4 === 0 ? value : Number.NaN)) };
  const others = { name: "x", type: "number" as const, values: x.map((value, row) => (row % 4 < 2 ? value : Number.NaN)) };
  expect(families(others, gappy)).toEqual([["x", "a"]]);
  expect(
    families(
      { ...others, values: x.map((value, row) => (row % 8 < 5 && row % 8 !== 4 ? value : Number.NaN)) },
      { ...half, values: half.values.map((value, row) => (row % 8 >= 4 || row % 8 === 0 ? value : Number.NaN)) },
    ),
  ).toEqual([]);
});

test("thirty rows tell, fewer do not", () => {
  const told = (rows: number) =>
    nearlySameOrder(
      [
        column("x", x.subarray(0, rows)),
        column(
          "a",
          x.subarray(0, rows).map((value) => value ** 3),
        ),
      ],
      rows,
      () => false,
    ).length;
  expect([told(29), told(30)]).toEqual([0, 1]);
});
