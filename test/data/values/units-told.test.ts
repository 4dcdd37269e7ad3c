import { expect, test } from "vitest";
import type { Column } from "../../../src/core/column.ts";
import { createRandom } from "../../../src/core/random.ts";
import { toldByUnits } from "../../../src/data/values/units-told.ts";

const ROWS = 400;
const LEVELS = ["cm", "m", "sec"];
const random = createRandom(3, "units");
const codes = Int32Array.from({ length: ROWS }, () => random.integer(3));
const unit = { name: "unit", type: "category", codes, levels: LEVELS } as const;
const number = (name: string, make: (code: number) => number) =>
  ({ name, type: "number", values: Float64Array.from(codes, make) }) satisfies Column;

test("numbers that differ by the units as amounts in them do, the most first", () => {
  const spread = () => Math.exp(random.normal());
  const told = toldByUnits(unit, [
    number("mean", (code) => [1500, 20, 150][code]! * spread()),
    number("error", (code) => [90, 1, 20][code]! * spread() ** 2),
    number("age", () => 30 * spread()),
  ]);
  expect(told.map((one) => one.number)).toEqual(["mean", "error"]);
  expect(told[0]).toMatchObject({ pair: { units: ["m", "cm"], expected: expect.closeTo(100, 6) } });
  expect(told[0]!.explained).toBeGreaterThan(0.5);
});

test("not what is the other way round, little apart, or of few rows", () => {
  const mass = number("mass", (code) => [30, 400, 350][code]! * Math.exp(0.3 * random.normal()));
  const price = number("price", (code) => [30, 20, 25][code]! * Math.exp(0.1 * random.normal()));
  expect(toldByUnits(unit, [mass, price])).toEqual([]);
  const few = { ...unit, codes: codes.map((code, row) => (row < 4 ? 0 : Math.max(1, code))) };
  expect(toldByUnits(few, [{ ...mass, values: few.codes.map((code) => (code === 0 ? 1e6 : 1)) as unknown as Float64Array }])).toEqual([]);
});

test("a column of units of other dimensions has no pair to compare", () => {
  const other = { ...unit, levels: ["#", "%", "sec"] };
  const [found] = toldByUnits(other, [number("mean", (code) => [15, 0.3, 150][code]! * Math.exp(random.normal()))]);
  expect(found).toMatchObject({ number: "mean", pair: null });
});
