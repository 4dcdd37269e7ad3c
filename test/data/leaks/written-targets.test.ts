import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { inspect, tableOf } from "../table.ts";

const ROWS = 120;
const random = createRandom(6, "written target");
const values = Array.from({ length: ROWS }, () => Math.max(6, random.integer(400)) / 1000);

test.each<[string, (value: number, row: number) => string, number]>([
  ["below a limit", (value) => (value === 0.006 ? "<0.006" : ` ${value}`), 1],
  ["with a unit", (value) => `${value} mg/l`, 1],
  ["of another row", (_, row) => `<${values[(row + 1) % ROWS]}`, 0],
  ["in one row of ten otherwise", (value, row) => (row % 10 === 0 ? "<0.9" : `~${value}`), 0],
  ["as one of two numbers", (value) => `${value}-${value + 1}`, 0],
])("the target as text, %s", async (_, write, expected) => {
  const table = tableOf([
    ["original", values.map(write)],
    ["spare", values.map(() => random.normal())],
    ["y", values],
  ]);
  const found = await inspect(targetLeak, table, "y");
  expect(found.filter(({ evidence }) => "sameNumber" in evidence)).toHaveLength(expected);
});
