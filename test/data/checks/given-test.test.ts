import { expect, test } from "vitest";
import { covariateShift } from "../../../src/data/checks/covariate-shift.ts";
import { newCategory } from "../../../src/data/checks/new-category.ts";
import { samplingBias } from "../../../src/data/checks/sampling-bias.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 1000;
const TEST = 300;
const isTest = (row: number) => row >= ROWS - TEST;
const given = (columns: Record<string, Cells>, target = "y") => contextOf({ columns, target, testRows: TEST });

test("moved values, moved shares and moved gaps, the largest effect first", async () => {
  const columns = {
    same: cells(ROWS, 1, "s", (random) => random.normal()),
    age: cells(ROWS, 1, "a", (random, row) => random.normal() + (isTest(row) ? 1 : 0)),
    town: cells(ROWS, 1, "t", (random, row) => (random.next() < (isTest(row) ? 0.75 : 0.5) ? "north" : "south")),
    income: cells(ROWS, 1, "i", (random, row) => (random.next() < (isTest(row) ? 0.6 : 0.05) ? null : random.normal())),
    y: coin(ROWS),
  };
  const [found] = await covariateShift.inspect(given(columns));
  expect(found).toMatchObject({ columns: ["income", "age", "town"], severity: "harmful" });
  const effects = found!.evidence.effects as Record<string, number>;
  expect(effects.age).toBeCloseTo(0.38, 1);
  expect(effects.town).toBeCloseTo(0.25, 1);
});

test("200 columns drawn alike stay silent, and so does everything without a test set", async () => {
  const columns = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [
      `c${i}`,
      cells(ROWS, 1, `c${i}`, (random) => (i % 3 === 0 ? random.normal() : i % 3 === 1 ? `l${random.integer(30)}` : random.integer(4))),
    ]),
  );
  expect(await covariateShift.inspect(given({ ...columns, y: coin(ROWS) }))).toEqual([]);
  expect(await samplingBias.inspect(given({ ...columns, y: coin(ROWS) }))).toEqual([]);
  expect(await newCategory.inspect(given({ ...columns, y: coin(ROWS) }))).toEqual([]);
  expect(
    await covariateShift.inspect(contextOf({ columns: { a: cells(ROWS, 1, "a", (_, row) => row), y: coin(ROWS) }, target: "y" })),
  ).toEqual([]);
});

test("categories that only the test set has: more than a random one would, or as many", async () => {
  const columns = {
    plan: cells(ROWS, 1, "p", (random, row) => (isTest(row) && random.next() < 0.3 ? "platinum" : ["gold", "silver"][random.integer(2)]!)),
    town: cells(ROWS, 1, "t", (random) => `town ${Math.floor(400 * random.next() ** 3)}`),
    y: coin(ROWS),
  };
  const found = await newCategory.inspect(given(columns));
  expect(found.map(({ columns, severity }) => [columns[0], severity])).toEqual([
    ["plan", "costly"],
    ["town", "cosmetic"],
  ]);
});

test("another share of classes, another mean", async () => {
  const x = cells(ROWS, 1, "x", (random) => random.normal());
  const y = cells(ROWS, 1, "y", (random, row) => (random.next() < (isTest(row) ? 0.6 : 0.3) ? "yes" : "no"));
  expect(await samplingBias.inspect(given({ x, y }))).toMatchObject([{ columns: ["y"], severity: "harmful" }]);
  const price = cells(ROWS, 1, "y", (random, row) => random.normal() + (isTest(row) ? 0.4 : 0));
  expect(await samplingBias.inspect(given({ x, price }, "price"))).toMatchObject([{ columns: ["price"], severity: "costly" }]);
});

test("labels that only the test set has are not told as another share of classes", async () => {
  const y = cells(ROWS, 1, "y", (random, row) => `${random.integer(2) === 0 ? "a" : "b"}${isTest(row) ? "." : ""}`);
  expect(await samplingBias.inspect(given({ x: cells(ROWS, 1, "x", (random) => random.normal()), y }))).toEqual([]);
});
