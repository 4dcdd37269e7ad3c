import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { conceptShift } from "../../../src/data/checks/concept-shift.ts";
import { covariateShift } from "../../../src/data/checks/covariate-shift.ts";
import { newCategory } from "../../../src/data/checks/new-category.ts";
import { samplingBias } from "../../../src/data/checks/sampling-bias.ts";
import { splitGroupOverlap } from "../../../src/data/checks/split-group-overlap.ts";
import { splitTimeOverlap } from "../../../src/data/checks/split-time-overlap.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 1000;
const TEST = 300;
const isTest = (row: number) => row >= ROWS - TEST;
const given = (columns: Record<string, Cells>, target = "y") => contextOf({ columns, target, testRows: TEST });

test("moved values, moved shares and moved gaps, the largest effect first", async () => {
  const columns = {
    same: cells(ROWS, 1, "s", (random) => random.normal()),
    age: cells(ROWS, 1, "a", (random, row) => random.normal() + (isTest(row) ? 1 : 0)),
    town: cells(ROWS, 1, "t", (random, row) => (random.next() < (isTest(row) ? 0.75 : 0.5) ? "north" : "south")),
    income: cells(ROWS, 1, "i", (random, row) => (random.next() < (isTest(row) ? 0.6 : 0.05) ? null : random.normal())),
    y: coin(ROWS),
  };
  const [found] = await covariateShift.inspect(given(columns));
  expect(found).toMatchObject({ columns: ["income", "age", "town"], severity: "harmful" });
  const effects = found!.evidence.effects as Record<string, number>;
  expect(effects.age).toBeCloseTo(0.38, 1);
  expect(effects.town).toBeCloseTo(0.25, 1);
});

test("200 columns drawn alike stay silent, and so does everything without a test set", async () => {
  const columns = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [
      `c${i}`,
      cells(ROWS, 1, `c${i}`, (random) => (i % 3 === 0 ? random.normal() : i % 3 === 1 ? `l${random.integer(30)}` : random.integer(4))),
    ]),
  );
  expect(await covariateShift.inspect(given({ ...columns, y: coin(ROWS) }))).toEqual([]);
  expect(await samplingBias.inspect(given({ ...columns, y: coin(ROWS) }))).toEqual([]);
  expect(await newCategory.inspect(given({ ...columns, y: coin(ROWS) }))).toEqual([]);
  expect(
    await covariateShift.inspect(contextOf({ columns: { a: cells(ROWS, 1, "a", (_, row) => row), y: coin(ROWS) }, target: "y" })),
  ).toEqual([]);
});

test("rows of whole groups on one side are no evidence each: values, shares and relations of 10 new groups against 40", async () => {
  const groupOf = (row: number) => (isTest(row) ? 28 + ((row - ROWS + TEST) % 12) : row % 28);
  const columns: Record<string, Cells> = { shop: Array.from({ length: ROWS }, (_, row) => `shop ${groupOf(row)}`) };
  for (let i = 0; i < 30; i++) {
    const random = createRandom(i, "own");
    const own = Array.from({ length: 40 }, () => random.normal());
    columns[`n${i}`] = cells(ROWS, 1, `n${i}`, (noise, row) =>
      i % 3 === 2 && own[groupOf(row)]! > 1 ? null : own[groupOf(row)]! + 0.2 * noise.normal(),
    );
    columns[`l${i}`] = cells(ROWS, 1, `l${i}`, (noise, row) => (noise.next() < 0.9 ? `level ${groupOf(row) % (2 + (i % 5))}` : "other"));
  }
  const level = createRandom(9, "labels");
  const share = Array.from({ length: 40 }, () => level.next());
  const y = cells(ROWS, 1, "y", (noise, row) => (noise.next() < share[groupOf(row)]! ? "yes" : "no"));
  for (const check of [covariateShift, conceptShift, samplingBias]) {
    expect(await check.inspect(contextOf({ columns: { ...columns, y }, target: "y", testRows: TEST, roles: { group: "shop" } }))).toEqual(
      [],
    );
  }
  const { shop: _, ...blind } = columns;
  expect((await covariateShift.inspect(given({ ...blind, y })))[0]?.columns.length).toBeGreaterThan(10);
  expect(await conceptShift.inspect(given({ ...blind, y }))).toHaveLength(1);
});

test("categories that only the test set has: more than a random one would, or as many", async () => {
  const columns = {
    plan: cells(ROWS, 1, "p", (random, row) => (isTest(row) && random.next() < 0.3 ? "platinum" : ["gold", "silver"][random.integer(2)]!)),
    town: cells(ROWS, 1, "t", (random) => `town ${Math.floor(400 * random.next() ** 3)}`),
    y: coin(ROWS),
  };
  const found = await newCategory.inspect(given(columns));
  expect(found.map(({ columns, severity }) => [columns[0], severity])).toEqual([
    ["plan", "costly"],
    ["town", "cosmetic"],
  ]);
});

test("another share of classes, another mean", async () => {
  const x = cells(ROWS, 1, "x", (random) => random.normal());
  const y = cells(ROWS, 1, "y", (random, row) => (random.next() < (isTest(row) ? 0.6 : 0.3) ? "yes" : "no"));
  expect(await samplingBias.inspect(given({ x, y }))).toMatchObject([{ columns: ["y"], severity: "harmful" }]);
  const price = cells(ROWS, 1, "y", (random, row) => random.normal() + (isTest(row) ? 0.4 : 0));
  expect(await samplingBias.inspect(given({ x, price }, "price"))).toMatchObject([{ columns: ["price"], severity: "costly" }]);
});

test("labels that only the test set has are not told as another share of classes", async () => {
  const y = cells(ROWS, 1, "y", (random, row) => `${random.integer(2) === 0 ? "a" : "b"}${isTest(row) ? "." : ""}`);
  expect(await samplingBias.inspect(given({ x: cells(ROWS, 1, "x", (random) => random.normal()), y }))).toEqual([]);
});

/** Forty patients; `name` says whose row it is. Test rows are about patients of the training rows, or about others. */
function patients(known: boolean): Record<string, Cells> {
  const random = createRandom(4, "patients");
  const centres = Array.from({ length: 60 }, () => ({ x: 3 * random.normal(), z: 3 * random.normal(), y: random.integer(2) }));
  const whose = Array.from({ length: ROWS }, (_, row) => (isTest(row) && !known ? 40 + random.integer(20) : random.integer(40)));
  const of = (place: number) => centres[place]!;
  return {
    patient_id: whose.map((place) => `p${place}`),
    x: whose.map((place) => of(place).x + 0.2 * random.normal()),
    z: whose.map((place) => of(place).z + 0.2 * random.normal()),
    y: whose.map((place) => (of(place).y === 1 ? "ill" : "well")),
  };
}

test("groups that the training rows know: declared or verified in the training rows alone, not when the test set has its own", async () => {
  const [found] = await splitGroupOverlap.inspect(given(patients(true)));
  expect(found).toMatchObject({
    trap: "split-group-overlap",
    columns: ["patient_id"],
    severity: "blocker",
    rows: { count: TEST },
    evidence: { sharedGroups: 40, sharedTestRows: TEST, share: 1 },
    choices: ["new", "same"],
  });
  expect(found!.evidence.gapZ).toBeGreaterThan(3);
  expect(await splitGroupOverlap.inspect(given(patients(false)))).toEqual([]);
  const declared = contextOf({ columns: patients(true), target: "y", testRows: TEST, roles: { group: "patient_id" } });
  expect(await splitGroupOverlap.inspect(declared)).toMatchObject([{ confidence: 1, severity: "blocker" }]);
  expect(await splitGroupOverlap.inspect(contextOf({ columns: patients(true), target: "y" }))).toEqual([]);
});

test("a key whose rows do not know each other is no group", async () => {
  const town = cells(ROWS, 1, "t", (random) => `t${random.integer(40)}`);
  const x = cells(ROWS, 1, "x", (random) => random.normal());
  expect(await splitGroupOverlap.inspect(given({ customer_id: town, x, y: coin(ROWS) }))).toEqual([]);
});

test("test rows before the end of the training rows: a lie where labels persist, costly where they are not seen to", async () => {
  const random = createRandom(6, "days");
  const days = Array.from({ length: ROWS }, (_, row) => row);
  const late = days.map((day) => 1000 + day);
  const mixed = days.map((day) => (isTest(day) ? 1000 + (day - ROWS + TEST) * 2 : 1000 + day));
  let level = 0;
  const drift = days.map(() => {
    level = 0.98 * level + 0.2 * random.normal();
    return level;
  });
  const noise = days.map(() => random.normal());
  const x = cells(ROWS, 1, "x", (own) => own.normal());
  const inspect = (day: Cells, y: Cells) =>
    splitTimeOverlap.inspect(contextOf({ columns: { day, x, y }, target: "y", testRows: TEST, roles: { time: "day" } }));
  const [found] = await inspect(mixed, drift);
  expect(found).toMatchObject({ trap: "split-time-overlap", columns: ["day"], severity: "blocker", evidence: { testRows: TEST } });
  expect(found!.evidence.share).toBe(1);
  expect(await inspect(mixed, noise)).toMatchObject([{ severity: "costly", evidence: { persistenceZ: null } }]);
  expect(await inspect(late, drift)).toEqual([]);
});
