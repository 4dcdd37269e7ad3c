import { describe, expect, test } from "vitest";
import type { Random } from "../../../src/core/random.ts";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 1000;
const DAY_MS = 86_400_000;

const make = <T>(label: string, one: (random: Random, row: number) => T): T[] => cells(ROWS, 29, label, one) as T[];
const given = (columns: Record<string, Cells>, dates: string[] = []) =>
  contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", dates });
const round = (value: number, digits: number) => Number(value.toFixed(digits));

describe("a number in another unit than the others of its row say", () => {
  const height = make("h", (random) => Math.round(172 + 9 * random.normal()));
  const weight = make("w", (random, row) => round(0.9 * height[row]! - 82 + 12 * random.normal() + 5, 1));
  const index = weight.map((one, row) => round(one / (height[row]! / 100) ** 2, 1));
  const found = async (columns: Record<string, Cells>) =>
    (await unitMix.inspect(given(columns))).filter(({ evidence }) => evidence.kind === "by identity");

  test("pounds among kilograms, though the heaps overlap", async () => {
    const mixed = weight.map((one, row) => (row % 20 === 3 ? round(one * 2.2046, 1) : one));
    expect(await found({ height_cm: height, weight_kg: mixed, bmi: index })).toMatchObject([
      { columns: ["weight_kg", "bmi", "height_cm"], rows: { count: 50, sample: [3, 23, 43, 63, 83, 103, 123, 143, 163, 183] } },
    ]);
  });

  test.each<[string, (value: number, row: number) => number]>([
    ["one unit", (value) => value],
    ["other values in a few rows", (value, row) => (row % 20 === 3 ? round(value * (1.3 + (row % 17) / 10), 1) : value)],
    ["no identity", (value, row) => round(value * (1 + ((row * 7) % 13) / 10), 1)],
  ])("%s: silent", async (_, change) => {
    expect(await found({ height_cm: height, weight_kg: weight.map(change), bmi: index })).toEqual([]);
  });

  test("orders of a dozen, a hundred and other counts are in one unit", async () => {
    const price = make("p", (random) => round(3 + 90 * random.next(), 2));
    const total = price.map((one, row) => round(one * (row % 10 === 0 ? [12, 2, 10, 3, 5][(row / 10) % 5]! : 1), 2));
    expect(await found({ price, total })).toEqual([]);
  });
});

describe("two columns of one ratio", () => {
  const kilowatts = make("kw", (random) => Math.round(60 + 200 * random.next()));
  const horsepower = kilowatts.map((one) => Math.round(one * 1.35962));
  const found = async (columns: Record<string, Cells>) =>
    (await impossibleValue.inspect(given(columns))).filter(({ evidence }) => evidence.kind === "swapped");

  test("that is turned round in a few rows: the two are swapped there", async () => {
    const isSwapped = (row: number) => row % 100 === 7;
    const columns = {
      kw: kilowatts.map((one, row) => (isSwapped(row) ? horsepower[row]! : one)),
      hp: horsepower.map((one, row) => (isSwapped(row) ? kilowatts[row]! : one)),
    };
    expect(await found(columns)).toMatchObject([{ columns: ["hp", "kw"], rows: { count: 10, sample: expect.arrayContaining([7, 107]) } }]);
  });

  test.each<[string, (value: number, row: number) => number]>([
    ["everywhere", (value) => value],
    ["and of others in a few rows", (value, row) => (row % 100 === 7 ? value * (1.2 + row / 1000) : value)],
  ])("%s: silent", async (_, change) => {
    expect(await found({ kw: kilowatts, hp: horsepower.map(change) })).toEqual([]);
  });
});

describe("an age and the two dates that give it", () => {
  const born = make("b", (random) => Date.parse("1940-01-01") + random.integer(22_000) * DAY_MS);
  const seen = make("s", (random) => Date.parse("2021-01-01") + random.integer(900) * DAY_MS);
  const age = born.map((one, row) => Math.floor((seen[row]! - one) / DAY_MS / 365.25));
  const found = async (ages: Cells) =>
    (await impossibleValue.inspect(given({ age: ages, birth_date: born, visit_date: seen }, ["birth_date", "visit_date"]))).filter(
      ({ evidence }) => evidence.kind === "elapsed",
    );

  test("in nearly all rows contradict it in a few", async () => {
    expect(await found(age.map((one, row) => (row % 90 === 4 ? one + 10 : one)))).toMatchObject([
      { columns: ["age", "birth_date", "visit_date"], rows: { count: 12 } },
    ]);
  });

  test("where the age is a code for none: told as that, and not as wrong", async () => {
    expect(await found(age.map((one, row) => (row % 90 === 4 ? 999 : one)))).toEqual([]);
    expect(await found(age.map((one, row) => (row % 90 === 4 ? 999 : row % 90 === 5 ? one + 10 : one)))).toMatchObject([
      { rows: { count: 12 } },
    ]);
  });

  test("in all rows, rounded either way: silent", async () => {
    expect(await found(age)).toEqual([]);
    expect(await found(born.map((one, row) => Math.round((seen[row]! - one) / DAY_MS / 365.25)))).toEqual([]);
  });
});
