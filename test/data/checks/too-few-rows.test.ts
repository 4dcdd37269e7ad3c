import { expect, test } from "vitest";
import { tooFewRows } from "../../../src/data/checks/too-few-rows.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 500;

const noise = (label: string, rows = ROWS) => cells(rows, 9, label, (random) => random.normal());

test("too few rows of the rarer class for the columns", async () => {
  const wide = (columns: number, rows: number) =>
    Object.fromEntries(Array.from({ length: columns }, (_, i) => [`c${i}`, noise(`c${i}`, rows)]));
  const inspect = async (columns: number, rows: number) =>
    await tooFewRows.inspect(contextOf({ columns: { ...wide(columns, rows), y: coin(rows) }, target: "y" }));
  expect(await inspect(5, 500)).toEqual([]);
  // Half of the usual ten events each are enough for models with a penalty.
  expect(await inspect(40, 500)).toEqual([]);
  expect(await inspect(60, 500)).toMatchObject([{ severity: "costly", confidence: 0.5 }]);
  expect(await inspect(300, 100)).toMatchObject([{ severity: "harmful", evidence: { parameters: 300 } }]);
});

test("enough rows for the columns, and too few to say how good a model is", async () => {
  const found = await tooFewRows.inspect(contextOf({ columns: { a: noise("a", 80), y: coin(80) }, target: "y" }));
  expect(found).toMatchObject([
    { severity: "costly", why: expect.stringContaining("80 rows: a share of correct answers is known to within 11 %") },
  ]);
  const ofNumbers = await tooFewRows.inspect(contextOf({ columns: { a: noise("a", 80), y: noise("y", 80) }, target: "y" }));
  expect(ofNumbers).toMatchObject([{ why: expect.stringContaining("the size of the errors is known to within 15.5 % of itself at best") }]);
  expect(await tooFewRows.inspect(contextOf({ columns: { a: noise("a", 150), y: coin(150) }, target: "y" }))).toEqual([]);
});
