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

test("that both are nothing in most rows, or one is filled in a few, does not make them one", async () => {
  const spare = Array.from({ length: 2000 }, () => random.normal());
  const claims = spare.map(() => (random.next() < 0.02 ? 1 + random.integer(40) : 0));
  const look = async (cells: (number | null)[], target: number[]) =>
    (
      await inspect(
        targetLeak,
        tableOf([
          ["x", cells],
          ["spare", spare],
          ["y", target],
        ]),
        "y",
      )
    ).filter(({ evidence }) => "sameNumber" in evidence).length;
  expect(
    await look(
      claims.map((value, row) => (row % 3 === 0 ? value : value === 0 ? 0 : value + 1)),
      claims,
    ),
  ).toBe(0);
  const prices = spare.map((value) => Math.round(1000 * Math.exp(value)) / 10);
  expect(
    await look(
      prices.map((value, row) => (row % 50 === 0 ? value : null)),
      prices,
    ),
  ).toBe(0);
  expect(
    await look(
      prices.map((value, row) => (row % 5 === 0 ? value : null)),
      prices,
    ),
  ).toBe(1);
  // An earlier measurement is the same in many rows.
  expect(
    await look(
      prices.map((value, row) => (row % 10 === 0 ? value + 1 : value)),
      prices,
    ),
  ).toBe(0);
  expect(
    await look(
      spare.map((value) => Math.sign(value)),
      spare.map((value) => Math.sign(value)),
    ),
  ).toBe(0);
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
