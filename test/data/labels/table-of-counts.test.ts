import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { tableOfCounts } from "../../../src/data/labels/table-of-counts.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 2 * 3 * 4 * 2;
const random = createRandom(2, "cells");
const kinds = [
  ["sex", numbers(ROWS, (row) => row % 2).map((code) => ["m", "f"][code] ?? "")],
  ["place", numbers(ROWS, (row) => Math.floor(row / 2) % 3).map((code) => ["town", "city", "land"][code] ?? "")],
  ["age", numbers(ROWS, (row) => Math.floor(row / 6) % 4)],
  ["works", numbers(ROWS, (row) => Math.floor(row / 24)).map((code) => ["no", "yes"][code] ?? "")],
] as const;
const counts = numbers(ROWS, () => random.integer(40));

test("the cells of a cross table are no cases", () => {
  const found = tableOfCounts(contextOf(tableOf([...kinds, ["n", counts]]), "works"));
  expect(found).toEqual({ column: "n", kinds: 24, full: 24, cases: counts.reduce((sum, count) => sum + count, 0) });
});

test("of many columns of few numbers one counts", () => {
  const few = numbers(ROWS, () => random.integer(12));
  expect(tableOfCounts(contextOf(tableOf([["n", few], ...kinds]), "works"))).toMatchObject({ column: "n", kinds: 24 });
});

test("cases drawn at random are no cells", () => {
  const drawn = kinds.map(([name, cells]) => [name, cells.map(() => cells[random.integer(ROWS)] ?? "")] as const);
  expect(tableOfCounts(contextOf(tableOf([...drawn, ["n", counts]]), "works"))).toBeNull();
});
