import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { straightInLogs } from "../../../src/data/linear/straight-in-logs.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 400;
const random = createRandom(8, "lines");
const wealth = numbers(ROWS, () => Math.exp(3 + 1.5 * random.normal()));
const height = numbers(ROWS, () => 170 + 10 * random.normal());

function linesOf(target: (row: number) => number) {
  const table = tableOf([
    ["wealth", wealth],
    ["height", height],
    ["y", numbers(ROWS, target)],
  ]);
  return straightInLogs(contextOf(table, "y"));
}

test("what follows the logarithm of a column is told with both shares", () => {
  const [found, ...more] = linesOf((row) => Math.log(wealth[row] ?? 1) + random.normal());
  expect(more).toEqual([]);
  expect(found?.column).toBe("wealth");
  expect(found?.inLogs).toBeGreaterThan(0.6);
  expect(found?.raw).toBeLessThan(0.45);
});

test("what follows the column itself, or another one, is no matter of logarithms", () => {
  expect(linesOf((row) => (wealth[row] ?? 0) + 10 * random.normal())).toEqual([]);
  expect(linesOf((row) => (height[row] ?? 0) + random.normal())).toEqual([]);
});
