import { expect, test } from "vitest";
import { missing } from "../../../src/data/checks/missing.ts";
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
