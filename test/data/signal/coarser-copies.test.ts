import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { givesExactly } from "../../../src/data/signal/coarser-copies.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 400;
const random = createRandom(5, "gives exactly");
const price = numbers(ROWS, (row) => (row < ROWS / 2 ? row : row - ROWS / 2) + 0.5);
const level = numbers(ROWS, () => random.integer(6));
const context = contextOf(
  tableOf([
    ["price", price],
    ["level", level],
    ["band", price.map((one) => Math.floor(one / 10))],
    ["down", price.map((one) => -Math.floor(one / 10))],
    ["again", price.map((one) => Math.floor(one) % 50)],
    ["once", price.map((one, row) => Math.floor(one / 10) + Number(row === 7))],
    ["gap", price.map((one, row) => (row % 3 === 0 ? null : Math.floor(one / 10)))],
    ["name", price.map((one) => `n${Math.floor(one) % 50}`)],
    ["code", level.map((one) => (one * 7) % 6)],
    ["y", numbers(ROWS, () => random.normal())],
  ]),
  "y",
);

test.each<[string, string, string, boolean]>([
  ["a band of an amount", "price", "band", true],
  ["the same in the other order", "price", "down", true],
  ["known in some of the rows only", "price", "gap", true],
  ["another one in a single row", "price", "once", false],
  ["an amount that begins anew", "price", "again", false],
  ["names have no order", "price", "name", true],
  ["nor have few kinds", "level", "code", true],
  ["not the finer from the coarser", "band", "price", false],
])("whether a column gives another in all rows: %s", (_, finer, coarse, expected) => {
  expect(givesExactly(context, finer, coarse)).toBe(expected);
});
