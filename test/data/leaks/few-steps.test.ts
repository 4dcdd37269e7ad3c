import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { inspect, tableOf } from "../table.ts";

const ROWS = 200;
const random = createRandom(4, "few steps");
const late = Array.from({ length: ROWS }, () => Math.round(100 * Math.exp(0.6 * random.normal())) / 100);

test.each<[string, (value: number, row: number) => number, number]>([
  ["the other end of an interval", (value, row) => value - [0.5, 0.5, 1, 0.46, 0.1 + random.next()][row % 5]!, 1],
  ["a value of its own", (value) => value - random.next(), 0],
  ["a near measurement", (value) => value + 0.05 * random.normal(), 0],
])("%s", async (_, make, expected) => {
  const table = tableOf([
    ["early", late.map(make)],
    ["spare", late.map(() => random.normal())],
    ["late", late],
  ]);
  const found = (await inspect(targetLeak, table, "late")).filter(({ evidence }) => "steps" in evidence);
  expect(found).toHaveLength(expected);
  if (expected === 1)
    expect(found[0]).toMatchObject({ columns: ["early"], confidence: 0.45, evidence: { steps: expect.arrayContaining([0.5, 1, 0.46]) } });
});

test("of two coarse numbers few differences say nothing", async () => {
  const rooms = late.map(() => random.integer(24));
  const table = tableOf([
    ["before", rooms.map((one) => Math.round((one + 24) / 12))],
    ["y", rooms.map((one) => Math.round(one / 8))],
  ]);
  expect((await inspect(targetLeak, table, "y")).filter(({ evidence }) => "steps" in evidence)).toEqual([]);
});
