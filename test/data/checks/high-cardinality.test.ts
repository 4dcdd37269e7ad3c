import { expect, test } from "vitest";
import { highCardinality } from "../../../src/data/checks/high-cardinality.ts";
import { cells, coin, contextOf } from "./context.ts";

test("names that hardly come back are flagged, towns with many rows are not", async () => {
  const rows = 1000;
  const context = contextOf({
    columns: {
      person: cells(rows, 1, "p", (random) => `name ${"abcdefgh"[random.integer(8)]} ${random.integer(600)}`),
      town: cells(rows, 1, "t", (random) => `town ${random.integer(60)}`),
      y: coin(rows),
    },
    target: "y",
  });
  const found = await highCardinality.inspect(context);
  expect(found.map(({ columns }) => columns)).toEqual([["person"]]);
  expect(found[0]?.evidence.rareShare).toBeGreaterThan(0.9);
  expect(found[0]?.why).toMatch(/different names in 1,000 rows/);
});

test("numbers kept as text are left to their own check, and many crowded columns are one finding", async () => {
  const rows = 300;
  const price = cells(rows, 1, "p", (random) => `€ ${random.integer(9)}.${100 + random.integer(900)},50`);
  expect(await highCardinality.inspect(contextOf({ columns: { price, y: coin(rows) }, target: "y" }))).toEqual([]);
  const pressure = cells(rows, 1, "p", (random) => `${100 + random.integer(70)}/${60 + random.integer(40)}`);
  expect(await highCardinality.inspect(contextOf({ columns: { pressure, y: coin(rows) }, target: "y" }))).toEqual([]);
  const crowd = Object.fromEntries(
    Array.from({ length: 8 }, (_, i) => [`c${i}`, cells(rows, i, "c", (random) => `n ${random.integer(150)}`)]),
  );
  const found = await highCardinality.inspect(contextOf({ columns: { ...crowd, y: coin(rows) }, target: "y" }));
  expect(found).toHaveLength(1);
  expect(found[0]!.columns).toHaveLength(8);
});

test("many levels of uneven size with few rows each, though half of the rows lie in known ones", async () => {
  const of = (levels: number) => cells(1500, 2, "z", (random) => `sku ${Math.floor(levels * random.next() ** 2)} k`);
  const look = async (levels: number) =>
    (await highCardinality.inspect(contextOf({ columns: { sku: of(levels), y: coin(1500) }, target: "y" }))).map(({ evidence, why }) => ({
      rare: evidence.rareShare,
      why,
    }));
  const [found] = await look(300);
  expect(found?.rare).toBeLessThan(0.5);
  expect(found?.why).toMatch(/each on average: one column for each is more than so many rows can carry\.$/);
  expect(await look(90)).toEqual([]);
});

test("texts of up to seven words and names of up to eight are told whether or not their words are read", async () => {
  const words = ["harbour", "river", "castle", "church", "market", "station", "garden", "bridge", "meadow", "tower"];
  const of = (count: number, between: string) =>
    cells(400, 3, "w", (random) => Array.from({ length: count }, () => words[random.integer(words.length)]).join(between));
  // Paths of which many come back, since each of its own would be a key.
  const again = (texts: readonly (string | number | null)[]) => texts.map((_, row) => texts[row % 250] ?? null);
  const columns = { seven: of(7, " "), sentence: of(8, " "), path: again(of(8, "/")), long: again(of(9, "/")) };
  const context = contextOf({ columns: { ...columns, y: coin(400) }, target: "y" });
  const found = (await highCardinality.inspect(context)).filter(({ severity }) => severity === "cosmetic");
  expect(found.map((one) => one.columns)).toEqual([["seven"], ["path"]]);
});

test("a key of the things by which rows come in groups is not encoded, nor that of what they belong to; names of no thing are", async () => {
  const rows = 1200;
  const person = Array.from({ length: rows }, (_, row) => Math.floor(row / 3));
  const home = cells(400, 3, "home", (random) => `T${1000 + random.integer(150)}`);
  const height = cells(400, 4, "height", (random) => Math.round(170 + 9 * random.normal()));
  const columns = {
    patient_id: person.map((one) => `P${10_000 + one}`),
    team_id: person.map((one) => home[one]!),
    height: person.map((one) => height[one]!),
    remark: cells(rows, 5, "remark", (random) => `word ${random.integer(400)}`),
    y: coin(rows),
  };
  const found = await highCardinality.inspect(contextOf({ columns, target: "y" }));
  expect(Object.fromEntries(found.map((one) => [one.columns.join(), one.fix.action]))).toEqual({
    patient_id: "advice",
    team_id: "advice",
    remark: "steps",
  });
});
