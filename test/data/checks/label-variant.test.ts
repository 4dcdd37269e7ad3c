import { expect, test } from "vitest";
import { labelVariant } from "../../../src/data/checks/label-variant.ts";
import { readTestLabels } from "../../../src/data/labels/test-labels.ts";
import { tableOf } from "../table.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 600;

/** Levels with their weights. */
const drawn = (label: string, weights: Record<string, number>): Cells => {
  const bag = Object.entries(weights).flatMap(([level, weight]) => Array<string>(weight).fill(level));
  return cells(ROWS, 8, label, (random) => bag[random.integer(bag.length)]!);
};

test("of a sample, the test rows are no more than the test set has", () => {
  const rows = (from: string, count: number): Cells => Array.from({ length: count }, (_, row) => (row % 3 === 0 ? "yes" : "no") + from);
  const { dataset, frame } = tableOf([["y", [...rows("", 90), ...rows(".", 53)]]]);
  const sample = {
    dataset: { ...dataset, rows: 1430 },
    frame: { ...frame, rowNumbers: Int32Array.from({ length: 143 }, (_, row) => 10 * row) },
  };
  const testRows = Int32Array.from({ length: 53 }, (_, row) => 90 + row);
  const found = readTestLabels({ ...sample, testSetRows: 500 }, "y", testRows, { reading: undefined, suspicions: [] }, {});
  expect(found.suspicions).toMatchObject([{ trap: "label-variant", rows: { count: 500, estimated: { rows: 53, of: 500 } } }]);
});

test("labels of the test set with a point at the end", async () => {
  const train = drawn("t", { "<=50K": 3, ">50K": 1 }).slice(0, 400);
  const y = [...train, ...drawn("u", { "<=50K.": 3, ">50K.": 1 }).slice(0, 200)];
  const context = contextOf({ columns: { x: coin(ROWS), y }, target: "y", testRows: 200 });
  expect(await labelVariant.inspect(context)).toMatchObject([
    { severity: "blocker", rows: { count: 200 }, fix: { steps: [{ op: "read-labels", spelt: { "<=50K.": "<=50K", ">50K.": ">50K" } }] } },
  ]);
  expect(await labelVariant.inspect(contextOf({ columns: { x: coin(ROWS), y: coin(ROWS) }, target: "y", testRows: 200 }))).toEqual([]);
});
