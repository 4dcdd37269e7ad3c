import { expect, test } from "vitest";
import { labelVariant } from "../../../src/data/checks/label-variant.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 600;

/** Levels with their weights. */
const drawn = (label: string, weights: Record<string, number>): Cells => {
  const bag = Object.entries(weights).flatMap(([level, weight]) => Array<string>(weight).fill(level));
  return cells(ROWS, 8, label, (random) => bag[random.integer(bag.length)]!);
};

test("labels of the test set with a point at the end", async () => {
  const train = drawn("t", { "<=50K": 3, ">50K": 1 }).slice(0, 400);
  const y = [...train, ...drawn("u", { "<=50K.": 3, ">50K.": 1 }).slice(0, 200)];
  const context = contextOf({ columns: { x: coin(ROWS), y }, target: "y", testRows: 200 });
  expect(await labelVariant.inspect(context)).toMatchObject([
    { severity: "blocker", rows: { count: 200 }, fix: { steps: [{ op: "read-labels", spelt: { "<=50K.": "<=50K", ">50K.": ">50K" } }] } },
  ]);
  expect(await labelVariant.inspect(contextOf({ columns: { x: coin(ROWS), y: coin(ROWS) }, target: "y", testRows: 200 }))).toEqual([]);
});
