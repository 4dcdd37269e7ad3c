import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { unobservedAsZero } from "../../../src/data/checks/unobserved-as-zero.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 1200;

async function found(make: (random: Random, shop: number) => number) {
  const random = createRandom(4, "unobserved");
  const shop = numbers(ROWS, () => random.integer(12));
  const y = shop.map((one) => make(random, one));
  const columns: [string, (number | string)[]][] = [
    ["shop", shop.map((one) => `shop ${one}`)],
    ["x", numbers(ROWS, () => random.normal())],
    ["y", y],
  ];
  return await unobservedAsZero.inspect(contextOf(tableOf(columns), "y", { task: { task: "regression" } }));
}

const sales = (random: Random) => Math.round(Math.exp(3 + random.normal()));

test("amounts below 0 hide no zeros, and -1 is a value of a number like any other", async () => {
  const random = createRandom(6, "signed");
  const code = numbers(ROWS, () => [-1, 0, 1, 2][random.integer(4)] ?? 0);
  const table = tableOf([
    ["code", code],
    ["x", numbers(ROWS, () => random.normal())],
    ["y", code.map((one) => (one === -1 ? 0 : 20 + 30 * random.normal()))],
  ]);
  const [one] = await unobservedAsZero.inspect(contextOf(table, "y", { task: { task: "regression" } }));
  expect(one).toMatchObject({ columns: ["code", "y"], evidence: { levels: ["-1"], value: 0 } });
});

test.each([
  ["no zeros elsewhere", 0, 0.65],
  ["a fifth of zeros elsewhere", 0.2, 0.5],
])("a shop that never reported is found with %s", async (_, zeros, sure) => {
  const [one, ...more] = await found((random, shop) => (shop === 7 || random.next() < zeros ? 0 : sales(random)));
  expect(more).toEqual([]);
  expect(one).toMatchObject({ columns: ["shop", "y"], evidence: { levels: ["shop 7"], value: 0 }, choices: ["no", "yes"] });
  expect(one!.confidence).toBeGreaterThan(sure);
  expect(one!.rows.count).toBeGreaterThan(50);
});

describe("silent on", () => {
  test.each<[string, (random: Random, shop: number) => number]>([
    ["amounts", sales],
    ["zeros spread over all shops", (random) => (random.next() < 0.3 ? 0 : sales(random))],
    ["a shop with more zeros than others", (random, shop) => (random.next() < (shop === 7 ? 0.8 : 0.1) ? 0 : sales(random))],
    ["zeros nearly everywhere", (random) => (random.next() < 0.97 ? 0 : sales(random))],
    ["a target that the column gives", (_, shop) => 10 * shop],
    ["years, of which a shop has the first alone", (random, shop) => (shop === 7 ? 1990 : 1990 + Math.floor(20 * random.next() ** 1.4))],
  ])("%s", async (_, make) => expect(await found(make)).toEqual([]));
});

test("of what an amount is a part there is none where there is none of it; another amount of none may hide what was not recorded", async () => {
  const random = createRandom(8, "parts");
  const born = numbers(ROWS, () => random.integer(7));
  const look = async (label: (born: number) => number) => {
    const table = tableOf([
      ["born", born],
      ["x", numbers(ROWS, () => random.normal())],
      ["alive", born.map(label)],
    ]);
    return (await unobservedAsZero.inspect(contextOf(table, "alive", { task: { task: "regression" } }))).length;
  };
  expect(await look((one) => one - Number(one > 0 && random.next() < 0.3))).toBe(0);
  // A code from 0 on, above all shares.
  expect(await look((one) => (one === 0 ? 0 : 0.2 + Math.round(700 * random.next()) / 1000))).toBe(1);
  expect(await look((one) => (one === 0 ? 0 : 20 + Math.round(10 * random.normal())))).toBe(1);
});
