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
});
