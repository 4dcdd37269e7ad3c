import { expect, test } from "vitest";
import { conflictingLabel } from "../../../src/data/checks/conflicting-label.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 500;

const noise = (label: string, rows = ROWS) => cells(rows, 9, label, (random) => random.normal());

test("copied rows with the other label give the best accuracy and AUC that are possible", async () => {
  const [a, b, y] = [noise("a"), noise("b"), coin(ROWS)];
  const flipped = y.slice(0, 50).map((label) => (label === "yes" ? "no" : "yes"));
  const columns = { a: [...a, ...a.slice(0, 50)], b: [...b, ...b.slice(0, 50)], y: [...y, ...flipped] };
  const [found] = await conflictingLabel.inspect(contextOf({ columns, target: "y" }));
  expect(found).toMatchObject({ severity: "costly", rows: { count: 100 }, evidence: { groups: 50, bestAccuracy: 500 / 550 } });
  expect(found!.evidence.bestAuc).toBeLessThan(1);
  expect(found!.evidence.bestAuc).toBeGreaterThan(0.95);
});

test("conflicts in a table of few different rows are to be expected", async () => {
  const flag = (label: string) => cells(ROWS, 9, label, (random) => random.integer(2));
  const [found] = await conflictingLabel.inspect(
    contextOf({ columns: { a: flag("a"), b: flag("b"), c: flag("c"), y: coin(ROWS) }, target: "y" }),
  );
  expect(found).toMatchObject({ severity: "cosmetic" });
  expect(found!.why).toMatch(/to be expected\.$/);
  expect(found!.why).toContain(" over all rows.");
  expect(found!.why).not.toMatch(/on them|AUC of 1\.000/);
  expect(await conflictingLabel.inspect(contextOf({ columns: { a: noise("a"), y: coin(ROWS) }, target: "y" }))).toEqual([]);
});

test("equal rows with other values bound the R2 of a regression", async () => {
  const [a, value] = [noise("a", 200), noise("v", 200)];
  const columns = { a: [...a, ...a], price: [...value, ...value.map((one) => -one)] };
  const [found] = await conflictingLabel.inspect(contextOf({ columns, target: "price" }));
  expect(found!.evidence.bestR2).toBeCloseTo(0, 6);
});

test("rows that the time tells apart lack no column: the time is no feature, and it is said so", async () => {
  const years = Array.from({ length: 60 }, (_, row) => 2001 + (row % 20));
  const source = years.map((_, row) => ["coal", "wind", "water"][Math.floor(row / 20)]!);
  const columns = { year: years, source, amount: years.map((year, row) => 100 * Math.floor(row / 20) + (year - 2000)) };
  const [found] = await conflictingLabel.inspect(contextOf({ columns, target: "amount", roles: { time: "year" } }));
  expect(found!.evidence.toldByTime).toBe(1);
  expect(found!.why).toContain("`year`, the time of the rows and no feature, tells them apart.");
  expect(found!.fix).toMatchObject({ text: expect.not.stringContaining("a column is missing") });
  const twice = { year: years.map((year) => year - (year % 2)), source, amount: columns.amount };
  const [still] = await conflictingLabel.inspect(contextOf({ columns: twice, target: "amount", roles: { time: "year" } }));
  expect(still!.evidence.toldByTime).toBeUndefined();
  expect(still!.fix).toMatchObject({ text: expect.stringContaining("a column is missing") });
});

test("no price is told that taking the hard rows out makes by itself", async () => {
  const [a, y] = [noise("a"), coin(ROWS)];
  const flipped = y.slice(0, 50).map((label) => (label === "yes" ? "no" : "yes"));
  const [found] = await conflictingLabel.inspect(
    contextOf({ columns: { a: [...a, ...a.slice(0, 50)], y: [...y, ...flipped] }, target: "y" }),
  );
  expect(found).toMatchObject({ counterfactual: null, unmeasured: expect.stringContaining("takes hard rows out") });
});
