import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { inspect, tableOf } from "../table.ts";

const ROWS = 600;
const random = createRandom(6, "multiples");
const bytes = Array.from({ length: ROWS }, (_, row) => (row % 9 === 0 ? 0 : Math.round(Math.exp(8 + 2.4 * random.normal()))));

const found = async (column: number[], target: number[]) => {
  const table = tableOf([
    ["own", column],
    ["spare", target.map(() => random.normal())],
    ["y", target],
  ]);
  return (await inspect(targetLeak, table, "y")).filter(({ evidence }) => "step" in evidence);
};

test.each<[string, (value: number, row: number) => number, object]>([
  ["blocks of a size in bytes", (value) => 8 * Math.ceil(value / 4096), { constant: 512, step: 4096, rounded: "up", share: 1 }],
  ["thousands, cut off", (value) => Math.floor(value / 1000), { constant: 1000, step: 1000, rounded: "down" }],
  ["to the nearest quarter", (value) => Math.round(value / 250) / 4, { constant: 1000, step: 250, rounded: "nearest" }],
  ["a row in two hundred is otherwise", (value, row) => (row % 200 === 1 ? 8 : 8 * Math.ceil(value / 4096)), { constant: 512 }],
])("the target in a larger unit is a leak: %s", async (_, make, evidence) => {
  const [one, ...more] = await found(bytes.map(make), bytes);
  expect(more).toEqual([]);
  expect(one).toMatchObject({ columns: ["own"], severity: "blocker", confidence: 0.97, evidence });
  expect(one!.fix).toEqual({ action: "steps", steps: [{ op: "drop", columns: ["own"] }] });
});

test("no leak of that kind: lessons that were planned, of which a few minutes are not used", async () => {
  const planned = bytes.map((_, row) => 2 + (row % 40));
  expect(
    await found(
      planned,
      planned.map((lessons) => 50 * lessons - random.integer(15)),
    ),
  ).toEqual([]);
});

test.each<[string, (value: number) => number]>([
  ["what goes with it within a tenth", (value) => 8 * Math.ceil((value * Math.exp(0.1 * random.normal())) / 4096)],
  ["a few wide steps", (value) => Math.min(9, Math.ceil(value / 4096))],
  ["a plain multiple, which is the target itself", (value) => value / 16],
  ["numbers of their own", () => random.integer(300)],
])("no leak of that kind: %s", async (_, make) => {
  expect(await found(bytes.map(make), bytes)).toEqual([]);
});
