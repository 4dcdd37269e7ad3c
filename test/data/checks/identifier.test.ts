import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { identifier } from "../../../src/data/checks/identifier.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 300;

test("row counters, customer numbers and random codes are keys", async () => {
  const context = contextOf({
    columns: {
      instant: cells(ROWS, 1, "i", (_, row) => row + 1),
      customer_id: cells(ROWS, 1, "c", (random, row) => 1e6 + row * 7919 + random.integer(7000)),
      code: cells(ROWS, 1, "x", (random, row) => `${row}-${"ABCDEFGH"[random.integer(8)]}${random.integer(1e5)}`),
      y: coin(ROWS),
    },
    target: "y",
  });
  const found = await identifier.inspect(context);
  expect(found.map(({ columns }) => columns[0])).toEqual(["instant", "customer_id", "code"]);
  for (const { confidence, severity, fix } of found) {
    expect(confidence).toBeGreaterThanOrEqual(0.9);
    expect(severity).toBe("harmful");
    expect(fix.action).toBe("steps");
  }
});

test("whole numbers that are called a place or a thing, each for one row, are its number", async () => {
  const code = (random: { integer(below: number): number }, row: number) => 60_000 + row * 37 + random.integer(30);
  const columns = {
    district: cells(ROWS, 1, "d", code),
    firm: cells(ROWS, 2, "f", code),
    population: cells(ROWS, 3, "p", code),
    health_services: cells(ROWS, 4, "s", code),
    y: coin(ROWS),
  };
  const shuffled = Object.fromEntries(Object.entries(columns).map(([name, all]) => [name, all.map((_, i) => all[(i * 7) % ROWS]!)]));
  const found = await identifier.inspect(contextOf({ columns: shuffled, target: "y" }));
  expect(found.map(({ columns: named }) => named[0])).toEqual(["district", "firm"]);
});

test("measurements that happen to be unique, counts and sentences are no keys", async () => {
  const context = contextOf({
    columns: {
      income: cells(ROWS, 1, "m", (random) => Math.exp(10 + random.normal())),
      population: cells(ROWS, 1, "p", (random) => Math.round(Math.exp(12 + 2 * random.normal()))),
      visits: cells(ROWS, 1, "v", (random) => random.integer(9)),
      note: cells(ROWS, 1, "n", (random, row) => `visit ${row} went ${random.next() < 0.5 ? "well" : "badly"}`),
      y: coin(ROWS),
    },
    target: "y",
  });
  expect(await identifier.inspect(context)).toEqual([]);
});

test("keys that are left out already are told and priced as if they were not", async () => {
  const context = contextOf({
    columns: { id: cells(ROWS, 1, "i", (_, row) => row), x: cells(ROWS, 1, "x", (random) => random.normal()), y: coin(ROWS) },
    target: "y",
    roles: { ids: ["id"], why: { id: "numbers the rows" } },
  });
  const [found] = await identifier.inspect(context);
  expect(found).toMatchObject({ columns: ["id"], severity: "cosmetic", counterfactual: { change: "undo", features: ["id"] } });
});

test("a column named as a key is one where a few of its values come back, and says how to keep their rows together", async () => {
  const numbers = cells(ROWS, 1, "id", (_, row) => 1_000_000 + 7_919 * (row % 277));
  const of = (name: string) => identifier.inspect(contextOf({ columns: { [name]: numbers, y: coin(ROWS) }, target: "y" }));
  const [found] = await of("ID");
  expect(found).toMatchObject({ columns: ["ID"], fix: { action: "steps" } });
  expect(found!.confidence).toBeGreaterThan(0.5);
  expect(found!.why).toMatch(/In 23 rows a value comes back.*--group ID/);
  expect(await of("income")).toEqual([]);
});

test("row numbers of tables that were put together are found by their name and how they count", async () => {
  const columns = (name: string) => ({ [name]: cells(ROWS, 1, "i", (_, row) => 51 - (row % 52)), y: coin(ROWS) });
  expect(await identifier.inspect(contextOf({ columns: columns("Unnamed: 0"), target: "y" }))).toMatchObject([
    { columns: ["Unnamed: 0"], severity: "costly", evidence: { stretches: 6 } },
  ]);
  expect(await identifier.inspect(contextOf({ columns: columns("week"), target: "y" }))).toEqual([]);
  const shuffled = { index: cells(ROWS, 1, "x", (random) => random.integer(52)), y: coin(ROWS) };
  expect(await identifier.inspect(contextOf({ columns: shuffled, target: "y" }))).toEqual([]);
});

test("round amounts that are called a thing are no key", async () => {
  const columns = { vehicle_claim: cells(ROWS, 1, "v", (random) => 10 * random.integer(90_000)), y: coin(ROWS) };
  expect(await identifier.inspect(contextOf({ columns, target: "y" }))).toEqual([]);
});

test("whole numbers of which no two are equal are a key, where chance would make many pairs", async () => {
  const rows = 1000;
  const shuffled = createRandom(3, "twins").shuffle(Int32Array.from({ length: rows }, (_, row) => 1_000_108 + 7 * row));
  const columns = {
    v50: [...shuffled],
    amount: cells(rows, 1, "a", (random) => 1_000_000 + random.integer(7000)),
    far: cells(rows, 1, "f", (random) => random.integer(2 ** 40)),
    y: coin(rows),
  };
  const found = await identifier.inspect(contextOf({ columns, target: "y" }));
  expect(found.map(({ columns }) => columns)).toEqual([["v50"]]);
  expect(found[0]!.why).toContain("where 71 pairs would by chance");
});

test("long whole numbers that lie in a heap and go with another column are a measurement; of either alone it is asked", async () => {
  const heat = cells(ROWS, 5, "h", (random) => random.normal());
  const columns = (photons: readonly number[], even: readonly number[]) => ({ photons, heat, even, y: coin(ROWS) });
  const noise = cells(ROWS, 6, "n", (random) => random.normal());
  const photons = (own: number) => heat.map((value, row) => Math.round(4e8 + 3e7 * (own * value + (1 - own) * noise[row]!)));
  const keys = cells(ROWS, 7, "k", (random) => 4e8 + random.integer(4e8));
  const found = async (heap: readonly number[]) =>
    (await identifier.inspect(contextOf({ columns: columns(heap, keys), target: "y" }))).map(
      ({ columns: [name], confidence, question }) => [name, confidence, question !== null],
    );
  expect(await found(photons(0.6))).toEqual([["even", 0.6, true]]);
  expect(await found(photons(0))).toEqual([
    ["photons", 0.4, true],
    ["even", 0.6, true],
  ]);
});

test("long whole numbers in blocks, or that grow with the time, stay keys", async () => {
  const day = cells(ROWS, 8, "d", (random) => random.integer(365));
  const blocks = cells(ROWS, 9, "b", (random) => (random.next() < 0.6 ? 1.2e8 : 7.1e8) + random.integer(2e7));
  const tickets = day.map((value, row) => 3e8 + value * 1e6 + ((row * 7919) % 999_983));
  const found = await identifier.inspect(contextOf({ columns: { day, blocks, tickets, y: coin(ROWS) }, target: "y" }));
  expect(found.map(({ columns: [name], confidence }) => [name, confidence])).toEqual([
    ["blocks", 0.6],
    ["tickets", 0.6],
  ]);
});

test("long numbers that a growing firm gave in order, and that follow what tells how long ago, are keys", async () => {
  const tenure = cells(ROWS, 10, "t", (random) => Math.round(-600 * Math.log(1 - random.next())));
  const belegref = tenure.map((days, row) => 4.8e8 - days * 31_000 - ((row * 7919) % 30_983));
  const noise = cells(ROWS, 11, "n", (random) => 900 * random.normal());
  const age = tenure.map((days, row) => days + noise[row]!);
  const found = await identifier.inspect(contextOf({ columns: { belegref, tenure, age, y: coin(ROWS) }, target: "y" }));
  expect(found.map(({ columns: [name], confidence }) => [name, confidence])).toEqual([["belegref", 0.6]]);
});

test("a heap of long numbers that follow another column one by one is asked about", async () => {
  const tenure = cells(ROWS, 12, "t", (random) => 1500 + 300 * random.normal());
  const belegref = tenure.map((days, row) => Math.round(4.8e8 - days * 31_000) - ((row * 7919) % 30_983));
  const noise = cells(ROWS, 13, "n", (random) => 300 * random.normal());
  const age = tenure.map((days, row) => days + noise[row]!);
  const found = await identifier.inspect(contextOf({ columns: { age, belegref, tenure, y: coin(ROWS) }, target: "y" }));
  expect(found.map(({ columns: [name], confidence, question }) => [name, confidence, question !== null])).toEqual([
    ["belegref", 0.4, true],
  ]);
});

test("a target that is called a key and differs in each row is asked about; a count or an amount is not", async () => {
  const random = createRandom(4, "targets");
  const columns = {
    age: cells(ROWS, 1, "a", () => 20 + random.integer(60)),
    member_no: cells(ROWS, 2, "m", (_, row) => 100_000 + ((row * 7919) % 9973) * 13),
    spent: cells(ROWS, 3, "s", (_, row) => 100_000 + ((row * 6007) % 9973) * 13),
  };
  const told = async (target: string) =>
    (await identifier.inspect(contextOf({ columns, target }))).filter(({ columns: [name] }) => name === target);
  expect(await told("member_no")).toMatchObject([
    { severity: "blocker", question: expect.stringContaining("number or name"), evidence: { isTarget: true } },
  ]);
  expect(await told("spent")).toEqual([]);
});
