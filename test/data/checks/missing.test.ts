import { expect, test } from "vitest";
import { emptyColumn } from "../../../src/data/checks/empty-column.ts";
import { emptyRow } from "../../../src/data/checks/empty-row.ts";
import { missing } from "../../../src/data/checks/missing.ts";
import { missingnessLeak } from "../../../src/data/checks/missingness-leak.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 500;
const gappy = (label: string, share: number) => cells(ROWS, 4, label, (random) => (random.next() < share ? null : random.normal()));

test("rates of missing values: mostly empty columns apart from the others", async () => {
  const context = contextOf({ columns: { a: gappy("a", 0.8), b: gappy("b", 0.1), c: gappy("c", 0), y: coin(ROWS) }, target: "y" });
  const found = await missing.inspect(context);
  expect(found.map(({ columns, severity }) => [columns, severity])).toEqual([
    [["a"], "costly"],
    [["b"], "cosmetic"],
  ]);
  expect(found[0]!.evidence.largestShare).toBeCloseTo(0.8, 1);
  expect(found[0]!.rows.count).toBe(context.dataset.columns[0]!.missing);
});

test("mostly empty columns that tell something, by value or by being missing, are a finding each; those that tell nothing are one", async () => {
  const y = coin(ROWS);
  const there = cells(ROWS, 4, "there", (random, row) => (random.next() < (y[row] === "yes" ? 0.45 : 0.1) ? 1 : null));
  const value = cells(ROWS, 4, "value", (random, row) => (random.next() < 0.3 ? 2 * Number(y[row] === "yes") + random.normal() : null));
  const noise = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`n${i}`, gappy(`n${i}`, 0.8)]));
  const columns = { ...noise, there, value, few: gappy("few", 0.1), y };
  const found = await missing.inspect(contextOf({ columns, target: "y" }));
  expect(found.map((one) => one.columns.toSorted())).toEqual([...["value", "there"].map((name) => [name]), Object.keys(noise), ["few"]]);
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`t${i}`, there]));
  const bound = await missing.inspect(contextOf({ columns: { ...many, y }, target: "y" }));
  expect(bound.map((one) => one.columns.length)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 3]);
});

test("empty columns and empty rows", async () => {
  const columns = { a: [1, null, 2, null], b: [null, null, null, null], y: ["n", null, "y", null] };
  const context = contextOf({ columns, target: "y" });
  expect(await emptyColumn.inspect(context)).toMatchObject([{ columns: ["b"] }]);
  expect(await emptyRow.inspect(context)).toMatchObject([{ rows: { count: 2, sample: [1, 3] } }]);
});

test("a value that is only there for one outcome is a leak; missing at random is none", async () => {
  const y = coin(ROWS);
  const boat = cells(ROWS, 4, "boat", (random, row) => ((y[row] === "yes") === random.next() < 0.97 ? random.integer(9) : null));
  const context = contextOf({ columns: { boat, noise: gappy("n", 0.4), y }, target: "y" });
  const found = await missingnessLeak.inspect(context);
  expect(found).toMatchObject([{ columns: ["boat"], severity: "blocker", counterfactual: { flatters: true } }]);
  expect(found[0]!.evidence.auc).toBeGreaterThan(0.9);
  expect(found[0]!.question).toMatch(/before the outcome/);
});

test("a few values that all belong to one class are a leak although the AUC is small", async () => {
  const y = coin(ROWS);
  let left = 40;
  const body = y.map((label) => (label === "no" && left-- > 0 ? 1 + left : null));
  const [found] = await missingnessLeak.inspect(contextOf({ columns: { body, y }, target: "y" }));
  expect(found).toMatchObject({ columns: ["body"], severity: "blocker", evidence: { pure: true } });
});

test("the class that is named is one whose share differs beyond chance, not one of a few rows", async () => {
  const y = cells(ROWS, 4, "y", (random, row) => (row % 125 === 0 ? "pig" : random.next() < 0.6 ? "dog" : "cat"));
  const breed = cells(ROWS, 4, "breed", (random, row) => (y[row] === "pig" || random.next() < (y[row] === "dog" ? 0.45 : 0.9) ? null : 1));
  const [found] = await missingnessLeak.inspect(contextOf({ columns: { breed, y }, target: "y" }));
  expect(found!.why).toMatch(/of the rows are "(dog|cat)"/);
});

test("missing values that follow a regression target are seen", async () => {
  const price = cells(ROWS, 4, "price", (random) => random.normal());
  const size = price.map((value, row) => (value > 0.3 ? row : null));
  const [found] = await missingnessLeak.inspect(contextOf({ columns: { size, price }, target: "price" }));
  expect(found!.evidence.auc).toBeGreaterThan(0.95);
});

test("months that stop being written with the outcome are one finding; a column that another cause empties is its own", async () => {
  const y = coin(ROWS);
  const stop = cells(ROWS, 4, "stop", (random, row) => (y[row] === "yes" ? random.integer(12) : 12)).map(Number);
  const months = Object.fromEntries(
    Array.from({ length: 12 }, (_, month) => [`m${month}`, stop.map((at) => (at <= month ? null : month))] as const),
  );
  const other = cells(ROWS, 4, "other", (random, row) => ((y[row] === "no") === random.next() < 0.95 ? null : 1));
  const found = await missingnessLeak.inspect(contextOf({ columns: { ...months, other, y }, target: "y" }));
  expect(found.map(({ columns }) => columns.length)).toEqual([expect.any(Number), 1]);
  expect(found[0]!.columns.length).toBeGreaterThan(9);
  expect(found[0]).toMatchObject({ severity: "blocker", evidence: { strongest: "m11" } });
  expect(found[0]!.why).toMatch(/^Where `m11` is missing 100 % .* go together with these, more than the target explains/);
  expect(found[1]!.columns).toEqual(["other"]);
});

test("gaps that only both tell the label do not go together, even where one column is nearly empty", async () => {
  const y = coin(4000);
  const gaps = (name: string, of: number, others: number) =>
    cells(4000, 4, name, (random, row) => (random.next() < (y[row] === "yes" ? of : others) ? null : 1));
  const found = await missingnessLeak.inspect(contextOf({ columns: { a: gaps("a", 0.6, 0.2), b: gaps("b", 1, 0.93), y }, target: "y" }));
  expect(found.map(({ columns }) => columns)).toEqual([["a"], ["b"]]);
});

test("of 300 columns with values missing at random none is called a leak", async () => {
  const columns = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`c${i}`, gappy(`c${i}`, 0.1 + (i % 8) / 10)]));
  expect(await missingnessLeak.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }))).toEqual([]);
});
