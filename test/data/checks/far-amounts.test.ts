import { expect, test } from "vitest";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { cells, coin, contextOf } from "./context.ts";

test("numbers that are given to things have no tail", async () => {
  const smooth = cells(1200, 16, "smooth", (random, row) => (row < 2 ? 9000 + row : 200 + Math.round(1500 * random.next())));
  const columns = { length: smooth, flight: smooth.map((value) => value + 1), FL_NUM: smooth, y: coin(1200) };
  const found = await impossibleValue.inspect(contextOf({ columns, target: "y" }));
  expect(found.map(({ columns: names }) => names)).toEqual([["length"]]);
});

test("amounts in whole inches, in pounds or ending in .99 have a tail like any other", async () => {
  const far = (of: (step: number) => number) =>
    cells(5000, 17, "steps", (random, row) => of(row === 0 ? 4 * 67 : Math.round(67 + 3 * random.normal())));
  const columns = {
    centimetres: far((inches) => Math.round(254 * inches) / 100),
    kilograms: far((pounds) => Math.round(45.359237 * pounds) / 100),
    price: far((whole) => whole + 0.99),
    y: coin(5000),
  };
  const found = await impossibleValue.inspect(contextOf({ columns, target: "y" }));
  expect(found.flatMap(({ columns: names }) => names).sort()).toEqual(["centimetres", "kilograms", "price"]);
});
