import { expect, test } from "vitest";
import { newCategory } from "../../../src/data/checks/new-category.ts";
import { cells, coin } from "./context.ts";
import { given, isTest, ROWS } from "./given-test-table.ts";

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
  expect(found[0]!.why).toContain('("platinum"); fewer than one random test set in a million would hold any.');
});

test("of a sample only what chance does not explain, and only of the rows looked at", async () => {
  const whole = given({
    plan: cells(ROWS, 1, "p", (random, row) => (isTest(row) && random.next() < 0.3 ? "platinum" : ["gold", "silver"][random.integer(2)]!)),
    town: cells(ROWS, 1, "t", (random) => `town ${Math.floor(400 * random.next() ** 3)}`),
    y: coin(ROWS),
  });
  const frame = { ...whole.frame, rowNumbers: Int32Array.from({ length: ROWS }, (_, row) => 5 * row) };
  const found = await newCategory.inspect({ ...whole, frame });
  expect(found.map(({ columns }) => columns[0])).toEqual(["plan"]);
  expect(found[0]!.why).toContain("none of the training rows looked at has");
});
