import { expect, test } from "vitest";
import { zeroKept } from "../../../src/data/copies/zero-kept.ts";

const dilutions = [0, 10, 20, 40, 80, 160, 320, 640];
const column = (name: string, of: (dilution: number) => number) => {
  const values = Float64Array.from({ length: 160 }, (_, row) => of(dilutions[row % 8] ?? 0));
  return { column: { name, type: "number", values } as const, distinct: new Set(values).size };
};
const dilution = column("dilution", (value) => value);

test("a dose that falls with the dilution and is 0 where that is", () => {
  const dose = column("dose", (value) => (value === 0 ? 0 : 1 / value));
  expect(zeroKept([dilution, dose]).map((pair) => pair.map(({ name }) => name))).toEqual([["dilution", "dose"]]);
});

test.each<[string, (value: number) => number]>([
  ["no order", (value) => (value === 0 ? 0 : (value * 7) % 11)],
  ["0 becomes something", (value) => (value === 0 ? 5 : 1 / value)],
  ["two become one", (value) => (value === 0 ? 0 : 1 / Math.max(20, value))],
])("none: %s", (_, of) => {
  expect(zeroKept([dilution, column("other", of)])).toEqual([]);
});
