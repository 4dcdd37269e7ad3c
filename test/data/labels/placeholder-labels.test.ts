import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { censoredTarget } from "../../../src/data/checks/censored-target.ts";
import { readTrainingLabels } from "../../../src/data/labels/label-reading.ts";
import { isTyped } from "../../../src/data/labels/placeholder-labels.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 3000;

function read(make: (random: Random, x: number, row: number) => number, answers: Record<string, string> = {}) {
  const random = createRandom(5, "placeholder");
  const x = numbers(ROWS, () => Math.round(100 * Math.exp(4 + 0.7 * random.normal())) / 100);
  const y = x.map((value, row) => make(random, value, row));
  const table = tableOf([
    ["goods", x],
    ["y", y],
  ]);
  return { table, ...readTrainingLabels(table, "y", answers) };
}

const price = (random: Random) => Math.round(1500 * Math.exp(0.6 * random.normal())) * 10;

test("digits that somebody typed are known", () => {
  expect([1234567, 12345, 111111, 99.99, -9999].map(isTyped)).toEqual([true, true, true, true, true]);
  expect([123, 1243567, 111112, 5000, 12.5].map(isTyped)).toEqual([false, false, false, false, false]);
});

describe("a number far above all others", () => {
  // A few rows were written again a little lower, as a listing that is posted once more.
  const found = () => read((random, _, row) => (row % 60 === 0 ? 1_234_567 : row % 1000 === 1 ? 1_150_000 + row : price(random)));

  test("is no label, and no limit", async () => {
    const { table, suspicions, reading } = found();
    expect(suspicions).toMatchObject([{ trap: "sentinel", choices: ["missing", "value"], held: [{ values: [1_234_567] }] }]);
    expect(reading).toMatchObject({ unknown: ["1234567"] });
    const context = contextOf(table, "y", { task: { task: "regression" } });
    expect(await censoredTarget.inspect(context)).toHaveLength(1);
    expect(await censoredTarget.inspect({ ...context, labels: suspicions })).toEqual([]);
  });

  test("stays a label where the user says so", () => {
    expect(
      read((random, _, row) => (row % 60 === 0 ? 1_234_567 : row % 1000 === 1 ? 1_150_000 + row : price(random)), { "sentinel:y": "value" })
        .reading,
    ).toBeUndefined();
  });
});

test("a price of 1, and a 0 below it, far under all others, is asked about", () => {
  const { suspicions, reading } = read((random, _, row) => (row % 50 === 0 ? 1 : row === 7 ? 0 : price(random)));
  expect(suspicions).toMatchObject([{ trap: "sentinel", severity: "harmful", confidence: 0.45, held: [{ values: [1, 0] }] }]);
  expect(reading).toBeUndefined();
});

describe("a zero apart from all amounts", () => {
  const order = (random: Random, goods: number) => Math.round(100 * (goods + 4.9) * Math.exp(0.05 * random.normal())) / 100;
  const cancelled = (random: Random, goods: number, row: number) => (row % 120 === 0 ? 0 : order(random, goods));

  test("is asked about where what goes with it is as large as ever", () => {
    const { suspicions, reading } = read(cancelled);
    expect(suspicions).toMatchObject([{ trap: "sentinel", confidence: 0.45, evidence: { codes: [0] } }]);
    expect(suspicions[0]!.question).toContain("cancelled");
    expect(reading).toBeUndefined();
    expect(read(cancelled, { "sentinel:y": "missing" }).reading).toMatchObject({ unknown: ["0"] });
  });

  test.each<[string, (random: Random, goods: number, row: number) => number]>([
    ["zeros where what goes with it is small", (random, goods) => (goods < 10 ? 0 : order(random, goods))],
    ["many zeros", (random, goods, row) => (row % 8 === 0 ? 0 : order(random, goods))],
    [
      "amounts that run out towards nothing",
      (random, _, row) => (row % 120 === 0 ? 0 : Math.round(100 * Math.exp(2 * random.normal())) / 100),
    ],
    ["prices whose tail is long", (random) => Math.round(100 * (1 - random.next()) ** -1.2)],
    ["prices that people round", (random) => Math.round(price(random) / 5000) * 5000],
    ["counts", (random) => Math.floor(-8 * Math.log(1 - random.next()))],
    ["one row far away", (random, _, row) => (row === 9 ? 1_000_003 : price(random))],
  ])("silent on %s", (_, make) => expect(read(make).suspicions).toEqual([]));
});
