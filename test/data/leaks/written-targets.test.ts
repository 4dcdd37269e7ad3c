import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { inspect, tableOf } from "../table.ts";

const ROWS = 120;
const random = createRandom(6, "written target");
const values = Array.from({ length: ROWS }, () => Math.max(6, random.integer(400)) / 1000);

test("a number that is the target once more is it, however many others are strong, and no sum with a constant", async () => {
  const heat = Array.from({ length: ROWS }, () => Math.round(1000 * random.normal()) / 10);
  const table = tableOf([
    ["power", heat],
    ["off", heat.map(() => 0)],
    ...[0, 1, 2].map((i): [string, number[]] => [`sensor ${i}`, heat.map((value) => value + 4 * random.normal())]),
    ["y", heat],
  ]);
  const found = (await inspect(targetLeak, table, "y")).filter(({ evidence }) => "sameNumber" in evidence);
  expect(found).toMatchObject([{ columns: ["power"], severity: "blocker", confidence: 0.97, evidence: { sameNumber: 1 } }]);
  expect(await inspect(combinationLeak, table, "y")).toEqual([]);
});

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
