import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { duplicateRow } from "../../../src/data/checks/duplicate-row.ts";
import { featureCopies } from "../../../src/data/copies/copies.ts";
import { drawnTable } from "../copies/drawn-tables.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";
import { coarse, measured, ROWS, withCopies } from "./copied-tables.ts";

test("copied rows are found, counted and priced as a flattering trap", async () => {
  const [found] = await duplicateRow.inspect(contextOf({ columns: withCopies(measured(), 90), target: "y" }));
  expect(found).toMatchObject({ rows: { count: 90 }, severity: "blocker", counterfactual: { change: "steps", flatters: true } });
  expect(found!.confidence).toBeGreaterThan(0.9);
  expect(found!.rows.sample[0]).toBe(ROWS);
});

test("rows that are equal by chance are cosmetic, and nothing is to be done about them", async () => {
  const [found] = await duplicateRow.inspect(contextOf({ columns: coarse(), target: "y" }));
  expect(found!.rows.count).toBeGreaterThan(300);
  expect(found).toMatchObject({ severity: "cosmetic", fix: { action: "advice" }, counterfactual: null, question: null });
});

test("rows that are equal by chance are counted from a hundredth of the rows on, and left alone", async () => {
  const look = async (values: number) => {
    const random = createRandom(4, "few");
    const draw = (most: number) => Array.from({ length: 2000 }, () => random.integer(most));
    const columns = { a: draw(values), b: draw(50), c: draw(50), y: draw(2) };
    const equal = 2000 - new Set(columns.a.map((a, row) => [a, columns.b[row], columns.c[row], columns.y[row]].join())).size;
    return { equal, found: await duplicateRow.inspect(contextOf({ columns, target: "y" })) };
  };
  const few = await look(50);
  expect(few.equal).toBeGreaterThan(5);
  expect(few.equal).toBeLessThan(20);
  expect(few.found).toEqual([]);
  const more = await look(10);
  expect(more.equal).toBeGreaterThan(20);
  expect(more.found).toMatchObject([
    { rows: { count: more.equal }, severity: "cosmetic", fix: { action: "advice" }, counterfactual: null, question: null },
  ]);
  expect(more.found[0]!.confidence).toBeLessThan(0.5);
  expect(more.found[0]!.why).toMatch(/Chance explains them.*They are kept/);
});

test("a table without equal rows is clean", async () => {
  expect(await duplicateRow.inspect(contextOf({ columns: measured(), target: "y" }))).toEqual([]);
});

test("a single copy is told where no other two rows are nearly alike, and not among rows of few values", async () => {
  const rows = 500;
  const columns = (digits: number) => {
    const number = cells(rows, 1, "n", (random) => random.integer(digits));
    const other = cells(rows, 2, "o", (random) => random.integer(digits));
    const sex = cells(rows, 3, "s", (random) => ["m", "f"][random.integer(2)]!);
    const age = cells(rows, 4, "a", (random) => 18 + random.integer(50));
    const all: Record<string, Cells> = { number, other, sex, age, y: coin(rows) };
    return Object.fromEntries(Object.entries(all).map(([name, values]) => [name, values.with(400, values[30]!)]));
  };
  const found = async (digits: number) => duplicateRow.inspect(contextOf({ columns: columns(digits), target: "y" }));
  expect(await found(100_000)).toMatchObject([{ severity: "cosmetic", rows: { count: 1 }, fix: { action: "steps" } }]);
  expect(await found(15)).toEqual([]);
});

test("rows that are idle but for a number of many values are equal in it by chance", () => {
  for (const table of [0, 1, 2, 3, 4, 5]) {
    const copies = featureCopies(contextOf(drawnTable("half of the rows idle, the rest measured", table, 0)));
    expect(copies.p > 0.01 || copies.share < 0.5 || !copies.measured).toBe(true);
  }
});

test("many equal rows of things that a name tells apart are asked about, even where chance would explain them", async () => {
  const random = createRandom(6, "pages");
  const rows = Array.from({ length: 3000 }, () => ({ page: random.integer(900), size: random.integer(4), stock: random.integer(2) }));
  const columns = {
    page: rows.map(({ page }) => `https://shop.example/${page}`),
    size: rows.map(({ size }) => `size ${size}`),
    stock: rows.map(({ stock }) => `stock ${stock}`),
    y: rows.map(({ page }) => page % 2),
  };
  const [found] = await duplicateRow.inspect(contextOf({ columns, target: "y" }));
  expect(found!.rows.count).toBeGreaterThan(300);
  expect(found).toMatchObject({ severity: "cosmetic", fix: { action: "steps" }, question: expect.stringContaining("recorded twice") });
  expect(found!.confidence).toBeLessThan(0.5);
  expect(found!.why).not.toMatch(/so few different values/);
});
